"""Los órganos colegiados tal como la Unidad los publicó: cada uno con sus integrantes y sus sesiones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from peewee import Database

from models.folios import a_folio
from models.organos import PubOrgano

TOPE = 300
"""Órganos que se enseñan cuando más: ninguna institución se acerca."""


@dataclass(frozen=True, slots=True)
class OrganoPublico:
    """Un órgano publicado.

    ``datos`` trae ``nombre``, ``tipo``, ``objeto``, ``fundamento_legal``, ``sesiona``, ``baja`` (ISO o nulo),
    ``integrantes`` (``nombre``, ``cargo``, ``puesto``, ``desde``, ``hasta``) y ``sesiones`` (``numero``, ``tipo``, ``fecha``,
    ``orden_dia``, ``acta``). ``publicado_en`` va en milisegundos UTC.
    """

    folio: str
    nombre: str
    datos: dict[str, Any]
    publicado_en: int

    def integrantes(self, hoy: str) -> list[dict[str, Any]]:
        """Los que siguen ese día (ISO)."""
        return [uno for uno in self.datos["integrantes"] if not uno["hasta"] or uno["hasta"] >= hoy]

    def anteriores(self, hoy: str) -> list[dict[str, Any]]:
        """Los que ya no estaban ese día (ISO)."""
        return [uno for uno in self.datos["integrantes"] if uno["hasta"] and uno["hasta"] < hoy]


def read_organos(base: Database, sujeto_id: int) -> list[OrganoPublico]:
    """Los de una institución, por nombre; los que ya no funcionan, al final."""
    filas = PubOrgano.select().where(PubOrgano.sujeto_id == sujeto_id).order_by(PubOrgano.nombre, PubOrgano.id).limit(TOPE)
    return sorted(map(_organo, filas.bind(base)), key=lambda organo: bool(organo.datos["baja"]))


def find_organo(base: Database, sujeto_id: int, identificador: int) -> OrganoPublico | None:
    """Uno de la institución; ``None`` si no está publicado."""
    fila = PubOrgano.select().where(PubOrgano.sujeto_id == sujeto_id, PubOrgano.id == identificador).bind(base).first()
    return _organo(fila) if fila else None


def _organo(fila: Any) -> OrganoPublico:
    return OrganoPublico(a_folio(fila.id), fila.nombre, json.loads(fila.contenido), fila.publicado_en)
