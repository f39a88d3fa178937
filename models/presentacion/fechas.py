"""Fechas y horas como se leen en México.

Los instantes son milisegundos UTC y se leen en hora de la Ciudad de México (sin horario de verano desde octubre de
2022). La zona sale de la base de datos de zonas del equipo; donde no la hay (Windows, imágenes mínimas) hace falta el
paquete ``tzdata`` de 2022.6 o posterior.
"""

import datetime as dt

from models.reloj import MEXICO


def fecha(iso: str | dt.date) -> str:
    """``"2026-12-31"`` → ``"31/12/2026"``. ``ValueError`` si no es una fecha ISO."""
    dia = dt.date.fromisoformat(iso) if isinstance(iso, str) else iso
    return f"{dia.day:02}/{dia.month:02}/{dia.year:04}"


def momento(instante: int) -> dt.datetime:
    """El instante (milisegundos UTC) como fecha y hora de la Ciudad de México."""
    return dt.datetime.fromtimestamp(instante / 1000, MEXICO)


def fecha_y_hora(instante: int) -> str:
    """``"21/10/2026, 10:42"``, de un instante en milisegundos UTC."""
    local = momento(instante)
    return f"{fecha(local.date())}, {local:%H:%M}"


def solo_fecha(instante: int) -> str:
    """``"21/10/2026"``, de un instante en milisegundos UTC: el día en la Ciudad de México."""
    return fecha(momento(instante).date())


def hace_poco(instante: int, ahora: int) -> str:
    """``"hoy, 10:42"``, ``"ayer, 17:05"`` o la fecha completa; ambos en milisegundos UTC.

    Solo para la ventanilla interna: lo público lleva fechas absolutas.
    """
    local = momento(instante)
    dias = (momento(ahora).date() - local.date()).days
    palabra = {0: "hoy", 1: "ayer"}.get(dias)
    return f"{palabra}, {local:%H:%M}" if palabra else fecha_y_hora(instante)
