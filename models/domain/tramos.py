"""Una lista corta, ya en memoria, por páginas: cada una empieza en una llave, no en un número.

Es para lo que no pasa de unos miles (instituciones); los registros se leen por ``cursores``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

TAMANO = 50


@dataclass(frozen=True, slots=True)
class Tramo(Generic[T]):
    """Unas filas de la lista; ``antes`` y ``despues`` son las llaves en que empiezan sus vecinos, si los hay."""

    filas: Sequence[T]
    total: int
    antes: str | None = None
    despues: str | None = None


def cut_tramo(filas: Sequence[T], llave: Callable[[T], str], desde: str | None, tamano: int = TAMANO) -> Tramo[T]:
    """El tramo que empieza en la llave ``desde``; si no viene, o ya no está, el primero."""
    llaves = [llave(fila) for fila in filas]
    i = llaves.index(desde) if desde in llaves else 0
    return Tramo(filas[i:i + tamano], len(filas), llaves[max(0, i - tamano)] if i else None,
                 llaves[i + tamano] if i + tamano < len(filas) else None)
