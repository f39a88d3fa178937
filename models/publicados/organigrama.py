"""El organigrama tal como se publicó: las áreas públicas y de cuál depende cada una."""

from __future__ import annotations

import json
from typing import Any

from peewee import Database

from models.folios import de_folio
from models.formatos import Tabla
from models.presentacion.arbol import Nodo

TOPE = 3000
"""Áreas que se dibujan cuando más: ninguna institución se acerca."""


def read_organigrama(base: Database, tabla: Tabla, sujeto_id: int) -> list[Nodo]:
    """Las áreas públicas, con el puesto de quien las encabeza. La tabla es la de un formato que proyecta áreas."""
    assert tabla.formato.proyeccion is not None
    campos = {columna: campo for campo, columna in tabla.formato.proyeccion.campos.items()}
    publica = tabla.publica
    filas = publica.select(publica.id, publica.contenido).where(publica.sujeto_id == sujeto_id).order_by(
        publica.id).limit(TOPE)
    return [_nodo(id_, json.loads(contenido)["datos"], campos) for id_, contenido in filas.bind(base).tuples()]


def _nodo(id_: int, datos: dict[str, Any], campos: dict[str, str]) -> Nodo:
    superior = datos.get(campos.get("area_superior", ""))
    orden = datos.get(campos.get("orden", ""))
    return Nodo(
        id_, str(datos.get(campos["nombre"]) or "Sin nombre"),
        de_folio(superior["id"]) if isinstance(superior, dict) and "id" in superior else None,
        orden if isinstance(orden, int) else 0, str(datos.get(campos.get("cargo", "")) or ""))
