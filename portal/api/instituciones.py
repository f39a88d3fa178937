"""``/api/v1/instituciones``: quiénes publican. Son pocas: van todas de una vez."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from models.presentacion.poderes import PODERES
from models.publicados import Conteo, Institucion
from portal.api.parametros import require_known
from portal.api.respuestas import answer
from portal.contexto import publicados
from portal.direcciones import absolute, find_institucion, to_institucion
from portal.errores import NoSirve
from portal.palabras import iso

bp = Blueprint("api_instituciones", __name__, url_prefix="/api/v1/instituciones")


@bp.get("")
def lista() -> Response:
    """Todas, por nombre; con ``poder``, las de esa clase."""
    require_known(("poder",))
    poder = request.args.get("poder")
    if poder is not None and poder not in PODERES:
        raise NoSirve("poder", f"Las clases de institución son: {', '.join(PODERES)}.")
    todas = publicados().instituciones()
    return answer({"instituciones": [_dicha(una) for una in todas if poder in (None, una.poder)]})


@bp.get("/<siglas:siglas>")
def una(siglas: str) -> Response:
    """Una, con lo que debe publicar y cómo va."""
    require_known(())
    institucion = find_institucion(siglas)
    obligaciones = [{
        "formato": o.formato.clave, "situacion": str(o.situacion), "registros": o.n,
        "ultimo_cambio": iso(o.ultima) if o.ultima else None, "no_aplica": o.no_aplica.fundamento if o.no_aplica else None,
        "consulta": absolute(f"/api/v1/registros/{o.formato.clave}?institucion={institucion.siglas}"),
    } for o in publicados().obligaciones(institucion)]
    return answer({**_dicha(institucion), "datos": dict(institucion.datos), "obligaciones": obligaciones})


def _dicha(institucion: Institucion) -> dict[str, Any]:
    conteo = publicados().panorama().de_sujeto.get(institucion.id, Conteo())
    return {"siglas": institucion.siglas, "nombre": institucion.nombre, "nombre_corto": institucion.nombre_corto,
            "poder": institucion.poder, "municipio": institucion.municipio, "extinta_desde": institucion.extinto_en,
            "registros": conteo.registros, "ultimo_cambio": iso(conteo.ultima) if conteo.ultima else None,
            "direccion": absolute(to_institucion(institucion.siglas))}
