"""Los órganos de una institución de un vistazo: cuántos los integran, cuántas sesiones llevan y qué lee la ciudadanía."""

from __future__ import annotations

import json
from dataclasses import dataclass

from peewee import fn

from fracciones_config import Catalogo
from models.domain.organos.publicacion import build_contenido, explain_cambios
from models.maestros import Organo
from models.organos import OrganoIntegrante, OrganoSesion, PubOrgano
from models.reloj import hoy


@dataclass(frozen=True, slots=True)
class Resumen:
    """Un órgano en la lista. ``publicado_en`` nulo: nunca. ``cambios``: lo que la ciudadanía todavía no lee."""

    organo: Organo
    tipo: str
    integrantes: int
    sesiones: int
    publicado_en: int | None
    cambios: tuple[str, ...]


def list_organos(sujeto_id: int, catalogo: Catalogo) -> list[Resumen]:
    """Los órganos por nombre; los dados de baja, al final."""
    hoy_integran = OrganoIntegrante.hasta.is_null() | (OrganoIntegrante.hasta >= hoy())
    gente = dict(OrganoIntegrante.select(OrganoIntegrante.organo_id, fn.COUNT(OrganoIntegrante.id)).where(
        OrganoIntegrante.sujeto_id == sujeto_id, hoy_integran).group_by(OrganoIntegrante.organo_id).tuples())
    sesiones = dict(OrganoSesion.select(OrganoSesion.organo_id, fn.COUNT(OrganoSesion.id)).where(
        OrganoSesion.sujeto_id == sujeto_id).group_by(OrganoSesion.organo_id).tuples())
    publicos = {p.id: p for p in PubOrgano.select().where(PubOrgano.sujeto_id == sujeto_id)}
    organos = sorted(Organo.select().where(Organo.sujeto_id == sujeto_id), key=lambda o: (o.baja_en is not None, o.nombre))
    tipos, resumenes = catalogo.opciones("tipos_organo"), []
    for organo in organos:
        publico = publicos.get(organo.id)
        cambios = explain_cambios(json.loads(publico.contenido), build_contenido(organo, catalogo)) if publico else []
        resumenes.append(Resumen(organo, tipos.get(json.loads(organo.datos).get("tipo", ""), "Sin tipo"),
                                 gente.get(organo.id, 0), sesiones.get(organo.id, 0),
                                 publico.publicado_en if publico else None, tuple(cambios)))
    return resumenes
