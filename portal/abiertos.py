"""``/datos``: todo lo que se puede llevar, en qué formas, con qué licencia y cómo se cita."""

from __future__ import annotations

from flask import Blueprint, render_template

from models.publicados import Conteo
from models.reloj import hoy
from portal.contexto import foto, publicados
from portal.volcado import find_actual, hour

bp = Blueprint("abiertos", __name__)


@bp.get("/datos")
def pagina() -> str:
    """Los datos abiertos."""
    panorama, catalogo = publicados().panorama(), foto().catalogo
    conteos = {formato.clave: panorama.de_clave.get(formato.clave, Conteo()) for formato in catalogo.activos}
    ejemplo = catalogo.por_clave.get("directorio") or catalogo.activos[0]
    return render_template("datos.html", formatos=catalogo.activos, conteos=conteos, panorama=panorama, ejemplo=ejemplo,
                           consultado=hoy(), volcado=find_actual(), hora_del_volcado=hour())
