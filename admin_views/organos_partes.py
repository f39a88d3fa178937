"""Los integrantes y las sesiones de un órgano colegiado: agregarlos, corregirlos, quitarlos, y descargar un acta."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.sueltos import read_forma, valores_de
from admin_views.identidad import actor
from admin_views.organos import draw_pagina, exigir, find
from models.archivos.subida import MIME
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.errores import NoExiste, ReglaRota
from models.domain.organos import integrantes, sesiones
from models.domain.organos.campos import campos_de_integrante, campos_de_sesion
from models.domain.permissions import Accion
from models.folios import de_folio
from models.maestros import Organo

bp = Blueprint("organos_partes", __name__)

NUEVO = "nuevo"
PARTES = {
    "integrantes": ("un integrante", campos_de_integrante, integrantes.find_integrante, integrantes.datos_de,
                    integrantes.save_integrante),
    "sesiones": ("una sesión", campos_de_sesion, sesiones.find_sesion, sesiones.datos_de, sesiones.save_sesion),
}
"""Qué parte → cómo se llama, qué se pide, cómo se halla, cómo se lee y cómo se guarda."""


@bp.route("/ipo/organos/<folio>/<any(integrantes,sesiones):que>/<cual>", methods=["GET", "POST"])
def parte(folio: str, que: str, cual: str) -> ResponseReturnValue:
    """Agregar (``nuevo``) o corregir un integrante o una sesión."""
    exigir(Accion.CAPTURAR)
    organo, (nombre, pedir, _, leer, guardar) = find(folio), PARTES[que]
    fila, campos = _find(organo, que, cual), pedir(g.foto.catalogo)
    valores: Any = valores_de(campos, leer(fila)) if fila is not None else {}
    problemas: dict[str, str] = {}
    error = ""
    if request.method == "POST":
        tecleado = read_forma(campos, request.form, request.files, actor(), current_app.extensions["almacen"])
        valores = tecleado.crudo
        try:
            if tecleado.problemas:
                raise CamposInvalidos(tecleado.problemas)
            guardar(actor(), g.foto.catalogo, organo, tecleado.crudo, fila)
            flash("Guardado. La ciudadanía lo verá cuando la Unidad lo publique.", "bien")
            return _seguir(folio, que)
        except CamposInvalidos as falla:
            problemas, error = dict(falla.problemas), str(falla)
        except ReglaRota as falla:
            error = str(falla)
    return draw_pagina(f"{'Corregir' if fila else 'Agregar'} {nombre}", campos, valores, problemas, error, organo,
                       otra=fila is None)


@bp.post("/ipo/organos/<folio>/<any(integrantes,sesiones):que>/<cual>/quitar")
def quitar(folio: str, que: str, cual: str) -> ResponseReturnValue:
    """Quita lo que se anotó por error."""
    exigir(Accion.CAPTURAR)
    organo = find(folio)
    fila = _find(organo, que, cual)
    if fila is None:
        raise NoExiste()
    try:
        if que == "integrantes":
            integrantes.remove_integrante(actor(), organo, fila)
        else:
            sesiones.remove_sesion(actor(), organo, fila, [g.foto.tablas[clave] for clave in g.foto.tablas])
        flash("Quitado. Si ya estaba publicado, la ciudadanía lo deja de ver cuando se publique el cambio.", "bien")
    except ReglaRota as error:
        flash(str(error), "ojo")
    return redirect(url_for("organos.ficha", folio=folio))


@bp.get("/ipo/organos/<folio>/sesiones/<cual>/acta")
def acta(folio: str, cual: str) -> ResponseReturnValue:
    """El acta de una sesión, siempre como descarga."""
    fila = _find(find(folio), "sesiones", cual)
    archivo = sesiones.acta_de(fila) if fila is not None else None
    if archivo is None:
        raise NoExiste()
    try:
        contenido = current_app.extensions["almacen"].abrir(archivo["sha256"])
    except FileNotFoundError as error:
        raise NoExiste() from error
    respuesta = send_file(contenido, mimetype=MIME[archivo["tipo"]], as_attachment=True, download_name=archivo["nombre"])
    respuesta.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    respuesta.headers["Cache-Control"] = "private, no-store"
    return respuesta


def _find(organo: Organo, que: str, cual: str) -> Any:
    """El integrante o la sesión; ``None`` si es nuevo. 404 si no existe."""
    if cual == NUEVO:
        return None
    try:
        return PARTES[que][2](organo, de_folio(cual))
    except ValueError as error:
        raise NoExiste() from error


def _seguir(folio: str, que: str) -> ResponseReturnValue:
    if request.form.get("luego") == "otra":
        return redirect(url_for(".parte", folio=folio, que=que, cual=NUEVO))
    return redirect(url_for("organos.ficha", folio=folio, _anchor=que))
