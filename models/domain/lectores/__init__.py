"""Cómo se lee cada familia de tipos: números, tiempos, textos, direcciones, listas y referencias.

Cada lector recibe ``(campo, crudo)``, con ``crudo`` no vacío, y da el dato o lanza ``DatoInvalido``. La tabla que los
reúne, y la única puerta, es ``models.domain.lectura``.
"""
