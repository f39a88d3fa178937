"""Los días hábiles: de lunes a viernes, menos los descansos obligatorios de México (Ley Federal del Trabajo, artículo 74).

Los descansos que cambian de fecha cada año los calcula la biblioteca ``holidays``. No cuenta los de una sola institución.
"""

import datetime as dt
from functools import cache

import holidays


@cache
def _descansos(anio: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("MX", years=anio))


def is_habil(dia: dt.date) -> bool:
    """Si ese día se trabaja."""
    return dia.weekday() < 5 and dia not in _descansos(dia.year)


def add_habiles(desde: dt.date, dias: int) -> dt.date:
    """El día que cae ``dias`` hábiles después: el de hoy no cuenta, y el último siempre es hábil."""
    dia = desde
    for _ in range(dias):
        dia += dt.timedelta(days=1)
        while not is_habil(dia):
            dia += dt.timedelta(days=1)
    return dia


def count_habiles(desde: dt.date, hasta: dt.date) -> int:
    """Cuántos días hábiles faltan de un día a otro, sin contar el primero; 0 si ya pasó."""
    dias = (hasta - desde).days
    return sum(1 for i in range(1, dias + 1) if is_habil(desde + dt.timedelta(days=i)))
