"""Lo que no cabe en el libro oficial, dicho renglón por renglón: qué, en qué columna y por qué. Nada se recorta en silencio."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from fracciones_config import Campo
from fracciones_config.oficial import ColumnaOficial
from fracciones_config.sipot.hojas import limpiar
from fracciones_config.sipot.titulos import separar_tabla
from models.hojas.sipot.celdas import Celda

LARGOS = {1: 150, 2: 4_000, 14: 4_000}
"""Caracteres que SIPOT admite por código de columna."""

ANTIGUA = dt.date(1900, 1, 1)
"""Antes de este día Excel no tiene fechas: se escribe como texto."""


@dataclass(frozen=True, slots=True)
class Perdida:
    """``fila`` es la del libro que se escribió; ``folio``, el del registro; ``clase``: ``largo``, ``lista``, ``sin_columna``,
    ``vacio``, ``fecha``, ``nombre`` o ``numero``."""

    hoja: str
    fila: int
    folio: str
    columna: str
    clase: str
    motivo: str

    def __str__(self) -> str:
        return f"{self.hoja}, renglón {self.fila} ({self.folio}), «{self.columna}»: {self.motivo}"


def find_perdida(columna: ColumnaOficial, celda: Celda, lista: tuple[str, ...]) -> tuple[str, str] | None:
    """``(clase, motivo)`` si SIPOT no aceptaría lo que va en una celda."""
    if isinstance(celda, dt.date) and not isinstance(celda, dt.datetime) and celda < ANTIGUA:
        return "fecha", "Excel no tiene fechas anteriores a 1900; va como texto."
    if not isinstance(celda, str):
        return None
    largo = LARGOS.get(columna.codigo or 0)
    if largo is not None and len(celda) > largo:
        return "largo", f"tiene {len(celda):,} caracteres y SIPOT admite {largo:,}."
    oficiales = {limpiar(valor) for valor in lista}
    if columna.codigo == 9 and oficiales and limpiar(celda) not in oficiales:
        return "lista", f"«{celda[:80]}» no está en la lista oficial."
    return None


def title_of(columna: ColumnaOficial) -> str:
    """El título de una columna, en un renglón."""
    return separar_tabla(columna.titulo)[0] or limpiar(columna.titulo)


def sin_columna(campo: Campo) -> tuple[str, str]:
    """De un dato que el libro oficial no pide."""
    return "sin_columna", "el libro oficial no tiene esa columna; el dato no va."


def to_texto(perdidas: Iterable[Perdida]) -> str:
    """El informe, un renglón por pérdida."""
    renglones = [str(perdida) for perdida in perdidas]
    cabeza = "Todo cupo en el libro oficial." if not renglones else f"No cabe igual en el libro oficial: {len(renglones):,}."
    return "\n".join([cabeza, *renglones]) + "\n"
