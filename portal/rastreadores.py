"""Lo que se les dice a los buscadores de la red."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Cualquiera

from portal.direcciones import absolute, find_institucion, to_institucion

bp = Blueprint("rastreadores", __name__)

ROBOTS = """\
User-agent: *
Allow: /ipo/portal/
Allow: /estatico/
Allow: /datos/
Allow: /api/
Disallow: /ipo
Disallow: /buscar
Disallow: /*?

Sitemap: {sitemap}
"""
"""Todo lo público se puede recorrer, también los archivos y la interfaz de lectura. Lo que lleva parámetros no: filtros, orden,
páginas y cortes se combinan sin fin, y a todo se llega sin ellos."""


@bp.get("/robots.txt")
def robots() -> Response:
    """Qué pueden recorrer los buscadores, y dónde está el mapa."""
    return Response(ROBOTS.format(sitemap=absolute("/sitemap.xml")), mimetype="text/plain")


@bp.get("/favicon.ico")
def icono() -> Cualquiera:
    """El de siempre, para quien no lee la página antes de pedirlo."""
    return redirect("/estatico/icono.svg", 302)


@bp.get("/ipo/portal/<siglas:siglas>.web")
def direccion_vieja(siglas: str) -> Cualquiera:
    """La dirección del sistema anterior: sigue llevando a la institución."""
    return redirect(to_institucion(find_institucion(siglas).siglas), 301)
