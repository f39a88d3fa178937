"""Qué formatos obligan a cada institución, y las prórrogas: lo ajusta quien en el órgano garante lleva el catálogo."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from fracciones_config import Formato
from models.domain.ajustes import DICHOS, Ajuste, adjust, count_ajustados, read_renglones
from models.domain.errores import ActoImposible, NoExiste, ReglaRota
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectores.tiempos import parse_fecha
from models.domain.padron import find_en_padron
from models.domain.periods import claves, etiqueta
from models.domain.prorrogas import Pedida, en_vigor, grant, nombre_de, revoke
from models.domain.sujetos import nombres_de
from models.folios import de_folio
from models.presentacion.numeros import contar
from models.presentacion.poderes import PODERES
from models.reloj import hoy
from models.sujetos import SujetoObligado

bp = Blueprint("aplicabilidad", __name__)


@bp.get("/ipo/aplicabilidad")
def tabla() -> ResponseReturnValue:
    """A qué clases obliga cada formato, y en cuántas instituciones se ajustó."""
    return render_template("sujetos/tabla_de_aplicabilidad.html", formatos=g.foto.catalogo.activos, PODERES=PODERES,
                           de={poder: {f.clave for f in g.foto.catalogo.para(poder)} for poder in PODERES},
                           ajustados=count_ajustados())


@bp.route("/ipo/sujetos/<siglas>/aplicabilidad", methods=["GET", "POST"])
def de_una(siglas: str) -> ResponseReturnValue:
    """Los formatos de una institución: se eligen uno por uno o por fracción, y se ajustan con su razón."""
    sujeto, error = find_en_padron(actor(), siglas), ""
    if request.method == "POST":
        try:
            cambiaron = _ajustar(sujeto)
            flash(f"{contar(len(cambiaron), 'formato cambió', 'formatos cambiaron')}; ya se ve en su tablero y en el portal."
                  if cambiaron else "Ya estaban así.", "bien")
            return redirect(url_for(".de_una", siglas=siglas))
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template("sujetos/aplicabilidad.html", sujeto_visto=sujeto, error=error, tecleado=request.form,
                             renglones=read_renglones(sujeto, g.foto.catalogo), DICHOS=DICHOS)
    return (pagina, 422) if error else pagina


@bp.route("/ipo/prorrogas", methods=["GET", "POST"])
def prorrogas() -> ResponseReturnValue:
    """Las prórrogas en vigor, y dar otra."""
    error = ""
    if request.method == "POST":
        try:
            dadas = grant(actor(), _formatos(), _pedida())
            flash(f"Prórroga dada a {contar(len(dadas), 'formato', 'formatos')}. Ya cuenta en lo que falta.", "bien")
            return redirect(url_for(".prorrogas"))
        except ReglaRota as falla:
            error = str(falla)
    instituciones = nombres_de(None)
    nombres = {id_: str(sujeto.nombre) for id_, sujeto in instituciones.items()}
    pagina = render_template(
        "sujetos/prorrogas.html", en_vigor=[(p, nombre_de(p.destinatario, nombres)) for p in en_vigor()], error=error,
        tecleado=request.form, para=_para(instituciones), PODERES=PODERES, instituciones=instituciones,
        formatos=g.foto.catalogo.activos, por_clave=g.foto.catalogo.por_clave, periodos=_periodos(),
        anios=range(hoy().year + 1, hoy().year - 4, -1))
    return (pagina, 422) if error else pagina


@bp.post("/ipo/prorrogas/<folio>/revocar")
def revocar(folio: str) -> ResponseReturnValue:
    """Quita una prórroga."""
    try:
        revoke(actor(), de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
    flash("Se revocó: vuelve a contar el límite de ley.", "ojo")
    return redirect(url_for(".prorrogas"))


def _ajustar(sujeto: SujetoObligado) -> list[Formato]:
    try:
        ajuste = Ajuste(request.form.get("ajuste", ""))
    except ValueError as error:
        raise ActoImposible("Elija qué hacer con los formatos: que apliquen, que no, o lo que toca a su clase.") from error
    return adjust(actor(), sujeto, {f.clave for f in _formatos()}, ajuste, request.form.get("motivo", ""), g.foto.catalogo)


def _formatos() -> list[Formato]:
    """Los marcados: formatos sueltos y los de las fracciones marcadas."""
    sueltos, fracciones = set(request.form.getlist("clave")), set(request.form.getlist("fraccion"))
    return [f for f in g.foto.catalogo.activos if f.clave in sueltos or f.fundamento in fracciones]


def _pedida() -> Pedida:
    anio = request.form.get("ejercicio", "")
    try:
        limite = dt.date.fromisoformat(parse_fecha(request.form.get("limite", "")))
    except DatoInvalido as error:
        raise ActoImposible(f"Último día: {error}") from error
    return Pedida(request.form.get("para", ""), int(anio) if anio.isascii() and anio.isdigit() and len(anio) == 4 else 0,
                  request.form.get("periodo", ""), limite, request.form.get("motivo", ""))


def _para(instituciones: dict[int, SujetoObligado]) -> str:
    """A quién se le da: lo tecleado o, si se viene de la página de una institución, ella."""
    siglas = request.args.get("siglas", "")
    de_pagina = next((f"sujeto:{id_}" for id_, sujeto in instituciones.items() if sujeto.siglas == siglas), "")
    return request.form.get("para", de_pagina)


def _periodos() -> dict[str, str]:
    """Clave → nombre de todos los periodos que algún formato usa."""
    usadas = dict.fromkeys(f.periodicidad for f in g.foto.catalogo.activos)
    return {clave: etiqueta(clave) for periodicidad in usadas for clave in claves(periodicidad)}
