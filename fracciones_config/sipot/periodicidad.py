"""Cada cuándo se informa un formato, según los periodos que trae su libro; si no trae, lo usual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

_POR_MESES = {1: "mensual", 3: "trimestral", 6: "semestral", 12: "anual"}
_MAS_CORTA = ("mensual", "trimestral", "semestral", "anual")


def infer_periodicidad(periodos: Iterable[tuple[dt.date, dt.date]], con_fechas: bool) -> str:
    """La más corta de las que se ven. Sin datos, trimestral; si el libro ni siquiera pide las fechas, anual."""
    vistas = {_POR_MESES.get(_meses(*periodo), "") for periodo in periodos}
    for periodicidad in _MAS_CORTA:
        if periodicidad in vistas:
            return periodicidad
    return "trimestral" if con_fechas else "anual"


def _meses(inicio: dt.date, fin: dt.date) -> int:
    """Cuántos meses completos son, si empiezan donde empieza un periodo de esos meses; si no, 0."""
    siguiente = fin + dt.timedelta(days=1)
    meses = (siguiente.year - inicio.year) * 12 + siguiente.month - inicio.month
    completo = inicio.day == siguiente.day == 1 and meses in _POR_MESES and (inicio.month - 1) % meses == 0
    return meses if completo else 0
