"""Que lo público esté completo: cada copia con su registro, su versión y su lugar en la búsqueda, y nada de más."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import JOIN, SQL, Case, fn

from models.actos import ContenidoAnterior, PubVersion
from models.base import db
from models.domain.catalogo_vigente import Foto
from models.domain.estados import Estado
from models.folios import a_folio
from models.formatos import Tabla
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
    """De cada registro están todas las versiones que ya no rigen; y la de hoy es la que se aprobó: lo dice su fila de trabajo
    o, si se está corrigiendo, lo que en ella se reemplazó.
    """
    con_abiertas = {clave for (clave,) in PubVersion.select(PubVersion.clave).where(
        PubVersion.hasta.is_null()).distinct().tuples()}
    for clave, tabla in foto.tablas.items():
        trabajo: Any = tabla.trabajo
        publica: Any = tabla.publica
        mismo = (trabajo.sujeto_id == publica.sujeto_id) & (trabajo.id == publica.id)
        suyos = ContenidoAnterior.select(SQL("1")).where(
            ContenidoAnterior.sujeto_id == publica.sujeto_id, ContenidoAnterior.registro_id == publica.id)
        reemplazado = fn.EXISTS(suyos.where(ContenidoAnterior.contenido == publica.contenido))
        otras = publica.select(publica.id).join(trabajo, on=mismo).where(
            trabajo.contenido != publica.contenido,
            (trabajo.estado == Estado.PUBLICADO) | (fn.EXISTS(suyos) & ~reemplazado))
        yield from (f"{clave} {a_folio(i)}: lo público no es la versión que se aprobó" for (i,) in otras.tuples())
        yield from _check_cerradas(clave, tabla)
        if clave in con_abiertas:
            yield from _check_abiertas_de_antes(clave, publica)


def _check_cerradas(clave: str, tabla: Tabla) -> Iterator[str]:
    """Se numeran desde la primera, sin que falte ninguna, y terminan antes de que empiece la de hoy."""
    trabajo: Any = tabla.trabajo
    publica: Any = tabla.publica
    cerradas = PubVersion.select(
        PubVersion.sujeto_id, PubVersion.registro_id, fn.COUNT(PubVersion.numero).alias("n"),
        fn.MAX(PubVersion.numero).alias("ultima"), fn.MAX(PubVersion.hasta).alias("hasta"),
    ).where(PubVersion.clave == clave, PubVersion.hasta.is_null(False)).group_by(
        PubVersion.sujeto_id, PubVersion.registro_id).alias("v")
    debidas = trabajo.numero_publico - Case(None, [(publica.id.is_null(), 0)], 1)
    mal = (trabajo.select(trabajo.id)
           .join(publica, JOIN.LEFT_OUTER, on=(trabajo.sujeto_id == publica.sujeto_id) & (trabajo.id == publica.id))
           .switch(trabajo)
           .join(cerradas, JOIN.LEFT_OUTER, on=(cerradas.c.sujeto_id == trabajo.sujeto_id)
                 & (cerradas.c.registro_id == trabajo.id))
           .where((fn.COALESCE(cerradas.c.n, 0) != debidas) | (fn.COALESCE(cerradas.c.ultima, 0) != debidas)
                  | (cerradas.c.hasta > publica.validado_en)))
    yield from (f"{clave} {a_folio(i)}: le falta una versión pública, o le sobra" for (i,) in mal.tuples())


def _check_abiertas_de_antes(clave: str, publica: Any) -> Iterator[str]:
    """Las bases de antes guardaban la versión de hoy en los dos lados: si siguen ahí, dicen lo mismo."""
    suya = (PubVersion.sujeto_id == publica.sujeto_id) & (PubVersion.registro_id == publica.id)
    mal = PubVersion.select(PubVersion.registro_id).join(publica, JOIN.LEFT_OUTER, on=suya).where(
        PubVersion.clave == clave, PubVersion.hasta.is_null(),
        publica.id.is_null() | (PubVersion.numero != publica.numero) | (PubVersion.contenido != publica.contenido))
    yield from (f"{clave} {a_folio(i)}: lo público no es su versión abierta" for (i,) in mal.tuples())


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
