"""Las páginas de texto: qué es esto, cómo denunciar, y la declaración de accesibilidad."""

from __future__ import annotations

from flask import Blueprint, render_template

bp = Blueprint("acerca", __name__)


@bp.get("/acerca")
def pagina() -> str:
    """Acerca del portal."""
    return render_template("acerca.html")


@bp.get("/denuncia")
def denuncia() -> str:
    """Cómo denunciar que falta información."""
    return render_template("denuncia.html")


@bp.get("/accesibilidad")
def accesibilidad() -> str:
    """La declaración de accesibilidad."""
    return render_template("accesibilidad.html")
