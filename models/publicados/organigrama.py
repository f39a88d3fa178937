"""El organigrama tal como se publicó: las áreas públicas y de cuál depende cada una."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from peewee import Database

from models.folios import a_folio, de_folio
from models.formatos import Tabla
from models.preparadas import Preparada, at_most
from models.presentacion.arbol import Nodo

TOPE = 3000
"""Áreas que se dibujan cuando más: ninguna institución se acerca."""

TOPE_DE_AREAS = 400
"""Las que caben en una lista desplegable."""


def read_organigrama(base: Database, tabla: Tabla, sujeto_id: int) -> list[Nodo]:
    """Las áreas públicas, con el puesto de quien las encabeza. La tabla es la de un formato que proyecta áreas."""
    assert tabla.formato.proyeccion is not None
    campos = {columna: campo for campo, columna in tabla.formato.proyeccion.campos.items()}
    publica = tabla.publica
    filas = publica.select(publica.id, publica.contenido).where(publica.sujeto_id == sujeto_id).order_by(
        publica.id).limit(TOPE)
    return [_nodo(id_, json.loads(contenido)["datos"], campos) for id_, contenido in filas.bind(base).tuples()]


def read_areas(base: Database, tabla: Tabla, sujeto_id: int) -> dict[str, str]:
    """Folio → nombre de las áreas públicas, por nombre."""
    return {a_folio(id_): nombre for id_, nombre in _areas_de(tabla)(base, sujeto_id) if nombre}


@lru_cache(maxsize=4)
def _areas_de(tabla: Tabla) -> Preparada:
    assert tabla.formato.proyeccion is not None
    campos = {columna: campo for campo, columna in tabla.formato.proyeccion.campos.items()}
    publica, nombre = tabla.publica, tabla.field(campos["nombre"], publica=True)
    return Preparada(lambda sujeto_id: publica.select(publica.id, nombre).where(
        publica.sujeto_id == sujeto_id).order_by(nombre, publica.id).limit(at_most(TOPE_DE_AREAS)))


def _nodo(id_: int, datos: dict[str, Any], campos: dict[str, str]) -> Nodo:
    superior = datos.get(campos.get("area_superior", ""))
    orden = datos.get(campos.get("orden", ""))
    return Nodo(
        id_, str(datos.get(campos["nombre"]) or "Sin nombre"),
        de_folio(superior["id"]) if isinstance(superior, dict) and "id" in superior else None,
        orden if isinstance(orden, int) else 0, str(datos.get(campos.get("cargo", "")) or ""))
