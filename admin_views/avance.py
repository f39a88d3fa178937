"""El avance de un trabajo largo: se puede dejar, volver a encontrar y cancelar."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from admin_views.pantallas.deshacer import words_for
from models.domain.errores import NoExiste
from models.domain.estados import TRANSICIONES
from models.domain.lotes import find_lote, summary_of
from models.folios import de_folio
from models.reloj import ahora
from models.tareas import Trabajo
from models.trabajos.cola import find_trabajo, finish, undo

bp = Blueprint("avance", __name__)

ACTIVOS = ("pendiente", "en_curso")


@bp.get("/ipo/avance/<folio>")
def avance(folio: str) -> ResponseReturnValue:
    """La página con la barra; se actualiza sola y también sin JavaScript."""
    trabajo = _find(folio)
    parametros = json.loads(trabajo.parametros)
    lote = find_lote(actor(), int(parametros["lote"]))
    if lote is None:
        raise NoExiste()
    return render_template(
        "avance.html", deshacer=words_for(lote), trabajo=trabajo, folio=folio, activo=trabajo.estado in ACTIVOS,
        clave=parametros["clave"], resumen=summary_of(lote), acto=TRANSICIONES[lote.acto].nombre,
        mensaje=json.loads(trabajo.resultado).get("mensaje"),
        lote=lote, espera=trabajo.estado == "pendiente" and trabajo.arriendo > ahora())


@bp.get("/ipo/avance/<folio>/estado")
def estado(folio: str) -> ResponseReturnValue:
    """Lo mismo, en JSON, para la barra."""
    return jsonify(_resumen(_find(folio)))


@bp.post("/ipo/avance/<folio>/cancelar")
def cancelar(folio: str) -> ResponseReturnValue:
    """Detiene el trabajo; lo ya hecho queda hecho."""
    trabajo = _find(folio)
    if trabajo.estado in ACTIVOS:
        finish(trabajo, "cancelado", {})
        flash("Se detuvo. Lo que ya se había hecho queda hecho.", "ojo")
    return redirect(url_for("avance.avance", folio=folio))


@bp.post("/ipo/avance/<folio>/deshacer")
def deshacer(folio: str) -> ResponseReturnValue:
    """Cancela lo que todavía no empieza: nadie lo vio. Lo que ya salió no se deshace; se retira."""
    trabajo = _find(folio)
    if undo(trabajo, "Se deshizo antes de publicarse."):
        flash("Se deshizo. Nada se publicó y los registros quedaron como estaban.", "bien")
    else:
        flash("Ya no se puede deshacer. Si fue un error, retírelo del portal.", "ojo")
    return redirect(url_for("formato.index_view", clave=json.loads(trabajo.parametros)["clave"]))


def _find(folio: str) -> Trabajo:
    quien = actor()
    try:
        trabajo = find_trabajo(quien.sujeto_id or 0, quien.id, de_folio(folio))
    except ValueError:
        trabajo = None
    if trabajo is None or trabajo.tipo != "lote":
        raise NoExiste()
    return trabajo


def _resumen(trabajo: Trabajo) -> dict[str, Any]:
    return {"estado": trabajo.estado, "hecho": trabajo.hecho, "total": trabajo.total, "fuera": _fuera(trabajo)}


def _fuera(trabajo: Trabajo) -> int:
    """A cuántos no se les hizo el acto, ya que terminó."""
    lote = find_lote(actor(), int(json.loads(trabajo.parametros).get("lote", 0))) if trabajo.estado == "terminado" else None
    return 0 if lote is None else len(summary_of(lote)["fuera"])
