"""Lo que contesta la interfaz: JSON para cualquiera, con sus enlaces a lo que sigue y a su esquema."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, request

from portal.direcciones import absolute, with_query


def answer(cuerpo: Any, **enlaces: str | None) -> Response:
    """El cuerpo en JSON; ``enlaces``: relación → dirección completa, para la cabecera ``Link`` (RFC 8288)."""
    respuesta = Response(orjson.dumps(cuerpo), content_type="application/json")
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    respuesta.headers["Access-Control-Expose-Headers"] = "Link, ETag"
    dichos = [f'<{direccion}>; rel="{relacion}"' for relacion, direccion in enlaces.items() if direccion]
    dichos.append(f'<{absolute("/api/openapi.json")}>; rel="service-desc"')
    respuesta.headers["Link"] = ", ".join(dichos)
    return respuesta


def this_with(cursor: str | None) -> str:
    """Esta misma consulta, desde otro cursor (o desde el principio)."""
    dichos = {nombre: valor for nombre, valor in request.args.items() if nombre != "cursor"}
    return absolute(with_query(request.path, **dichos, cursor=cursor))
