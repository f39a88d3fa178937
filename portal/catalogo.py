"""El catálogo de datos para los programas que recolectan: ``/data.json`` y ``/datos/catalogo.jsonld``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from flask import Blueprint, Response

from models.esquemas.catalogo import Contacto, Entero, Indice, build_data_json, build_dcat
from portal.conjuntos import conjunto_de_formato, contexto_de
from portal.contexto import foto, marca, publicados
from portal.direcciones import absolute
from portal.palabras import iso
from portal.volcado import find_actual

bp = Blueprint("catalogo", __name__)


@bp.get("/data.json")
def data_json() -> Response:
    """En la forma de Project Open Data 1.1, que leen los recolectores de los portales de gobierno."""
    return _decir(build_data_json, "application/json")


@bp.get("/datos/catalogo.jsonld")
def dcat() -> Response:
    """En DCAT 3, como JSON-LD."""
    return _decir(build_dcat, "application/ld+json")


def _decir(escribir: Callable[[Indice], dict[str, Any]], tipo: str) -> Response:
    respuesta = Response(orjson.dumps(escribir(_indice())), content_type=tipo)
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return respuesta


def _indice() -> Indice:
    """Un conjunto por formato que tenga algo publicado, con lo de todas las instituciones."""
    suya, anios = marca(), publicados().mapa.de_todas()
    conjuntos = tuple(conjunto_de_formato(formato, [anio for anio, _ in anios[formato.clave]])
                      for formato in foto().catalogo.activos if formato.clave in anios)
    return Indice(f"Datos abiertos de {suya.sistema}", suya.lema, contexto_de(),
                  Contacto(suya.garante_nombre, suya.garante_correo, suya.garante_sitio), conjuntos, _entero())


def _entero() -> Entero | None:
    volcado = find_actual()
    if volcado is None:
        return None
    return Entero(absolute("/datos/volcado.zip"), volcado.bytes, volcado.sha256, iso(volcado.creado))
