"""Preguntar por miles de valores en una sola consulta, y de a miles: cuesta lo que el libro, no lo que la tabla."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from peewee import SQL, Value, fn

from models.base import db
from models.motores import es_postgres

T = TypeVar("T")

TROZO = 5000
"""Valores por consulta."""


def any_of(field: Any, enteros: Iterable[int]) -> Any:
    """La condición «``field`` es alguno de estos enteros», con un solo parámetro por muchos que sean."""
    if es_postgres(db):
        return field == fn.ANY(Value(list(enteros), unpack=False).cast("bigint[]"))
    return field.in_(SQL("(SELECT value FROM json_each(?))", [json.dumps(list(enteros))]))


def in_chunks(cosas: Iterable[T], tamano: int = TROZO) -> Iterator[list[T]]:
    """Las mismas cosas, de ``tamano`` en ``tamano``."""
    corriente = iter(cosas)
    while trozo := list(islice(corriente, tamano)):
        yield trozo
