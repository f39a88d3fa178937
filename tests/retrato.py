"""El retrato de una institución: la huella de todas sus filas, tabla por tabla. Si nada la tocó, es igual byte a byte."""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from models.base import db

Retrato = dict[str, str]

SIN_SUJETO_A_LA_VISTA = frozenset({"pub_busqueda_config", "pub_busqueda_data", "pub_busqueda_docsize",
                                   "pub_busqueda_idx", "pub_busqueda_content"})
"""Lo que SQLite guarda por dentro de su índice."""


def retratar(sujeto_id: int) -> Retrato:
    """Tabla → huella de sus filas de ese sujeto obligado; las vacías no salen."""
    marca = "%s" if db.obj.for_update else "?"
    retrato = {}
    for tabla, columnas in _de_sujeto(str(db.obj.database)):
        filas = db.execute_sql(f'SELECT {columnas} FROM "{tabla}" WHERE sujeto_id = {marca}', (sujeto_id,))
        if huella := _huella(filas):
            retrato[tabla] = huella
    return retrato


def retratar_todo(menos: frozenset[str] = frozenset()) -> Retrato:
    """Lo mismo, con todas las tablas y todas sus filas: para ver que una lectura no escribe."""
    retrato = {}
    for tabla in db.get_tables():
        if tabla not in menos and tabla not in SIN_SUJETO_A_LA_VISTA:
            retrato[tabla] = _huella(db.execute_sql(f'SELECT * FROM "{tabla}"'))
    return retrato


def _huella(filas: Iterable[Any]) -> str:
    """La de unas filas, estén en el orden que estén; vacía si no hay."""
    textos = sorted(map(repr, filas))
    return hashlib.sha256("\n".join(textos).encode()).hexdigest() if textos else ""


@cache
def _de_sujeto(base: str) -> tuple[tuple[str, str], ...]:
    """Las tablas con ``sujeto_id`` y sus columnas; se pregunta una vez por base."""
    tablas = []
    for tabla in sorted(set(db.get_tables()) - SIN_SUJETO_A_LA_VISTA):
        nombres = [columna.name for columna in db.get_columns(tabla)]
        if "sujeto_id" in nombres:
            tablas.append((tabla, ", ".join(f'"{nombre}"' for nombre in nombres)))
    assert len(tablas) > 100, tablas
    return tuple(tablas)
