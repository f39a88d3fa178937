"""Las cuentas de la gente: ver a quién se lleva, nombrar, encargar, bloquear, dar contraseña y relevar.

Qué puede hacer cada quien lo dice ``models.domain.personal``; lo ajeno y lo que no existe responden lo mismo.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.cuenta import arbol_de, read_alta, read_encargo
from admin_views.identidad import actor
from fracciones_config import Formato
from models.domain.altas import block, give_contrasena, hire, relieve, unblock
from models.domain.aplicabilidad import formatos_de
from models.domain.errores import ActoImposible, NoExiste, ReglaRota
from models.domain.garantes import DICHOS as PERMISOS
from models.domain.garantes import read_permisos, set_permisos
from models.domain.masters import cargo_de, names_of, options_of
from models.domain.permissions import Rol
from models.domain.personal import (
    LLEVA,
    Encargo,
    Ficha,
    actos_de,
    assign_encargo,
    encargo_de,
    fichas_de,
    find_ficha,
    lleva_cuentas,
)
from models.domain.sujetos import find_por_siglas, nombres_de
from models.folios import a_folio, de_folio
from models.presentacion.encargos import explain
from models.presentacion.numeros import contar
from models.usuarios import Usuario

bp = Blueprint("usuarios", __name__)

HECHO = {"bloquear": ("La cuenta quedó bloqueada; si estaba dentro, ya salió.", "ojo"),
         "desbloquear": ("La cuenta puede volver a entrar.", "bien")}
DICHOS = {"crear": "Se creó la cuenta", "asignar": "Se cambió lo que tiene a su cargo", "bloquear": "Se bloqueó",
          "desbloquear": "Se desbloqueó", "contrasena": "Se le dio otra contraseña", "relevar": "Se relevó",
          "recibir": "Recibió un cargo", "permisos": "Se cambió lo que puede hacer"}

PROPIA = "_propia"
"""En lugar de unas siglas: la cuenta es del propio órgano garante. Ninguna institución puede llamarse así."""


@bp.get("/ipo/usuarios")
def lista() -> ResponseReturnValue:
    """Las cuentas que la persona lleva."""
    _exigir()
    fichas = fichas_de(actor(), g.foto.catalogo)
    propias = [f for f in fichas if f.rol is Rol.GARANTE]
    ajenas = [f for f in fichas if f.rol is not Rol.GARANTE]
    return render_template("usuarios/lista.html", fichas=ajenas, propias=propias, PERMISOS=PERMISOS, PROPIA=PROPIA,
                           instituciones=nombres_de({f.usuario.sujeto_id for f in ajenas}))


@bp.route("/ipo/usuarios/nuevo", methods=["GET", "POST"])
def nuevo() -> ResponseReturnValue:
    """Una cuenta nueva. La contraseña de un solo uso se enseña aquí, una vez."""
    _exigir()
    sujeto_id, propia, error = _sujeto_elegido(), _es_propia(), ""
    if request.method == "POST" and (propia or sujeto_id is not None):
        try:
            rol = (Rol.GARANTE if propia else Rol.UNIDAD) if actor().rol is Rol.GARANTE else None
            cuenta, temporal = hire(actor(), read_alta(request.form, sujeto_id, rol), g.foto.catalogo)
            return render_template("usuarios/contrasena.html", cuenta=cuenta, temporal=temporal, nueva=True)
        except ReglaRota as falla:
            error = str(falla)
    elif request.method == "POST":
        error = "Elija la institución de la cuenta."
    pagina = render_template(
        "usuarios/nuevo.html", error=error, tecleado=request.form, propia=propia, PERMISOS=PERMISOS, PROPIA=PROPIA,
        permisos=read_permisos(request.form.getlist("permiso")), **_para_elegir(sujeto_id, read_encargo(request.form)))
    return (pagina, 422) if error else pagina


@bp.get("/ipo/usuarios/<folio>")
def ficha(folio: str) -> ResponseReturnValue:
    """Una cuenta: qué alcanza a ver y por qué, y lo que se ha hecho con ella."""
    una = _find(folio)
    encargo = encargo_de(una.usuario)
    return render_template(
        "usuarios/ficha.html", ficha=una, folio=folio, actos=actos_de(una.usuario), porque=_porques(una, encargo),
        areas=names_of(una.usuario.sujeto_id, "area", encargo.areas), otras=_quienes_reciben(una), ACTOS=DICHOS,
        cargo=cargo_de(una.usuario.sujeto_id, una.usuario.persona_id), PERMISOS=PERMISOS,
        instituciones=nombres_de({una.usuario.sujeto_id} - {None}))


@bp.route("/ipo/usuarios/<folio>/encargo", methods=["GET", "POST"])
def encargo(folio: str) -> ResponseReturnValue:
    """Lo que se le asigna a una cuenta."""
    una, error = _find(folio), ""
    if una.rol is Rol.UNIDAD:
        raise NoExiste()
    if una.rol is Rol.GARANTE:
        return _repartir_permisos(una, folio)
    pedido = read_encargo(request.form) if request.method == "POST" else encargo_de(una.usuario)
    if request.method == "POST":
        try:
            assign_encargo(actor(), una.usuario, pedido, g.foto.catalogo)
            flash("Se cambió lo que tiene a su cargo. Lo verá en su próxima página.", "bien")
            return redirect(url_for(".ficha", folio=folio))
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template("usuarios/encargo.html", ficha=una, folio=folio, error=error,
                             **_para_elegir(una.usuario.sujeto_id, pedido))
    return (pagina, 422) if error else pagina


def _repartir_permisos(una: Ficha, folio: str) -> ResponseReturnValue:
    """Lo que puede hacer alguien del órgano garante."""
    error, pedidos = "", una.permisos
    if request.method == "POST":
        pedidos = read_permisos(request.form.getlist("permiso"))
        try:
            cambio = set_permisos(actor(), una, pedidos)
            flash("Se cambió lo que puede hacer; vale desde su próxima página." if cambio else "No había cambios.", "bien")
            return redirect(url_for(".ficha", folio=folio))
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template("usuarios/permisos.html", ficha=una, folio=folio, error=error, permisos=pedidos,
                             PERMISOS=PERMISOS)
    return (pagina, 422) if error else pagina


@bp.post("/ipo/usuarios/<folio>/<any(bloquear,desbloquear,contrasena):acto>")
def acto(folio: str, acto: str) -> ResponseReturnValue:
    """Bloquear, desbloquear o dar otra contraseña."""
    una = _find(folio)
    try:
        if acto == "contrasena":
            temporal = give_contrasena(actor(), una)
            return render_template("usuarios/contrasena.html", cuenta=una.usuario, temporal=temporal, nueva=False)
        (block if acto == "bloquear" else unblock)(actor(), una)
        flash(*HECHO[acto])
    except ActoImposible as error:
        flash(str(error), "ojo")
    return redirect(url_for(".ficha", folio=folio))


@bp.post("/ipo/usuarios/<folio>/relevo")
def relevo(folio: str) -> ResponseReturnValue:
    """Lo de quien se va pasa a otra cuenta, y la suya se bloquea."""
    una = _find(folio)
    if not request.form.get("a"):
        flash("Elija quién recibe.", "ojo")
        return redirect(url_for(".ficha", folio=folio))
    otra = _find(request.form["a"])
    registros = relieve(actor(), una, otra, {clave: g.foto.tablas[clave] for clave in g.foto.tablas})
    flash(f"{otra.usuario.nombre} recibió lo de {una.usuario.nombre}: {contar(registros, 'registro', 'registros')}. "
          "La cuenta relevada quedó bloqueada.", "bien")
    return redirect(url_for(".ficha", folio=a_folio(otra.usuario.id)))


def _exigir() -> None:
    if not lleva_cuentas(actor()):
        raise NoExiste()


def _find(folio: str) -> Ficha:
    try:
        return find_ficha(actor(), de_folio(folio), g.foto.catalogo)
    except ValueError as error:
        raise NoExiste() from error


def _es_propia() -> bool:
    """Si la cuenta nueva es del propio órgano garante."""
    return actor().rol is Rol.GARANTE and request.values.get("institucion") == PROPIA


def _sujeto_elegido() -> int | None:
    """El de la persona; para el órgano garante, el que eligió."""
    if actor().sujeto_id is not None:
        return actor().sujeto_id
    return find_por_siglas(request.values.get("institucion", "")[:40])


def _para_elegir(sujeto_id: int | None, marcado: Encargo) -> dict[str, Any]:
    """Lo que los formularios de una cuenta ofrecen, y lo ya marcado."""
    quien = actor()
    if quien.sujeto_id is None or sujeto_id is None:
        return {"roles": [], "arbol": (), "areas": [], "personas": [], "marcado": marcado, "instituciones": nombres_de(None)}
    formatos = [f for f in formatos_de(sujeto_id, g.foto.catalogo) if f.clave in quien.claves]
    arbol = arbol_de(formatos, enteros=quien.rol is Rol.UNIDAD)
    return {"roles": [rol for rol in (Rol.ADMINISTRADOR, Rol.CAPTURISTA) if rol in LLEVA[quien.rol]], "arbol": arbol,
            "areas": options_of(sujeto_id, "area"), "personas": options_of(sujeto_id, "persona"), "marcado": marcado,
            "instituciones": {}}


def _porques(una: Ficha, encargo: Encargo) -> dict[str, list[Formato]]:
    """Por qué → los formatos que la cuenta ve por esa razón."""
    porques: dict[str, list[Formato]] = {}
    for formato in formatos_de(una.usuario.sujeto_id, g.foto.catalogo):
        if formato.clave in una.limites:
            porques.setdefault(explain(formato, una, encargo), []).append(formato)
    return porques


def _quienes_reciben(una: Ficha) -> list[Usuario]:
    return [otra.usuario for otra in fichas_de(actor(), g.foto.catalogo)
            if otra.usuario.id != una.usuario.id and otra.usuario.sujeto_id == una.usuario.sujeto_id
            and otra.rol is una.rol and otra.usuario.activo]
