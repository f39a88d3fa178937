"""``/api/v1/cambios``: qué se publicó, se corrigió y se retiró, de lo más nuevo a lo más viejo."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from models.folios import a_folio
from models.presentacion.fechas import momento
from models.publicados.cambios import Cambio
from portal.api.cursores import read_instante, write_instante
from portal.api.parametros import read_desde, read_institucion, read_limite, require_known
from portal.api.respuestas import answer, this_with
from portal.contexto import foto, publicados
from portal.direcciones import absolute, to_registro
from portal.errores import NoSirve

bp = Blueprint("api_cambios", __name__, url_prefix="/api/v1/cambios")


@bp.get("")
def lista() -> Response:
    """De todas las instituciones, de una o de un formato suyo; con ``desde``, los de ese día para acá."""
    require_known(("institucion", "formato", "desde", "limite", "cursor"))
    institucion, clave, limite = read_institucion(), _read_formato(), read_limite()
    desde, cursor = read_desde(), request.args.get("cursor")
    antes = read_instante(cursor) if cursor is not None else None
    if institucion is None and clave is not None:
        raise NoSirve("formato", "Diga también la institución: sin ella, los cambios se piden de todos los formatos.")
    pagina = (publicados().cambios.del_estado(desde, antes, limite) if institucion is None
              else publicados().cambios.de(institucion.id, clave, desde, antes, limite))
    siglas = {una.id: una.siglas for una in publicados().instituciones()}
    siguiente = this_with(write_instante(*pagina.siguiente)) if pagina.siguiente else None
    return answer({"cambios": [_dicho(uno, siglas[uno.sujeto_id]) for uno in pagina.cambios if uno.sujeto_id in siglas],
                   "siguiente": siguiente}, first=this_with(None), next=siguiente)


def _read_formato() -> str | None:
    clave = request.args.get("formato")
    if clave is not None and clave not in foto().catalogo.por_clave:
        raise NoSirve("formato", "Ese formato no está en el catálogo: vea /api/v1/formatos.")
    return clave


def _dicho(cambio: Cambio, siglas: str) -> dict[str, Any]:
    folio = a_folio(cambio.registro_id) if cambio.registro_id else None
    return {"clase": str(cambio.clase), "instante": momento(cambio.instante).isoformat(timespec="seconds"), "so": siglas,
            "formato": cambio.clave, "ejercicio": cambio.ejercicio or None, "periodo": cambio.periodo or None,
            "registros": cambio.n, "folio": folio, "motivo": cambio.motivo,
            "direccion": absolute(to_registro(siglas, cambio.clave, folio)) if folio else None}
