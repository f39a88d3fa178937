"""Lo que se les dice a los buscadores de la red."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Cualquiera

from portal.direcciones import find_institucion, to_institucion

bp = Blueprint("rastreadores", __name__)

ROBOTS = """\
User-agent: *
Allow: /ipo/portal/
Disallow: /ipo
Disallow: /buscar
Disallow: /*?*antes=
Disallow: /*?*despues=
"""
"""Todo lo público se puede recorrer; las combinaciones de búsqueda, que no tienen fin, no."""


@bp.get("/robots.txt")
def robots() -> Response:
    """Qué pueden recorrer los buscadores."""
    return Response(ROBOTS, mimetype="text/plain")


@bp.get("/ipo/portal/<siglas:siglas>.web")
def direccion_vieja(siglas: str) -> Cualquiera:
    """La dirección del sistema anterior: sigue llevando a la institución."""
    return redirect(to_institucion(find_institucion(siglas).siglas), 301)
