"""Los órganos colegiados en la oficina: la lista, cada uno con su gente y sus sesiones, y su publicación."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.sueltos import draw, read_dia, valores_de
from admin_views.identidad import actor
from models.domain.actos_de_sujeto import actos_de_objeto
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.errores import NoExiste, ReglaRota
from models.domain.organos.campos import campos_de_organo
from models.domain.organos.fichas import (
    delete_organo,
    find_organo,
    holds_of,
    puede_en_organos,
    restore_organo,
    retire_organo,
    save_organo,
)
from models.domain.organos.integrantes import integrantes_de, is_vigente
from models.domain.organos.lista import list_organos
from models.domain.organos.publicacion import (
    build_contenido,
    explain_cambios,
    find_publico,
    huella_de,
    publish_organo,
    withdraw_organo,
)
from models.domain.organos.sesiones import acta_de, sesiones_de
from models.domain.permissions import Accion
from models.folios import a_folio, de_folio
from models.maestros import Organo
from models.presentacion.fechas import fecha
from models.reloj import hoy

bp = Blueprint("organos", __name__)

HECHO = {"publicar": "Publicado: la ciudadanía ya lo lee así.", "retirar": "Retirado del portal. Aquí queda todo igual.",
         "restaurar": "El órgano está otra vez en funciones."}


@bp.get("/ipo/organos")
def lista() -> ResponseReturnValue:
    """Los órganos de la institución."""
    exigir(Accion.VER)
    return render_template("organos/lista.html", organos=list_organos(actor().sujeto_id or 0, g.foto.catalogo),
                           edita=puede_en_organos(actor(), Accion.CAPTURAR))


@bp.get("/ipo/organos/<folio>")
def ficha(folio: str) -> ResponseReturnValue:
    """Un órgano: quién lo integra, sus sesiones, lo que falta publicar y su historia."""
    organo, catalogo = find(folio), g.foto.catalogo
    contenido, publico = build_contenido(organo, catalogo), find_publico(organo)
    return render_template(
        "organos/ficha.html", organo=organo, folio=folio, contenido=contenido, publico=publico, huella=huella_de(contenido),
        cambios=explain_cambios(json.loads(publico.contenido), contenido) if publico else [],
        integrantes=[(i, is_vigente(i)) for i in integrantes_de(organo)],
        sesiones=[(s, acta_de(s)) for s in sesiones_de(organo)],
        puestos=catalogo.opciones("puestos_organo"), tipos_sesion=catalogo.opciones("tipos_sesion"),
        actos=actos_de_objeto(organo.sujeto_id, organo.id), edita=puede_en_organos(actor(), Accion.CAPTURAR),
        publica=puede_en_organos(actor(), Accion.PUBLICAR))


@bp.route("/ipo/organos/nuevo", methods=["GET", "POST"])
def nuevo() -> ResponseReturnValue:
    """Dar de alta un órgano."""
    exigir(Accion.CAPTURAR)
    return _datos(None)


@bp.route("/ipo/organos/<folio>/datos", methods=["GET", "POST"])
def datos(folio: str) -> ResponseReturnValue:
    """Corregir los datos de un órgano."""
    exigir(Accion.CAPTURAR)
    return _datos(find(folio))


@bp.post("/ipo/organos/<folio>/<any(publicar,retirar,restaurar):acto>")
def acto(folio: str, acto: str) -> ResponseReturnValue:
    """Publicar, retirar del portal, o deshacer la baja."""
    organo = find(folio)
    try:
        if acto == "publicar":
            publish_organo(actor(), organo, g.foto.catalogo, request.form.get("visto", ""))
        elif acto == "retirar":
            withdraw_organo(actor(), organo, request.form.get("motivo", ""))
        else:
            restore_organo(actor(), organo)
        flash(HECHO[acto], "bien")
    except ReglaRota as error:
        flash(str(error), "ojo")
    return redirect(url_for(".ficha", folio=folio))


@bp.route("/ipo/organos/<folio>/baja", methods=["GET", "POST"])
def baja(folio: str) -> ResponseReturnValue:
    """Darlo de baja con fecha; o borrarlo, si nadie lo usa."""
    exigir(Accion.RETIRAR)
    organo, error = find(folio), ""
    tablas = [g.foto.tablas[clave] for clave in g.foto.tablas]
    if request.method == "POST":
        try:
            return _dar_de_baja(organo, folio, tablas)
        except CamposInvalidos as falla:
            error = falla.problemas["baja"]
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template("organos/baja.html", organo=organo, folio=folio, usos=holds_of(organo, tablas), error=error,
                             dia=request.form.get("dia", fecha(hoy())))
    return (pagina, 422) if error else pagina


def _dar_de_baja(organo: Organo, folio: str, tablas: list[Any]) -> ResponseReturnValue:
    if request.form.get("borrar") == "si":
        delete_organo(actor(), organo, tablas)
        flash(f"Se borró «{organo.nombre}»: nadie lo usaba.", "bien")
        return redirect(url_for(".lista"))
    retire_organo(actor(), organo, read_dia(request.form.get("dia", "")))
    flash("Dado de baja. Ya no se puede elegir; lo que lo nombra se sigue leyendo igual.", "bien")
    return redirect(url_for(".ficha", folio=folio))


def _datos(organo: Organo | None) -> ResponseReturnValue:
    campos = campos_de_organo(g.foto.catalogo)
    visto = organo.cambiado_en if organo else None
    valores: Any = valores_de(campos, json.loads(organo.datos)) if organo else {}
    problemas, error = {}, ""
    if request.method == "POST":
        valores = request.form
        try:
            dicho = request.form.get("visto", "")
            suyo = int(dicho) if dicho.isascii() and dicho.isdigit() and len(dicho) < 16 else 0
            identificador = save_organo(actor(), g.foto.catalogo, request.form, organo, suyo)
            flash("Guardado. La ciudadanía lo verá cuando la Unidad lo publique.", "bien")
            return redirect(url_for(".ficha", folio=a_folio(identificador)))
        except CamposInvalidos as falla:
            problemas, error = dict(falla.problemas), str(falla)
        except ReglaRota as falla:
            error = str(falla)
    return draw_pagina("Datos del órgano" if organo else "Agregar un órgano colegiado", campos, valores, problemas, error,
                       organo, visto=visto)


def draw_pagina(titulo: str, campos: Any, valores: Any, problemas: dict[str, str], error: str, organo: Organo | None,
                **mas: Any) -> ResponseReturnValue:
    """La página de un formulario de órganos; con error, 422 y lo tecleado de vuelta."""
    controles = draw(campos, valores, problemas, actor().sujeto_id or 0)
    pagina = render_template("organos/datos.html", titulo=titulo, controles=controles, error=error, organo=organo,
                             folio=a_folio(organo.id) if organo else "", **mas)
    return (pagina, 422) if error else pagina


def exigir(accion: Accion) -> None:
    """404 a quien no lleva los órganos, o no tiene esa acción sobre ellos."""
    if not puede_en_organos(actor(), accion):
        raise NoExiste()


def find(folio: str) -> Organo:
    """El órgano de esa dirección; 404 si no existe o es de otra institución."""
    exigir(Accion.VER)
    try:
        return find_organo(actor(), de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
