"""La configuración de la dependencia: lo que la ciudadanía lee de la institución, su logotipo, y sus políticas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.sueltos import draw, read_forma, valores_de
from admin_views.identidad import actor
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.configuracion import (
    CAMPOS,
    GRUPOS,
    check_configuracion,
    huella_de,
    read_configuracion,
    save_configuracion,
)
from models.domain.errores import ActoImposible, ReglaRota
from models.domain.logotipo import logo_de, put_logo, remove_logo

bp = Blueprint("configuracion", __name__)


@bp.route("/ipo/configuracion", methods=["GET", "POST"])
def configuracion() -> ResponseReturnValue:
    """Ver y cambiar la configuración; al guardar se publica. Con ``ver``, solo se enseña cómo quedaría."""
    sujeto = read_configuracion(actor())
    if request.method != "POST":
        return _dibujar(valores_de(CAMPOS, json.loads(sujeto.datos)), bool(sujeto.cuatro_ojos))
    cuatro_ojos = request.form.get("cuatro_ojos") == "si"
    crudo = read_forma(CAMPOS, request.form, request.files, actor(), current_app.extensions["almacen"]).crudo
    try:
        if request.form.get("ver"):
            return _dibujar(crudo, cuatro_ojos, previa=check_configuracion(crudo))
        cambios = save_configuracion(actor(), crudo, cuatro_ojos, request.form.get("huella", ""), g.foto.catalogo)
    except CamposInvalidos as error:
        return _dibujar(crudo, cuatro_ojos, error.problemas, str(error)), 422
    except ActoImposible as error:
        return _dibujar(crudo, cuatro_ojos, {}, str(error)), 409
    flash(f"Se guardó y ya se lee en el portal: {', '.join(cambios)}." if cambios else "No había cambios que guardar.", "bien")
    return redirect(url_for(".configuracion"))


@bp.post("/ipo/configuracion/logo")
def logo() -> ResponseReturnValue:
    """Poner, cambiar o quitar el logotipo."""
    sujeto = read_configuracion(actor())
    subido = request.files.get("imagen")
    try:
        if request.form.get("quitar"):
            remove_logo(actor(), g.foto.catalogo)
            flash("Se quitó el logotipo.", "bien")
        else:
            put_logo(actor(), current_app.extensions["almacen"], subido.stream if subido and subido.filename else None,
                     request.form.get("texto", ""), g.foto.catalogo)
            flash("El logotipo ya se ve en el portal.", "bien")
        return redirect(url_for(".configuracion"))
    except ReglaRota as error:
        valores = valores_de(CAMPOS, json.loads(sujeto.datos))
        return _dibujar(valores, bool(sujeto.cuatro_ojos), error_de_logo=str(error)), 422


def _dibujar(valores: Mapping[str, Any], cuatro_ojos: bool, problemas: Mapping[str, str] | None = None, error: str = "",
             previa: Mapping[str, Any] | None = None, error_de_logo: str = "") -> str:
    sujeto = read_configuracion(actor())
    grupos = {titulo: draw(campos, valores, problemas or {}, sujeto.id) for titulo, campos in GRUPOS.items()}
    return render_template(
        "configuracion.html", grupos=grupos, cuatro_ojos=cuatro_ojos, error=error, propio=sujeto, previa=previa,
        errores=[c for controles in grupos.values() for c in controles if c.error], logo=logo_de(sujeto.datos),
        error_de_logo=error_de_logo, texto_de_logo=request.form.get("texto"), huella=request.form.get("huella") if previa
        is not None else huella_de(sujeto))
