"""Cuánto le queda a la sesión, para avisar antes de que termine. Preguntarlo no la alarga; «Seguir trabajando», sí."""

from __future__ import annotations

from flask import Blueprint, jsonify, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from models.domain.sesiones import remaining, touch

bp = Blueprint("sesion", __name__)

NUMERO = "_user_id"
"""Donde Flask-Login deja el número de sesión en la cookie."""


@bp.get("/ipo/sesion")
def estado() -> ResponseReturnValue:
    """Si la sesión vive, cuántos milisegundos le quedan, si se puede alargar, y el testigo para enviar."""
    queda = remaining(str(session.get(NUMERO, "")))
    if queda is None:
        return jsonify(viva=False)
    return jsonify(viva=True, quedan=queda.milisegundos, se_alarga=queda.se_alarga, testigo=generate_csrf())


@bp.post("/ipo/sesion/seguir")
def seguir() -> ResponseReturnValue:
    """«Seguir trabajando»."""
    touch(str(session.get(NUMERO, "")))
    return estado()
