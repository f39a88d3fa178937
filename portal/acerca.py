"""Qué es esto: la ley que responde y su vigencia, la licencia, la accesibilidad y cómo denunciar."""

from __future__ import annotations

from flask import Blueprint, render_template

bp = Blueprint("acerca", __name__)


@bp.get("/acerca")
def pagina() -> str:
    """Acerca del portal."""
    return render_template("acerca.html")
