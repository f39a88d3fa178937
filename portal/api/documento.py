"""El documento de OpenAPI y su página para personas."""

from __future__ import annotations

import threading
from typing import Any

import orjson
from flask import Blueprint, Response, render_template

from models.esquemas.componentes import QUE_DICEN
from models.esquemas.interfaz import LIMITE, LIMITE_MAXIMO, filters_of
from models.esquemas.openapi import VERSION, Editor, build_openapi
from portal.contexto import foto, marca
from portal.direcciones import absolute

bp = Blueprint("api_documento", __name__, url_prefix="/api")

_recordado: dict[str, Any] = {}
_candado = threading.Lock()


@bp.get("/")
def pagina() -> str:
    """Cómo se usa, con ejemplos que se pueden copiar."""
    formato = foto().catalogo.por_clave.get("licitaciones") or foto().catalogo.activos[0]
    return render_template("api.html", formatos=foto().catalogo.activos, ejemplo=formato, filtros=filters_of(formato),
                           errores=QUE_DICEN, version=VERSION, limite=LIMITE, maximo=LIMITE_MAXIMO)


@bp.get("/openapi.json")
def openapi() -> Response:
    """El documento. Se arma una vez por catálogo y dirección."""
    llave = (foto().numero, absolute(""), marca())
    with _candado:
        if _recordado.get("llave") != repr(llave):
            _recordado.update(llave=repr(llave), cuerpo=orjson.dumps(_documento()))
        cuerpo = _recordado["cuerpo"]
    respuesta = Response(cuerpo, content_type="application/vnd.oai.openapi+json;version=3.1")
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return respuesta


def _documento() -> dict[str, Any]:
    suya = marca()
    return build_openapi(foto().catalogo, absolute(""), Editor(
        suya.sistema, suya.garante_nombre, suya.garante_sitio, suya.licencia, suya.licencia_url))
