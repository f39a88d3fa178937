"""``/esquemas``: lo que cada formato publica, dicho para validadores: JSON Schema y Table Schema."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response

from models.esquemas import json_schema, table_schema, table_schema_de_tabla
from models.hojas.salidas.subtablas import find_tabla as find_campo
from portal.direcciones import absolute, find_tabla, to_esquema
from portal.errores import NoExiste

bp = Blueprint("esquemas", __name__, url_prefix="/esquemas")


@bp.get("/<clave:clave>.json")
def de_registro(clave: str) -> Response:
    """El JSON Schema de un registro."""
    formato = find_tabla(clave).formato
    return _esquema(json_schema(formato, absolute(to_esquema(formato.clave))), "application/schema+json")


@bp.get("/<clave:clave>.tabla.json")
def de_csv(clave: str) -> Response:
    """El Table Schema del CSV."""
    return _esquema(table_schema(find_tabla(clave).formato), "application/json")


@bp.get("/<clave:clave>.tabla_<clave:campo>.tabla.json")
def de_tabla(clave: str, campo: str) -> Response:
    """El del CSV de uno de sus campos tabla."""
    formato = find_tabla(clave).formato
    hallado = find_campo(formato, campo)
    if hallado is None:
        raise NoExiste("Esa tabla no está en este tipo de información.")
    return _esquema(table_schema_de_tabla(formato, hallado), "application/json")


def _esquema(cuerpo: dict[str, Any], tipo: str) -> Response:
    respuesta = Response(orjson.dumps(cuerpo), content_type=tipo)
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return respuesta
