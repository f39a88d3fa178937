"""Unos registros como conjunto: la condición que los nombra en una consulta, sean dos o veinte mil.

Los ids viajan en un solo parámetro: con uno por id, redactar la consulta costaba más que hacerla.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from models.base import Modelo, db
from models.motores import es_postgres

MUCHOS = 200
"""Desde cuántos registros conviene averiguar si forman un tramo."""


@dataclass(frozen=True, slots=True)
class Conjunto:
    """Registros de un sujeto, en el orden de su id.

    Es ``macizo`` si en su tabla no hay otros entre el primero y el último: entonces basta decir de cuál a cuál. Solo vale
    con el candado de escritura de toda la base: en PostgreSQL otro puede capturar mientras tanto.
    """

    sujeto_id: int
    ids: Sequence[int]
    macizo: bool = False

    def en(self, trabajo: Any) -> Any:
        """La condición «estos registros», en su tabla de trabajo."""
        return self.de(trabajo.sujeto_id, trabajo.id)

    def de(self, sujeto_id: Any, registro_id: Any) -> Any:
        """La misma, en otra tabla que nombra registros; si los hay de más formatos, hay que decir además de cuál."""
        if self.macizo:
            return (sujeto_id == self.sujeto_id) & registro_id.between(self.ids[0], self.ids[-1])
        return (sujeto_id == self.sujeto_id) & any_of(registro_id, self.ids)

def gather(trabajo: Any, sujeto_id: int, ids: Sequence[int]) -> Conjunto:
    """El conjunto de esos registros, que están en la tabla. ``ids`` viene en orden; la transacción ya empezó."""
    return Conjunto(sujeto_id, ids, macizo=_between(trabajo, sujeto_id, ids) == len(ids))


def reach(trabajo: Any, sujeto_id: int, ids: Sequence[int]) -> Any:
    """Una condición que cumplen esos registros, y quizá otros: quien lee aparta los suyos. ``ids`` viene en orden."""
    entre = _between(trabajo, sujeto_id, ids)
    return Conjunto(sujeto_id, ids, macizo=entre is not None and entre <= 2 * len(ids)).en(trabajo)


def _between(trabajo: Any, sujeto_id: int, ids: Sequence[int]) -> int | None:
    """Cuántos registros tiene la tabla entre el primero y el último; ``None`` si no conviene, o no se vale, saberlo."""
    if es_postgres(db) or len(ids) < MUCHOS:
        return None
    entre = (trabajo.sujeto_id == sujeto_id) & trabajo.id.between(ids[0], ids[-1])
    return int(trabajo.select(fn.COUNT(SQL("1"))).where(entre).scalar())


def ids_of(modelo: type[Modelo], sujeto_id: int, ids: Sequence[int]) -> Any:
    """La condición «estos registros de este sujeto»: el sujeto siempre va primero."""
    return (modelo.sujeto_id == sujeto_id) & any_of(modelo.id, ids)


def any_of(campo: Any, ids: Sequence[int]) -> Any:
    """Que un campo sea alguno de esos ids, en un solo parámetro."""
    if es_postgres(db):
        return campo == SQL("ANY(%s::bigint[])", [list(ids)])
    return campo.in_(SQL("(SELECT value FROM json_each(?))", [json.dumps(ids)]))
