"""De dónde salen los renglones que no lee el portal: la lista que una persona ve, y todo lo de una institución."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from peewee import JOIN, ModelSelect

from models.base import db
from models.domain.cursores import fetch_pagina, read_cursor
from models.domain.listas import Filtro, where_of
from models.domain.permissions import Actor
from models.formatos import Tabla
from models.publicados import FilaPublica
from models.publicados.registros import read_filas, select_publicos

TROZO = 500
"""Renglones por consulta: entre una y otra no se retiene ninguna conexión."""


def iter_lista(actor: Actor, tabla: Tabla, filtro: Filtro) -> Iterator[list[Any]]:
    """Lo que la persona ve con ese filtro y en ese orden, por tramos. Cada uno toma una conexión y la suelta al darse."""
    partes, cursor = where_of(actor, tabla, filtro), None
    columna = tabla.field(filtro.orden) if filtro.orden else None
    extras = [] if columna is None or columna.name in ("ejercicio", "periodo") else [columna]
    while True:
        with db.connection_context():
            pagina = fetch_pagina(
                lambda: select_de_trabajo(tabla, *extras).where(*partes).namedtuples(), tabla.trabajo, columna,
                filtro.descendente, read_cursor(cursor, columna), TROZO)
        if pagina.filas:
            yield pagina.filas
        if pagina.siguiente is None:
            return
        cursor = pagina.siguiente


def select_de_trabajo(tabla: Tabla, *extras: Any) -> ModelSelect:
    """Las filas de trabajo, con la fecha en que se validó lo que hoy es público de cada una."""
    reg, pub = tabla.trabajo, tabla.publica
    return reg.select(
        reg.id, reg.ejercicio, reg.periodo, reg.version.alias("numero"), reg.contenido, reg.catalogo,
        reg.contenido_en.alias("actualizado_en"), pub.validado_en, reg.publico_desde.alias("desde"), reg.estado, *extras,
    ).join(pub, JOIN.LEFT_OUTER, on=(pub.sujeto_id == reg.sujeto_id) & (pub.id == reg.id))


def iter_publico(tabla: Tabla, sujeto_id: int) -> Iterator[list[FilaPublica]]:
    """Todo lo público de una institución, del más viejo al más nuevo."""
    publica: Any = tabla.publica
    return _por_llave(publica.id, lambda: select_publicos(tabla, sujeto_id),
                      lambda consulta: read_filas(db.obj, consulta))


def iter_de_trabajo(tabla: Tabla, sujeto_id: int) -> Iterator[list[Any]]:
    """Todo lo de trabajo de una institución, también lo que está en la papelera."""
    trabajo: Any = tabla.trabajo
    return _por_llave(trabajo.id, lambda: select_de_trabajo(tabla).where(trabajo.sujeto_id == sujeto_id),
                      lambda consulta: list(consulta.namedtuples()))


def _por_llave(
    llave: Any, seleccionar: Callable[[], ModelSelect], leer: Callable[[ModelSelect], list[Any]],
) -> Iterator[list[Any]]:
    ultimo = 0
    while filas := leer(seleccionar().where(llave > ultimo).order_by(llave).limit(TROZO)):
        yield filas
        ultimo = filas[-1].id
