"""El tablero: lo primero que ve cada persona, con solo lo suyo."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from fracciones_config import Formato
from models.domain.ausencias import count_por_decidir
from models.domain.cumplimiento import Cumplimiento, Situacion, missing_of, read_cumplimiento
from models.domain.errores import NoExiste
from models.domain.permissions import Actor, Rol
from models.domain.personal import fichas_de
from models.domain.por_confirmar import por_confirmar
from models.domain.sin_cambios import count_confirmaciones_por_decidir
from models.domain.tablero import board_of, board_of_garante
from models.reloj import hoy

bp = Blueprint("tablero", __name__)


@bp.get("/ipo/tablero")
def tablero() -> ResponseReturnValue:
    """Los formatos de la persona por artículo; para el órgano garante, los sujetos obligados."""
    quien = actor()
    if quien.rol is Rol.GARANTE:
        return render_template("tablero_garante.html", instituciones=board_of_garante(quien))
    articulos = board_of(quien, g.foto.catalogo, g.foto.tablas)
    faltan = missing_of(_cumplimiento(quien))
    renglones = [renglon for articulo in articulos for renglon in articulo.renglones]
    recientes = sorted((r for r in renglones if r.ultimo and (r.rojos or r.amarillos)), key=lambda r: -r.ultimo)[:6]
    return render_template(
        "tablero.html", articulos=articulos, recientes=recientes, formatos=len(renglones),
        rojos=sum(r.rojos for r in renglones), amarillos=sum(r.amarillos for r in renglones),
        devueltos=sum(r.devueltos for r in renglones), publicados=sum(r.publicados for r in renglones),
        faltan=len(faltan), vencidas=sum(1 for uno in faltan if uno.situacion is Situacion.VENCIDO),
        por_decidir=count_por_decidir(quien) if quien.rol is Rol.UNIDAD else 0,
        con_publicado=sum(1 for r in renglones if r.publicados))


@bp.get("/ipo/faltantes")
def faltantes() -> ResponseReturnValue:
    """Lo que falta publicar de sus formatos: qué, de cuándo, para cuándo y quién lo lleva."""
    quien = actor()
    if quien.sujeto_id is None:
        raise NoExiste()
    todos = _cumplimiento(quien)
    iguales = {(uno.formato.clave, uno.periodo) for uno in por_confirmar(quien, _suyos(quien), hoy()) if uno.se_puede}
    return render_template("faltantes.html", faltan=missing_of(todos), quienes=_quienes(quien), iguales=iguales,
                           sin_decidir=count_confirmaciones_por_decidir(quien) if quien.rol is Rol.UNIDAD else 0,
                           cuentas=Counter(str(uno.situacion) for uno in todos))


@bp.get("/ipo/formatos")
def formatos() -> ResponseReturnValue:
    """Todas las fracciones y formatos de la persona, con buscador."""
    return render_template("formatos.html", articulos=board_of(actor(), g.foto.catalogo, g.foto.tablas))


def _cumplimiento(quien: Actor) -> list[Cumplimiento]:
    return read_cumplimiento(quien.sujeto_id or 0, _suyos(quien), hoy())


def _suyos(quien: Actor) -> list[Formato]:
    return [formato for formato in g.foto.catalogo.activos if formato.clave in quien.claves]


def _quienes(quien: Actor) -> dict[str, list[str]]:
    """Formato → los nombres de quienes lo llevan; vacío para quien no lleva cuentas de nadie."""
    quienes: dict[str, list[str]] = {}
    for ficha in fichas_de(quien, g.foto.catalogo):
        for clave in ficha.limites if ficha.usuario.activo else ():
            quienes.setdefault(clave, []).append(ficha.usuario.nombre)
    return quienes
