"""Un día por el que se pregunta: «qué era público al terminar el 1 de marzo»."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.reloj import MEXICO


def start_of_day(dia: dt.date) -> int:
    """El instante (milisegundos UTC) en que empieza un día en la Ciudad de México."""
    return int(dt.datetime(dia.year, dia.month, dia.day, tzinfo=MEXICO).timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Corte:
    """El final de un día en la Ciudad de México."""

    dia: dt.date

    @staticmethod
    def al_cierre(ejercicio: int) -> Corte:
        """El final de un año."""
        return Corte(dt.date(ejercicio, 12, 31))

    @property
    def instante(self) -> int:
        """El primer instante que ya no es de ese día: lo público entonces empezó antes, y terminó ahí o después."""
        return start_of_day(self.dia + dt.timedelta(days=1))

    @property
    def iso(self) -> str:
        return self.dia.isoformat()
