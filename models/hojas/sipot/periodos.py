"""El inicio y el término de un renglón oficial vueltos periodo; lo que no es un periodo completo conserva sus fechas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from fracciones_config.formato import Periodicidad
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectores.tiempos import parse_fecha
from models.domain.periods import claves, periodo
from models.hojas.sipot.celdas import Celda


@dataclass(frozen=True, slots=True)
class Lapso:
    """``clave`` es lo que se da a leer como periodo (o lo escrito, si no se entiende). ``exacto``: es un periodo completo."""

    clave: Any
    exacto: bool
    inicio: dt.date | None = None
    termino: dt.date | None = None


def read_lapso(periodicidad: Periodicidad, ejercicio: Celda, inicio: Celda, termino: Celda) -> Lapso:
    """El periodo que empieza y termina en esas fechas; si ninguno, el que contiene al término (o al inicio)."""
    desde, hasta = _fecha(inicio), _fecha(termino)
    if (inicio is not None and desde is None) or (termino is not None and hasta is None):
        return Lapso(termino if hasta is None and termino is not None else inicio, False, desde, hasta)
    cual = hasta or desde
    if cual is None:
        return Lapso(None, False)
    anio = ejercicio if isinstance(ejercicio, int) and 1 <= ejercicio <= 9999 else cual.year
    for clave in claves(periodicidad):
        completo = periodo(anio, clave)
        if (completo.inicio, completo.fin) == (desde, hasta):
            return Lapso(clave, True, desde, hasta)
    return Lapso(_que_contiene(periodicidad, cual), False, desde, hasta)


def _que_contiene(periodicidad: Periodicidad, dia: dt.date) -> str:
    """El periodo del año de ese día que lo contiene; si ninguno (entre sesiones), el último que empezó o el primero."""
    todos = [periodo(dia.year, clave) for clave in claves(periodicidad)]
    dentro = [p for p in todos if p.inicio <= dia <= p.fin]
    previos = sorted((p for p in todos if p.inicio <= dia), key=lambda p: p.inicio)
    return (dentro or previos[-1:] or todos)[0].clave


def _fecha(celda: Celda) -> dt.date | None:
    if celda is None:
        return None
    try:
        return dt.date.fromisoformat(parse_fecha(celda))
    except DatoInvalido:
        return None
