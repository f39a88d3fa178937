"""La configuración de la dependencia: lo que la ciudadanía lee de la institución, y sus políticas."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.sueltos import draw
from admin_views.identidad import actor
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.configuracion import (
    GRUPOS,
    huella_de,
    read_configuracion,
    save_configuracion,
)
from models.domain.errores import ActoImposible

bp = Blueprint("configuracion", __name__)


@bp.route("/ipo/configuracion", methods=["GET", "POST"])
def configuracion() -> ResponseReturnValue:
    """Ver y cambiar la configuración; al guardar se publica."""
    sujeto = read_configuracion(actor())
    if request.method != "POST":
        return _dibujar(json.loads(sujeto.datos), bool(sujeto.cuatro_ojos), {}, "")
    cuatro_ojos = request.form.get("cuatro_ojos") == "si"
    try:
        cambios = save_configuracion(actor(), request.form, cuatro_ojos, request.form.get("huella", ""), g.foto.catalogo)
    except CamposInvalidos as error:
        return _dibujar(request.form, cuatro_ojos, error.problemas, str(error)), 422
    except ActoImposible as error:
        return _dibujar(request.form, cuatro_ojos, {}, str(error)), 409
    flash(f"Se guardó y ya se lee en el portal: {', '.join(cambios)}." if cambios else "No había cambios que guardar.", "bien")
    return redirect(url_for(".configuracion"))


def _dibujar(valores: Mapping[str, str], cuatro_ojos: bool, problemas: Mapping[str, str], error: str) -> str:
    sujeto = read_configuracion(actor())
    grupos = {titulo: draw(campos, valores, problemas, sujeto.id) for titulo, campos in GRUPOS.items()}
    return render_template("configuracion.html", grupos=grupos, cuatro_ojos=cuatro_ojos, error=error, propio=sujeto,
                           errores=[c for controles in grupos.values() for c in controles if c.error],
                           huella=huella_de(sujeto))
