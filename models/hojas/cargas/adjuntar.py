"""Los archivos que vienen junto al libro: se reciben, y se les busca por el nombre que dicen las celdas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from models.archivos.almacen import AlmacenEnDisco
from models.cargas import Carga
from models.domain.permissions import Actor


@dataclass(frozen=True, slots=True)
class Subido:
    """Un archivo tal como lo mandó el navegador: su nombre y lo que trae. Un ``.zip`` son los que lleva adentro."""

    nombre: str
    flujo: BinaryIO


@dataclass(frozen=True, slots=True)
class Reparto:
    """Los nombres de archivo que el libro pide y ya llegaron, los que faltan, y los que llegaron y nadie pide.

    ``rechazados``: (nombre, por qué) de los que no se aceptaron en este envío.
    """

    hallados: tuple[str, ...]
    faltan: tuple[str, ...]
    sobran: tuple[str, ...]
    rechazados: tuple[tuple[str, str], ...] = ()


def attach_archivos(actor: Actor, carga: Carga, almacen: AlmacenEnDisco, subidos: Sequence[Subido]) -> Reparto:
    """Recibe archivos (o un ``.zip``), los reparte por nombre y, si alguno hacía falta, manda revisar otra vez."""
    raise NotImplementedError


def read_reparto(carga: Carga) -> Reparto:
    """Cómo van los archivos de una carga."""
    raise NotImplementedError
