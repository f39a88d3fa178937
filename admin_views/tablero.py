"""El tablero: lo primero que ve cada persona, con solo lo suyo."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.ausencias import count_por_decidir
from models.domain.permissions import Rol
from models.domain.tablero import board_of, board_of_garante

bp = Blueprint("tablero", __name__)


@bp.get("/ipo/tablero")
def tablero() -> ResponseReturnValue:
    """Los formatos de la persona por artículo; para el órgano garante, los sujetos obligados."""
    quien = actor()
    if quien.rol is Rol.GARANTE:
        return render_template("tablero_garante.html", instituciones=board_of_garante(quien))
    articulos = board_of(quien, g.foto.catalogo, g.foto.tablas)
    renglones = [renglon for articulo in articulos for renglon in articulo.renglones]
    recientes = sorted((r for r in renglones if r.ultimo and (r.rojos or r.amarillos)), key=lambda r: -r.ultimo)[:6]
    return render_template(
        "tablero.html", articulos=articulos, recientes=recientes, formatos=len(renglones),
        rojos=sum(r.rojos for r in renglones), amarillos=sum(r.amarillos for r in renglones),
        devueltos=sum(r.devueltos for r in renglones), publicados=sum(r.publicados for r in renglones),
        por_decidir=count_por_decidir(quien) if quien.rol is Rol.UNIDAD else 0,
        con_publicado=sum(1 for r in renglones if r.publicados))


@bp.get("/ipo/formatos")
def formatos() -> ResponseReturnValue:
    """Todas las fracciones y formatos de la persona, con buscador."""
    return render_template("formatos.html", articulos=board_of(actor(), g.foto.catalogo, g.foto.tablas))
