"""Revisar un libro subido: se abre en otro proceso, se reconoce cada columna y se lee celda por celda, sin tocar la base.

Entra un ``Pedido`` (lo que hay que saber de la institución y del formato) y sale un ``Expediente`` (lo que se leyó, lo que está
mal y lo que se propone corregir). La puerta es ``proceso.check_libro``.
"""
