"""«Recordar»: la Unidad le recuerda a quien lleva un formato lo que falta, una entrega o todo lo vencido."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.cumplimiento import Cumplimiento, Situacion, missing_of, read_cumplimiento
from models.domain.errores import NoExiste
from models.domain.mensajes.entregas import entrega_de
from models.domain.mensajes.recordatorios import Recordado, distribute, remind
from models.domain.permissions import Rol
from models.presentacion.numeros import contar
from models.reloj import hoy

bp = Blueprint("recordatorios", __name__)


@bp.route("/ipo/faltantes/recordar", methods=["GET", "POST"])
def recordar() -> ResponseReturnValue:
    """Confirmar a quién se le recordará todo lo vencido; y recordarlo, o una sola entrega."""
    if actor().rol is not Rol.UNIDAD:
        raise NoExiste()
    faltan = _faltan()
    if request.method != "POST":
        vencidas = [uno for uno in faltan if uno.situacion is Situacion.VENCIDO]
        return render_template("recordar.html", reparto=distribute(actor(), vencidas, g.foto.catalogo), vencidas=vencidas)
    pedida = request.form.get("entrega", "")
    elegidas = [uno for uno in faltan if (str(entrega_de(uno)) == pedida if pedida else uno.situacion is Situacion.VENCIDO)]
    if not elegidas:
        flash("Esa entrega ya no falta." if pedida else "No hay nada vencido que recordar.", "ojo")
    else:
        _contar(remind(actor(), elegidas, g.foto.catalogo, hoy()))
    return redirect(url_for("tablero.faltantes"))


def _faltan() -> list[Cumplimiento]:
    suyos = [formato for formato in g.foto.catalogo.activos if formato.clave in actor().claves]
    return missing_of(read_cumplimiento(actor().sujeto_id or 0, suyos, hoy()))


def _contar(hecho: Recordado) -> None:
    if hecho.entregas:
        flash(f"Se recordó {contar(hecho.entregas, 'entrega', 'entregas')} a "
              f"{contar(hecho.personas, 'persona', 'personas')}; lo leerán en sus mensajes.", "bien")
    if hecho.ya_recordadas:
        flash("Hoy ya se había recordado." if not hecho.entregas else
              f"Hoy ya se habían recordado {contar(hecho.ya_recordadas, 'entrega', 'entregas')}.", "ojo")
    if hecho.sin_nadie:
        flash(f"{contar(hecho.sin_nadie, 'entrega', 'entregas')} sin nadie que la lleve. Asigne el formato en «Usuarios»."
              if hecho.sin_nadie == 1 else
              f"{contar(hecho.sin_nadie, 'entrega', 'entregas')} sin nadie que las lleve. Asigne los formatos en «Usuarios».",
              "ojo")
