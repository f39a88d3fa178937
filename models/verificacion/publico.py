"""Que lo público esté completo: cada copia con su registro, su versión y su lugar en la búsqueda, y nada de más."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import JOIN

from models.actos import PubVersion
from models.base import db
from models.domain.catalogo_vigente import Foto
from models.folios import a_folio
from models.motores import es_postgres


def check_publicados(foto: Foto) -> Iterator[str]:
    """Cada copia pública es la de un registro que dice tenerla, y al revés."""
    for clave, tabla in foto.tablas.items():
        trabajo: Any = tabla.trabajo
        publica: Any = tabla.publica
        mismo = (trabajo.sujeto_id == publica.sujeto_id) & (trabajo.id == publica.id)
        sueltas = publica.select(publica.id).join(trabajo, JOIN.LEFT_OUTER, on=mismo).where(
            trabajo.id.is_null() | trabajo.publica.is_null() | (trabajo.publica != publica.numero))
        yield from (f"{clave} {a_folio(i)}: es público y su registro no lo dice" for (i,) in sueltas.tuples())
        perdidas = trabajo.select(trabajo.id).join(publica, JOIN.LEFT_OUTER, on=mismo).where(
            publica.id.is_null(), trabajo.publica.is_null(False))
        yield from (f"{clave} {a_folio(i)}: su registro dice que es público y no hay copia" for (i,) in perdidas.tuples())


def check_versiones(foto: Foto) -> Iterator[str]:
    """Cada copia pública es la única versión abierta de su registro, con el mismo contenido."""
    for clave, tabla in foto.tablas.items():
        publica: Any = tabla.publica
        suya = ((PubVersion.sujeto_id == publica.sujeto_id) & (PubVersion.registro_id == publica.id)
                & PubVersion.hasta.is_null())
        sin_version = publica.select(publica.id).join(PubVersion, JOIN.LEFT_OUTER, on=suya).where(
            PubVersion.registro_id.is_null() | (PubVersion.numero != publica.numero)
            | (PubVersion.contenido != publica.contenido))
        yield from (f"{clave} {a_folio(i)}: lo público no es su versión abierta" for (i,) in sin_version.tuples())
        sobran = PubVersion.select(PubVersion.registro_id).join(publica, JOIN.LEFT_OUTER, on=suya).where(
            PubVersion.clave == clave, PubVersion.hasta.is_null(), publica.id.is_null())
        yield from (f"{clave} {a_folio(i)}: tiene una versión abierta y no es público" for (i,) in sobran.tuples())


def check_indice(foto: Foto) -> Iterator[str]:
    """El índice tiene cada registro público, y ninguno más."""
    llave = "id" if es_postgres(db) else "rowid"
    publicos = 0
    for clave in foto.tablas:
        publicos += int(db.execute_sql(f'SELECT count(*) FROM "pub_{clave}"').fetchone()[0])
        faltan = db.execute_sql(
            f'SELECT p.id FROM "pub_{clave}" p LEFT JOIN pub_busqueda b ON b.{llave} = p.id WHERE b.{llave} IS NULL')
        yield from (f"{clave} {a_folio(i)}: es público y la búsqueda no lo tiene" for (i,) in faltan.fetchall())
    indizados = int(db.execute_sql("SELECT count(*) FROM pub_busqueda").fetchone()[0])
    if indizados != publicos:
        yield f"la búsqueda tiene {indizados} registros y hay {publicos} públicos"
