"""``/api/v1/formatos``: qué se publica, con qué columnas, y dónde están su diccionario y sus esquemas."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from fracciones_config import Campo, Formato
from models.publicados import Conteo
from portal.api.parametros import require_known
from portal.api.respuestas import answer
from portal.contexto import foto, publicados
from portal.direcciones import absolute, find_tabla, to_diccionario, to_esquema, to_table_schema
from portal.palabras import iso

bp = Blueprint("api_formatos", __name__, url_prefix="/api/v1/formatos")


@bp.get("")
def lista() -> Response:
    """Los formatos activos, en el orden de la ley."""
    require_known(())
    return answer({"formatos": [_dicho(formato) for formato in foto().catalogo.activos]})


@bp.get("/<clave:clave>")
def uno(clave: str) -> Response:
    """Un formato, con sus columnas."""
    require_known(())
    formato = find_tabla(clave).formato
    return answer({**_dicho(formato), "campos": [_campo(campo) for campo in formato.campos]},
                  describedby=absolute(to_diccionario(formato.clave)))


def _dicho(formato: Formato) -> dict[str, Any]:
    conteo = publicados().panorama().de_clave.get(formato.clave, Conteo())
    return {"clave": formato.clave, "nombre": formato.nombre, "descripcion": formato.descripcion,
            "fundamento": formato.fundamento, "modo": formato.modo,
            "periodicidad": None if formato.es_vigente else formato.periodicidad,
            "registros": conteo.registros, "instituciones": conteo.partes,
            "ultimo_cambio": iso(conteo.ultima) if conteo.ultima else None,
            "consulta": absolute(f"/api/v1/registros/{formato.clave}"), "diccionario": absolute(to_diccionario(formato.clave)),
            "esquema": absolute(to_esquema(formato.clave)), "esquema_de_tabla": absolute(to_table_schema(formato.clave))}


def _campo(campo: Campo) -> dict[str, Any]:
    dicho: dict[str, Any] = {"nombre": campo.nombre, "etiqueta": campo.etiqueta, "tipo": str(campo.tipo),
                             "ayuda": campo.ayuda, "obligatorio": campo.obligatorio}
    if campo.opciones:
        dicho["opciones"] = dict(campo.opciones)
    if campo.campos:
        dicho["campos"] = [_campo(suyo) for suyo in campo.campos]
    return dicho
