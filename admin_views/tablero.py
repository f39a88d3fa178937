"""El tablero: lo primero que ve cada persona, con solo lo suyo."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from admin_views.tablero_del_garante import show_tablero
from fracciones_config import Formato
from models.domain.ausencias import count_por_decidir
from models.domain.cumplimiento import Cumplimiento, Situacion, missing_of, read_cumplimiento
from models.domain.errores import NoExiste
from models.domain.espera import returned_of, waits_of
from models.domain.mensajes.recordatorios import recordados_de
from models.domain.permissions import Actor, Rol
from models.domain.personal import fichas_de
from models.domain.por_confirmar import por_confirmar
from models.domain.revision import POR_REVISAR
from models.domain.sin_cambios import count_confirmaciones_por_decidir
from models.domain.tablero import Articulo, Renglon, board_of
from models.formatos import Tabla
from models.reloj import ahora, hoy
from models.usuarios import Usuario

bp = Blueprint("tablero", __name__)

POCOS = 8
"""Formatos por revisar que enseña el tablero: los de cambios más nuevos. Los demás, en su página."""


@bp.get("/ipo/tablero")
def tablero() -> ResponseReturnValue:
    """Los formatos de la persona por artículo; para el órgano garante, los sujetos obligados."""
    quien = actor()
    if quien.rol is Rol.GARANTE:
        return show_tablero()
    articulos = board_of(quien, g.foto.catalogo, g.foto.tablas)
    faltan = missing_of(_cumplimiento(quien))
    renglones = _renglones(articulos)
    return render_template(
        "tablero.html", articulos=articulos, formatos=len(renglones),
        pendientes=pendientes_de(quien, _recientes(renglones)), devueltos_a_usted=_devueltos(quien, _recientes(renglones)),
        rojos=sum(r.rojos for r in renglones), amarillos=sum(r.amarillos for r in renglones),
        devueltos=sum(r.devueltos for r in renglones), publicados=sum(r.publicados for r in renglones),
        faltan=len(faltan), vencidas=sum(1 for uno in faltan if uno.situacion is Situacion.VENCIDO),
        por_decidir=count_por_decidir(quien) if quien.rol is Rol.UNIDAD else 0,
        con_publicado=sum(1 for r in renglones if r.publicados))


@bp.get("/ipo/revision")
def revision() -> ResponseReturnValue:
    """La revisión de actualización: cada formato con algo por revisar, lo que más ha esperado primero."""
    quien = actor()
    if quien.rol not in POR_REVISAR:
        raise NoExiste()
    pendientes = pendientes_de(quien, _renglones(board_of(quien, g.foto.catalogo, g.foto.tablas)))
    return render_template("revision.html", pendientes=pendientes,
                           **{color: sum(getattr(p.renglon, color) for p in pendientes)
                              for color in ("rojos", "amarillos", "devueltos")})


@bp.get("/ipo/faltantes")
def faltantes() -> ResponseReturnValue:
    """Lo que falta publicar de sus formatos: qué, de cuándo, para cuándo y quién lo lleva."""
    quien = actor()
    if quien.sujeto_id is None:
        raise NoExiste()
    todos = _cumplimiento(quien)
    iguales = {(uno.formato.clave, uno.periodo) for uno in por_confirmar(quien, _suyos(quien), hoy()) if uno.se_puede}
    return render_template("faltantes.html", faltan=missing_of(todos), quienes=_quienes(quien), iguales=iguales,
                           recordados=recordados_de(quien),
                           sin_decidir=count_confirmaciones_por_decidir(quien) if quien.rol is Rol.UNIDAD else 0,
                           cuentas=Counter(str(uno.situacion) for uno in todos))


@bp.get("/ipo/formatos")
def formatos() -> ResponseReturnValue:
    """Todas las fracciones y formatos de la persona, con buscador."""
    return render_template("formatos.html", articulos=board_of(actor(), g.foto.catalogo, g.foto.tablas))


@dataclass(frozen=True, slots=True)
class Pendiente:
    """Un formato con algo por revisar: sus cuentas, desde cuándo espera lo más viejo, y el último cambio."""

    renglon: Renglon
    desde: int
    ultimo: int
    quien: str
    dias: int


def pendientes_de(quien: Actor, renglones: list[Renglon]) -> list[Pendiente]:
    """Los formatos que esperan a quien revisa, el que más ha esperado primero; vacío para quien no revisa."""
    estados = POR_REVISAR.get(quien.rol, ())
    con_algo = {r.formato.clave: r for r in renglones if r.rojos or r.amarillos} if estados else {}
    esperas = waits_of(quien, (g.foto.tablas[clave] for clave in con_algo), estados)
    nombres = _nombres({espera.quien for espera in esperas.values()})
    pendientes = [Pendiente(con_algo[clave], espera.desde, espera.ultimo, nombres.get(espera.quien, "Persona que ya no está"),
                            (ahora() - espera.desde) // 86_400_000) for clave, espera in esperas.items()]
    return sorted(pendientes, key=lambda pendiente: pendiente.desde)


def _devueltos(quien: Actor, renglones: list[Renglon]) -> list[tuple[Tabla, Any]]:
    """Lo que le devolvieron a quien captura o administra."""
    claves = [r.formato.clave for r in renglones if r.devueltos] if quien.rol is not Rol.UNIDAD else []
    return returned_of(quien, (g.foto.tablas[clave] for clave in claves))


def _recientes(renglones: list[Renglon]) -> list[Renglon]:
    """Los de cambios más nuevos entre los que esperan a alguien: preguntar por todos tarda más que el tablero entero."""
    con_algo = [renglon for renglon in renglones if renglon.rojos or renglon.amarillos]
    return sorted(con_algo, key=lambda renglon: -renglon.ultimo)[:POCOS]


def _renglones(articulos: list[Articulo]) -> list[Renglon]:
    return [renglon for articulo in articulos for renglon in articulo.renglones]


def _nombres(ids: set[int]) -> dict[int, str]:
    return dict(Usuario.select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(sorted(ids))).tuples()) if ids else {}


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
