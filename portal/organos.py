"""Los órganos colegiados de una institución: cuáles son, quién los integra, y sus sesiones con su acta."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, render_template

from models.publicados import OrganoPublico
from models.reloj import hoy
from portal.contexto import publicados
from portal.direcciones import absolute, find_id, find_institucion, to_archivo, to_organos
from portal.errores import NoExiste
from portal.palabras import iso
from portal.respuestas import download

bp = Blueprint("organos", __name__)


@bp.get("/<siglas:siglas>/organos/")
def lista(siglas: str) -> str:
    """Todos los publicados."""
    institucion = find_institucion(siglas)
    return render_template("organos.html", institucion=institucion, organos=publicados().organos(institucion),
                           hoy=hoy().isoformat())


@bp.get("/<siglas:siglas>/organos.json")
def en_json(siglas: str) -> Response:
    """Todos, en JSON; las actas, con su dirección completa."""
    institucion = find_institucion(siglas)
    cuerpo = [_abierto(organo, siglas) for organo in publicados().organos(institucion)]
    return download(json.dumps(cuerpo, ensure_ascii=False).encode(), "application/json", f"{siglas}-organos.json")


@bp.get("/<siglas:siglas>/organos/<folio:folio>")
def pagina(siglas: str, folio: str) -> str:
    """Un órgano, con sus integrantes de hoy, los anteriores, y sus sesiones por año."""
    institucion = find_institucion(siglas)
    organo = publicados().organo(institucion, find_id(folio))
    if organo is None:
        raise NoExiste("Ese órgano colegiado no existe, o la institución ya no lo publica.")
    dia = hoy().isoformat()
    return render_template(
        "organo.html", institucion=institucion, organo=organo, datos=organo.datos, integrantes=organo.integrantes(dia),
        anteriores=organo.anteriores(dia), anios=[(anio, list(suyas)) for anio, suyas in groupby(
            organo.datos["sesiones"], key=lambda sesion: sesion["fecha"][:4])])


def _abierto(organo: OrganoPublico, siglas: str) -> dict[str, Any]:
    sesiones = [sesion | {"acta": absolute(to_archivo(siglas, sesion["acta"]["id"], sesion["acta"]["nombre"]))
                          if sesion["acta"] else None} for sesion in organo.datos["sesiones"]]
    return organo.datos | {"folio": organo.folio, "sesiones": sesiones, "publicado": iso(organo.publicado_en),
                           "direccion": absolute(to_organos(siglas, organo.folio))}
