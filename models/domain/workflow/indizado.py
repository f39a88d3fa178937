"""Rehacer el índice de lo publicado, cuando un programa más nuevo guarda de otra manera las palabras o las marcas.

Las palabras de una copia pública no están en ella: casi siempre son las de su fila de trabajo, que tiene el mismo
contenido; las de lo que se está corrigiendo se vuelven a sacar de la copia.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from peewee import Value

from fracciones_config import Formato
from models.base import db
from models.busqueda.indice import Indice
from models.busqueda.motores import indice_de
from models.busqueda.normalizador import tokens_de
from models.busqueda.renglones import columns_of
from models.columnas import a_columna
from models.domain.validation import de_canonico
from models.formatos import Tabla
from models.presentacion.textos import texto
from models.pulso import beat
from models.sujetos import PubSujeto
from models.vigor import IndiceForma

apuntes = logging.getLogger("ipomex.busqueda")


def is_outdated() -> bool:
    """Si el índice que hay se hizo con otra forma o con otras reglas."""
    return not IndiceForma.select().where(
        IndiceForma.nombre == Indice.NOMBRE, IndiceForma.forma == Indice.FORMA, IndiceForma.reglas == Indice.REGLAS).exists()


def ensure_indice(tablas: Mapping[str, Tabla]) -> int | None:
    """Rehace el índice si hace falta: todo o nada. Da cuántos registros tiene ahora; ``None`` si ya estaba bien."""
    if not is_outdated():
        return None
    with db.atomic():
        if not is_outdated():
            return None  # otro proceso lo rehizo mientras este esperaba su turno
        indice_de(db.obj).rehacer()
        cuantos = sum(reindex(tabla) for tabla in tablas.values())
        note_forma()
        for (sujeto_id,) in PubSujeto.select(PubSujeto.sujeto_id).tuples():
            beat(sujeto_id)
    apuntes.info("se rehizo el índice de búsqueda: %s registros", cuantos)
    return cuantos


def note_forma() -> None:
    """Apunta que el índice tiene la forma y las reglas de hoy."""
    IndiceForma.delete().where(IndiceForma.nombre == Indice.NOMBRE).execute()
    IndiceForma.insert(nombre=Indice.NOMBRE, forma=Indice.FORMA, reglas=Indice.REGLAS).execute()


def reindex(tabla: Tabla) -> int:
    """Pone en el índice todo lo público de un formato; da cuántos registros son."""
    trabajo, publica = tabla.trabajo, tabla.publica
    mismo = (trabajo.sujeto_id == publica.sujeto_id) & (trabajo.id == publica.id)
    igual = trabajo.contenido == publica.contenido
    indice = indice_de(db.obj)
    indice.poner_desde(*publica.select(*columns_of(tabla, publica, trabajo.tokens)).join(trabajo, on=mismo).where(igual).sql())
    distintas = publica.select(publica.sujeto_id, publica.id, publica.contenido).join(trabajo, on=mismo).where(~igual)
    for sujeto_id, id_, contenido in list(distintas.tuples()):
        reindex_one(tabla, sujeto_id, id_, contenido)
    return int(publica.select().count())


def reindex_one(tabla: Tabla, sujeto_id: int, registro_id: int, contenido: str) -> None:
    """Vuelve a poner en el índice una copia pública, con las palabras de su contenido."""
    publica, palabras = tabla.publica, Value(tokens_de(read_textos(tabla.formato, contenido)))
    suya = publica.select(*columns_of(tabla, publica, palabras)).where(
        publica.sujeto_id == sujeto_id, publica.id == registro_id)
    indice_de(db.obj).poner_desde(*suya.sql())


def read_textos(formato: Formato, contenido: str) -> Iterator[str]:
    """Lo que se busca de un contenido ya público; lo que no tiene la forma de su campo de hoy no se lee."""
    datos, _ = de_canonico(contenido)
    for campo in formato.campos:
        dato: Any = datos.get(campo.nombre)
        if not campo.se_busca or dato is None:
            continue
        try:
            a_columna(campo, dato)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        yield texto(campo, dato)
