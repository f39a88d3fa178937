"""La hora, en un solo lugar: milisegundos UTC como entero."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from zoneinfo import ZoneInfo

MEXICO = ZoneInfo("America/Mexico_City")

_ATRASO: ContextVar[int] = ContextVar("atraso", default=0)


def ahora() -> int:
    """El instante actual, en milisegundos UTC desde 1970."""
    return time.time_ns() // 1_000_000 - _ATRASO.get()


@contextmanager
def atrasado(dias: int) -> Iterator[None]:
    """Mientras dure, ``ahora`` va esos días atrás: solo para montar una demostración que tenga pasado."""
    previo = _ATRASO.set(dias * 86_400_000)
    try:
        yield
    finally:
        _ATRASO.reset(previo)


def hoy() -> dt.date:
    """La fecha de hoy en la Ciudad de México."""
    return dt.datetime.now(MEXICO).date()


def inicio_de_hoy() -> int:
    """El segundo (UTC, desde 1970) en que empezó hoy en la Ciudad de México."""
    return start_of(hoy())


@lru_cache(maxsize=8)
def start_of(dia: dt.date) -> int:
    """El segundo en que empieza un día en la Ciudad de México."""
    return int(dt.datetime.combine(dia, dt.time(), MEXICO).timestamp())


def dia_de(instante: int) -> dt.date:
    """El día de un instante (milisegundos UTC) en la Ciudad de México."""
    return dt.datetime.fromtimestamp(instante / 1000, MEXICO).date()
