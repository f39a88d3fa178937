"""Cuándo sale lo que se publica: en el acto, tras los segundos de gracia, o en la fecha y hora que la persona fije."""

from __future__ import annotations

import datetime as dt

from models.domain.errores import ActoImposible
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectores.tiempos import parse_fecha, parse_hora
from models.reloj import MEXICO

A_LO_MAS = 366 * 86_400_000
"""Milisegundos: nadie programa a más de un año."""


def parse_programacion(fecha: str, hora: str, ahora: int) -> int | None:
    """El instante (milisegundos UTC) que se fijó, en hora de la Ciudad de México; ``None`` si no se fijó fecha.

    Sin hora, es a las 00:00. Lanza ``ActoImposible`` si no se entiende, ya pasó o es dentro de más de un año.
    """
    if not fecha.strip():
        return None
    try:
        dia = dt.date.fromisoformat(parse_fecha(fecha))
        reloj = dt.time.fromisoformat(parse_hora(hora) if hora.strip() else "00:00")
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    instante = int(dt.datetime.combine(dia, reloj, MEXICO).timestamp() * 1000)
    if instante <= ahora:
        raise ActoImposible("Esa fecha y hora ya pasaron. Déjelas en blanco para publicar hoy.")
    if instante - ahora > A_LO_MAS:
        raise ActoImposible("Se puede programar hasta un año adelante.")
    return instante
