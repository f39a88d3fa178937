"""Capa 2: las reglas. Lo que se puede teclear, quién puede qué, cómo cambia un registro de estado y qué periodos hay.

No sabe de Flask ni de sesiones: el actor es siempre un argumento, y todo se prueba sin HTTP.
"""
