"""Que la base esté entera y tenga las tablas y columnas que el catálogo en vigor necesita."""

from __future__ import annotations

from collections.abc import Iterator

from models.base import db
from models.domain.catalogo_vigente import Foto
from models.esquema import FIJAS
from models.motores import es_postgres


def check_base(foto: Foto) -> Iterator[str]:
    """En SQLite, ``integrity_check``; en PostgreSQL, que cada tabla se pueda leer completa."""
    if not es_postgres(db):
        yield from (texto for (texto,) in db.execute_sql("PRAGMA integrity_check").fetchall() if texto != "ok")
    presentes = set(db.get_tables())
    esperadas = [modelo._meta.table_name for modelo in FIJAS]
    esperadas += [modelo._meta.table_name for tabla in foto.tablas.values() for modelo in (tabla.trabajo, tabla.publica)]
    for nombre in esperadas:
        if nombre not in presentes:
            yield f"falta la tabla {nombre}"
        elif es_postgres(db):
            db.execute_sql(f'SELECT count(*) FROM "{nombre}"')


def check_esquema(foto: Foto) -> Iterator[str]:
    """Cada columna que un formato usa existe en sus dos tablas."""
    presentes = set(db.get_tables())
    for tabla in foto.tablas.values():
        for modelo in (tabla.trabajo, tabla.publica):
            nombre = modelo._meta.table_name
            columnas = {columna.name for columna in db.get_columns(nombre)} if nombre in presentes else set()
            faltan = {field.column_name for field in modelo._meta.sorted_fields} - columnas
            if columnas and faltan:
                yield f"a {nombre} le faltan las columnas {', '.join(sorted(faltan))}"
