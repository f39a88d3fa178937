"""Lo que una descarga dice de sí misma en su cabecera ``Link``: su licencia, y dónde se explica cada columna (RFC 8288)."""

from __future__ import annotations

from flask import Response, request

from fracciones_config import Campo
from models.esquemas.csvw import TIPO as CSVW
from portal.contexto import marca
from portal.direcciones import absolute, to_diccionario, to_table_schema


def describe(respuesta: Response, clave: str, termina: str, tabla: Campo | None = None) -> Response:
    """La misma respuesta, con su ``Link``. Solo el CSV de los programas se puede comprobar con su Table Schema."""
    enlaces = [(marca().licencia_url, "license", ""), (absolute(to_diccionario(clave)), "describedby", "text/html")]
    if termina.endswith(".csv") and "-excel" not in termina:
        esquema = to_table_schema(clave, tabla.nombre if tabla else "")
        enlaces.append((absolute(esquema), "describedby", "application/json"))
        if not request.query_string:  # los metadatos son de la dirección tal cual: con filtros sería otra
            enlaces.append((absolute(f"{request.path}-metadata.json"), "describedby", CSVW))
    respuesta.headers["Link"] = ", ".join(
        f'<{a}>; rel="{que}"' + (f'; type="{tipo}"' if tipo else "") for a, que, tipo in enlaces)
    return respuesta
