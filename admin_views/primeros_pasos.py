"""Los primeros pasos: la lista en el tablero de una Unidad nueva, y su página, a la que siempre se puede volver."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from fracciones_config import Formato
from models.domain.errores import NoExiste, ReglaRota
from models.domain.permissions import Rol
from models.domain.primeros_pasos import Guia, close_guia, read_guia, reopen_guia
from models.sujetos import SujetoObligado

bp = Blueprint("primeros_pasos", __name__)

BOTONES = {"organigrama": "Ir al organigrama", "directorio": "Ir al directorio", "usuarios": "Ir a Usuarios",
           "configuracion": "Ir a Configuración", "captura": "Elegir un formato", "publicacion": "Revisar y publicar"}
"""Paso → lo que dice su botón."""


@bp.route("/ipo/primeros-pasos", methods=["GET", "POST"])
def pagina() -> ResponseReturnValue:
    """Los pasos con lo que falta; al enviar, se quitan del tablero o se vuelven a poner."""
    sujeto, suyos = _sujeto(), _suyos()
    if request.method == "POST":
        try:
            if request.form.get("que") == "mostrar":
                reopen_guia(actor(), sujeto)
                flash("Los primeros pasos están otra vez en el tablero.", "bien")
            else:
                close_guia(actor(), sujeto, suyos)
                flash("Se quitaron del tablero. Puede volver a verlos en «Primeros pasos».", "bien")
            return redirect(url_for("tablero.tablero"))
        except ReglaRota as error:
            flash(str(error), "ojo")
            return redirect(url_for(".pagina"))
    return render_template("primeros_pasos/pagina.html", guia=read_guia(actor(), sujeto, suyos),
                           cerrada=bool(sujeto.guia_cerrada))


@bp.app_template_global("guia_del_tablero")
def guia_del_tablero() -> Guia | None:
    """La guía, si a esta persona le toca verla en su tablero."""
    if actor().rol is not Rol.UNIDAD or _sujeto().guia_cerrada:
        return None
    return read_guia(actor(), _sujeto(), _suyos())


@bp.app_template_global("boton_del_paso")
def boton_del_paso(clave: str) -> tuple[str, str]:
    """Lo que dice el botón de un paso, y a dónde lleva."""
    return BOTONES[clave], _a_donde()[clave]


def _a_donde() -> dict[str, str]:
    return {"organigrama": url_for("organigrama.arbol"), "directorio": url_for("directorio.lista"),
            "usuarios": url_for("usuarios.lista"), "configuracion": url_for("configuracion.configuracion"),
            "captura": url_for("tablero.formatos"), "publicacion": url_for("tablero.revision")}


def _suyos() -> list[Formato]:
    return [formato for formato in g.foto.catalogo.activos if formato.clave in actor().claves]


def _sujeto() -> SujetoObligado:
    """La institución de la Unidad; a cualquier otra persona, 404."""
    if actor().rol is not Rol.UNIDAD:
        raise NoExiste()
    if "sujeto" not in g:
        g.sujeto = SujetoObligado.get_or_none(SujetoObligado.id == actor().sujeto_id)
    return g.sujeto  # type: ignore[no-any-return]
