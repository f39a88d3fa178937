"""La verificación: lo que siempre debe ser cierto de la base y los archivos, revisado de verdad.

Cada prueba da renglones que nombran lo que está mal; ninguno quiere decir que todo está bien. Solo lee.
"""

from models.verificacion.verificacion import PRUEBAS, Hallazgo, verify

__all__ = ["PRUEBAS", "Hallazgo", "verify"]
