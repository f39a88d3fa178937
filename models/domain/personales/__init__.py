"""Los datos personales en lo que se va a publicar: hallarlos, decirlo, y no dejarlos salir sin que alguien responda.

``find_en_texto`` y ``find_en_datos`` los hallan; ``to_columna`` es lo que se guarda en ``personales``; ``read_freno`` dice por
qué un registro no puede revisarse ni publicarse, y ``is_held`` lo dice en SQL. Ninguno de ellos guarda ni enseña el dato: solo
su forma tapada («CURP: ABCD••••••••••09»).
"""

from models.domain.personales.escrutinio import find_en_datos, find_en_texto
from models.domain.personales.freno import is_blocked, is_blocking, is_held, read_freno
from models.domain.personales.hallazgo import CLASES, Clase, Hallazgo, from_columna, same_hallazgos, to_columna
from models.domain.personales.propios import SIN_PROPIOS, Propios, propios_of, read_propios

__all__ = [
    "CLASES", "SIN_PROPIOS", "Clase", "Hallazgo", "Propios", "find_en_datos", "find_en_texto", "from_columna", "is_blocked",
    "is_blocking", "is_held", "propios_of", "read_freno", "read_propios", "same_hallazgos", "to_columna",
]
