"""Consultas de forma fija: Peewee las redacta la primera vez; después solo cambian los valores.

Redactarlas costaba más que hacerlas: con cuatro por página, la cuarta parte del tiempo del portal.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Database, Value


@dataclass(frozen=True, slots=True)
class _Lugar:
    """Ocupa, al redactar, el lugar de un valor."""

    nombre: str


class Preparada:
    """Una consulta cuyos valores son los parámetros de ``redactar``; cada uno va tal cual a la base."""

    def __init__(self, redactar: Callable[..., Any]) -> None:
        self._redactar = redactar
        self._nombres = tuple(inspect.signature(redactar).parameters)
        self._redactadas: dict[type[Database], tuple[str, list[Any]]] = {}

    def __call__(self, base: Database, *valores: object) -> list[tuple[Any, ...]]:
        """Las filas, en tuplas, con las columnas en su orden."""
        sql, puestos = self.sql(base, *valores)
        return list(base.execute_sql(sql, puestos).fetchall())

    def sql(self, base: Database, *valores: object) -> tuple[str, list[Any]]:
        """El texto y sus valores, para hacerla junto con otras."""
        dados = dict(zip(self._nombres, valores, strict=True))
        sql, lugares = self._redactadas.get(type(base)) or self._redacta(base)
        return sql, [dados[lugar.nombre] if isinstance(lugar, _Lugar) else lugar for lugar in lugares]

    def _redacta(self, base: Database) -> tuple[str, list[Any]]:
        consulta = self._redactar(*(Value(_Lugar(nombre), converter=lambda valor: valor) for nombre in self._nombres))
        self._redactadas[type(base)] = consulta.bind(base).sql()
        return self._redactadas[type(base)]


def at_most(n: int) -> Any:
    """Un ``LIMIT`` escrito en la consulta: si va como valor, SQLite la vuelve a preparar cada vez que se usa."""
    return SQL(str(int(n)))


def fetch_juntas(base: Database, consultas: Iterable[Preparada], *valores: object) -> list[tuple[Any, ...]]:
    """Las filas de varias, con los mismos valores, en una sola ida a la base (``UNION ALL``)."""
    partes = [consulta.sql(base, *valores) for consulta in consultas]
    texto = " UNION ALL ".join(sql for sql, _ in partes)
    return list(base.execute_sql(texto, [valor for _, puestos in partes for valor in puestos]).fetchall())
