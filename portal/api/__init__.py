"""La interfaz de lectura (``/api/v1``): lo publicado, para programas. Sin llave, sin sesión, y solo para leer.

Todo error es un ``application/problem+json`` en español. Lo que no se conoce se rechaza: un filtro mal escrito que se ignorara
daría otra cosa que la pedida.
"""

from portal.api import cambios, documento, formatos, instituciones, registros

INTERFAZ = (documento, instituciones, formatos, registros, cambios)
"""Sus pantallas."""
