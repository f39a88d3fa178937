"""Los renglones de la hoja principal de un libro oficial, juntos por registro: el suyo y los que lo continúan.

Un renglón continúa al anterior cuando no trae más que números de subtabla: así lo escriben las instituciones cuando un registro
une varios números.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fracciones_config.oficial import ColumnaOficial, LibroOficial, TablaOficial
from models.hojas.sipot.celdas import Celda, plain_celda
from models.hojas.sipot.lecturas import is_aviso

Celdas = dict[int, Celda]
"""Columna (desde 1) → lo que dice, sin las que están en blanco."""

_SEPARADOR = re.compile(r"[,;/\s]+")


@dataclass(slots=True)
class RegistroOficial:
    """Un registro: la fila de su primer renglón y las celdas de todos los suyos, con las de en blanco en medio."""

    fila: int
    renglones: list[Celdas] = field(default_factory=list)

    def ids(self, posicion: int) -> list[str]:
        """Los números con que une una subtabla, en su orden y sin repetir."""
        vistos: dict[str, None] = {}
        for renglon in self.renglones:
            for numero in split_ids(renglon.get(posicion)):
                vistos.setdefault(numero)
        return list(vistos)


def group_renglones(filas: Iterable[tuple[int, Sequence[Any]]], oficial: LibroOficial) -> Iterator[RegistroOficial]:
    """Los registros, en su orden. Lo que la plantilla trae escrito en las columnas de subtabla no cuenta como dato."""
    de_tabla = {columna.posicion for columna in oficial.columnas if columna.tabla}
    actual: RegistroOficial | None = None
    saltadas = 0
    for numero, fila in filas:
        celdas = cells_of(fila)
        escritas = {posicion for posicion, celda in celdas.items() if not is_aviso(celda)}
        if not escritas:
            saltadas += 1
            continue
        if actual is not None and escritas <= de_tabla:
            actual.renglones += [*({} for _ in range(saltadas)), celdas]
        else:
            if actual is not None:
                yield actual
            actual = RegistroOficial(numero, [celdas])
        saltadas = 0
    if actual is not None:
        yield actual


def cells_of(fila: Sequence[Any]) -> Celdas:
    """Las celdas escritas de un renglón."""
    return {i: celda for i, valor in enumerate(fila, start=1) if (celda := plain_celda(valor)) is not None
            and not (isinstance(celda, str) and not celda.strip())}


def split_ids(celda: Celda) -> list[str]:
    """«3», «3.0» o «3, 4» → sus números; cualquier otra cosa, tal cual."""
    if celda is None or is_aviso(celda):
        return []
    texto = str(celda).strip()
    partes = [parte for parte in _SEPARADOR.split(texto) if parte]
    return [parte.lstrip("0") or "0" for parte in partes] if all(parte.isdecimal() for parte in partes) else [texto.casefold()]


def id_column(tabla: TablaOficial) -> int:
    """La columna del ID de una subtabla."""
    return next((c.posicion or 1 for c in tabla.columnas if c.parte == "id"), 1)


def column_of(columnas: Iterable[ColumnaOficial], parte: str) -> ColumnaOficial | None:
    """La columna que lleva esa parte."""
    return next((columna for columna in columnas if columna.parte == parte), None)
