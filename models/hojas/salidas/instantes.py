"""Muchos instantes de una vez, como los lee una máquina, una persona o Excel: la zona horaria se pregunta una vez por hora.

Lo publicado de una vez lleva el mismo instante, y varias columnas también: lo dicho se recuerda."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from models.presentacion.fechas import momento

HORA, DIA = 3_600_000, 86_400_000
"""En milisegundos. La zona de la Ciudad de México siempre difiere de UTC en horas enteras (desde 1922)."""

_DE_1970 = 25_569
"""El día 1 de enero de 1970, contado como Excel."""

_MINUTO_Y_SEGUNDO = tuple(f":{minuto:02}:{segundo:02}" for minuto in range(60) for segundo in range(60))
_MINUTO = tuple(f":{minuto:02}" for minuto in range(60))

Instantes = Sequence[int | None]


def to_iso(instantes: Instantes) -> list[str]:
    """``2026-10-21T10:42:00-06:00``; ``""`` si nunca pasó."""
    return ["" if uno is None else _iso(uno) for uno in instantes]


def to_mexicana(instantes: Instantes) -> list[str]:
    """``21/10/2026, 10:42``."""
    return ["" if uno is None else _mexicana(uno) for uno in instantes]


def to_serie(instantes: Instantes) -> list[str]:
    """El número con que Excel guarda esa fecha y hora de la Ciudad de México, al segundo."""
    return ["" if uno is None else _serie(uno) for uno in instantes]


@lru_cache(maxsize=4096)
def _iso(instante: int) -> str:
    hora, resto = divmod(instante, HORA)
    antes, despues = _hora_iso(hora)
    return f"{antes}{_MINUTO_Y_SEGUNDO[resto // 1000]}{despues}"


@lru_cache(maxsize=4096)
def _mexicana(instante: int) -> str:
    hora, resto = divmod(instante, HORA)
    return _hora_mexicana(hora) + _MINUTO[resto // 60_000]


@lru_cache(maxsize=4096)
def _serie(instante: int) -> str:
    hora, resto = divmod(instante, HORA)
    return str(round(_DE_1970 + (hora * HORA + _diferencia(hora) + resto // 1000 * 1000) / DIA, 8))


@lru_cache(maxsize=4096)
def _hora_iso(hora: int) -> tuple[str, str]:
    dicha = momento(hora * HORA).isoformat(timespec="seconds")
    return dicha[:13], dicha[19:]


@lru_cache(maxsize=4096)
def _hora_mexicana(hora: int) -> str:
    local = momento(hora * HORA)
    return f"{local.day:02}/{local.month:02}/{local.year:04}, {local.hour:02}"


@lru_cache(maxsize=4096)
def _diferencia(hora: int) -> int:
    """Milisegundos que la hora local va delante de UTC (negativos en México)."""
    desfase = momento(hora * HORA).utcoffset()
    return int(desfase.total_seconds() * 1000) if desfase else 0
