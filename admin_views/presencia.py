"""Quién más tiene abierto el mismo registro. El formulario lo pregunta cada minuto y avisa al cerrarse."""

from __future__ import annotations

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.errores import NoExiste
from models.domain.permissions import Accion, condiciones
from models.domain.presencia import Otro, arrive, leave
from models.folios import de_folio
from models.presentacion.fechas import momento

bp = Blueprint("presencia", __name__)


@bp.post("/ipo/presencia/<clave>")
def latir(clave: str) -> ResponseReturnValue:
    """«Aquí sigo» (o, con ``fin``, «ya me fui»); contesta quiénes más están."""
    registro = _registro(clave)
    if request.form.get("fin"):
        leave(actor(), registro)
        return jsonify(otros=[])
    return jsonify(otros=[say(otro) for otro in arrive(actor(), registro)])


def say(otro: Otro) -> str:
    """«Laura Méndez también tiene abierto este registro desde las 10:15.»"""
    return f"{otro.nombre} también tiene abierto este registro desde las {momento(otro.desde):%H:%M}."


def _registro(clave: str) -> int:
    tabla = g.foto.tablas.get(clave)
    if tabla is None or clave not in actor().claves:
        raise NoExiste()
    try:
        registro = de_folio(request.form.get("id", ""))
    except ValueError as error:
        raise NoExiste() from error
    modelo = tabla.trabajo
    if not modelo.select().where(*condiciones(actor(), Accion.EDITAR, tabla), modelo.id == registro).exists():
        raise NoExiste()
    return registro
