"""La receta de limpieza: lo que se entiende de una celda aunque no esté como debe, propuesto y nunca hecho en silencio.

``classify`` dice qué tan lejos de la forma oficial quedó una celda que sí se pudo leer; ``repair`` propone cómo escribirla.
Las dos son puras. Lo que se presta a dos lecturas no se propone: el problema se queda, con su mensaje.
"""

from models.hojas.receta.clases import CLASES, Clase, key_of
from models.hojas.receta.contexto import ContextoDeReceta, build_contexto
from models.hojas.receta.reglas import classify, repair

__all__ = ["CLASES", "Clase", "ContextoDeReceta", "build_contexto", "classify", "key_of", "repair"]
