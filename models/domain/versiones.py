"""Las versiones de un registro: qué decía en cada una. La de hoy está en su fila; las demás, donde se reemplazaron.

Un acto que no cambia el contenido (revisar, devolver…) sube la versión del registro y no su contenido: se lee el mismo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.actos import Acto, ContenidoAnterior
from models.base import db
from models.domain.errores import NoExiste
from models.domain.vacios import Vacios
from models.domain.validation import Datos, de_canonico
from models.versiones_publicas import read_versiones

QUE_ESCRIBEN = ("capturar", "editar", "restaurar_version", "descartar")
"""Los actos de los que sale un contenido distinto."""


@dataclass(frozen=True, slots=True)
class Version:
    """Lo que un registro decía. ``numero`` es la del registro o, si ``publica``, la que leyó la ciudadanía."""

    numero: int
    publica: bool
    datos: Datos
    vacios: Vacios

    @property
    def nombre(self) -> str:
        """«versión 3» o «versión pública 1»: así se dice en pantalla y en la bitácora."""
        return f"versión pública {self.numero}" if self.publica else f"versión {self.numero}"


def find_version(fila: Any, numero: int) -> Version:
    """Lo que ``fila`` decía en esa versión. Lanza ``NoExiste`` si no la tuvo, o si es de antes de que se guardaran."""
    if not 1 <= numero <= fila.version:
        raise NoExiste()
    reemplazado = ContenidoAnterior.select().where(
        ContenidoAnterior.sujeto_id == fila.sujeto_id, ContenidoAnterior.registro_id == fila.id,
        ContenidoAnterior.version >= numero).order_by(ContenidoAnterior.version).first()
    hasta = fila.version if reemplazado is None else reemplazado.version
    if _se_escribio_entre(fila, numero, hasta):
        raise NoExiste()
    return Version(numero, False, *de_canonico((reemplazado or fila).contenido))


def find_publica(clave: str, fila: Any, numero: int) -> Version:
    """Lo que la ciudadanía leyó en esa versión pública de un registro de ese formato. Lanza ``NoExiste``."""
    versiones = read_versiones(db.obj, clave, fila.sujeto_id, [fila.id], numero)
    if not versiones:
        raise NoExiste()
    return Version(numero, True, *de_canonico(versiones[0].contenido))


def author_of(fila: Any, version: Version) -> Acto | None:
    """El acto del que salió esa versión; ``None`` de una pública, o si no se apuntó."""
    return None if version.publica else Acto.select().where(
        Acto.sujeto_id == fila.sujeto_id, Acto.registro_id == fila.id, Acto.version == version.numero).first()


def _se_escribio_entre(fila: Any, desde: int, hasta: int) -> bool:
    """Si entre esas versiones hubo un contenido que nadie guardó: el que se halló no sería el de ``desde``."""
    return bool(Acto.select().where(
        Acto.sujeto_id == fila.sujeto_id, Acto.registro_id == fila.id, Acto.version > desde, Acto.version <= hasta,
        Acto.acto.in_(QUE_ESCRIBEN)).exists())
