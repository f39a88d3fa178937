"""El catálogo de datos para los programas que recolectan: el de todas las instituciones y el de cada una."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response

from models.esquemas.catalogo import Contacto, Entero, Indice
from models.esquemas.dcat import build_dcat
from models.esquemas.pod import build_data_json
from models.publicados import Institucion
from portal.conjuntos import conjunto_de, conjunto_de_formato, contexto_de
from portal.contexto import foto, marca, publicados
from portal.direcciones import absolute, find_institucion, to_institucion
from portal.palabras import iso
from portal.volcado import find_actual

bp = Blueprint("catalogo", __name__)

POD, JSON_LD = "application/json", "application/ld+json"


@bp.get("/data.json")
def data_json() -> Response:
    """En la forma de Project Open Data 1.1, que leen los recolectores de los portales de gobierno."""
    return _decir(build_data_json(_de_todas()), POD)


@bp.get("/datos/catalogo.jsonld")
def dcat() -> Response:
    """En DCAT 3, como JSON-LD; lleva a los de cada institución."""
    return _decir(build_dcat(_de_todas()), JSON_LD)


@bp.get("/<siglas:siglas>/data.json")
def data_json_de_una(siglas: str) -> Response:
    """El de una institución, año por año."""
    return _decir(build_data_json(_de_una(find_institucion(siglas))), POD)


@bp.get("/<siglas:siglas>/catalogo.jsonld")
def dcat_de_una(siglas: str) -> Response:
    """El mismo, en DCAT."""
    return _decir(build_dcat(_de_una(find_institucion(siglas))), JSON_LD)


def _decir(dicho: dict[str, Any], tipo: str) -> Response:
    respuesta = Response(orjson.dumps(dicho), content_type=tipo)
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return respuesta


def _de_todas() -> Indice:
    """Un conjunto por formato que tenga algo publicado, con lo de todas las instituciones."""
    suya, anios, con_algo = marca(), publicados().mapa.de_todas(), publicados().panorama().de_sujeto
    conjuntos = tuple(conjunto_de_formato(formato, [anio for anio, _ in anios[formato.clave]])
                      for formato in foto().catalogo.activos if formato.clave in anios)
    partes = tuple((una.siglas, una.nombre) for una in publicados().instituciones() if una.id in con_algo)
    return Indice(f"Datos abiertos de {suya.sistema}", suya.lema, contexto_de(),
                  Contacto(suya.garante_nombre, suya.garante_correo, suya.garante_sitio), conjuntos, _entero(), partes=partes)


def _de_una(institucion: Institucion) -> Indice:
    """Un conjunto por formato y año en que publicó algo; de lo vigente, uno."""
    conjuntos = tuple(
        conjunto_de(institucion, obligacion.formato, resumen.ejercicio or None, resumen)
        for obligacion in publicados().obligaciones(institucion) if obligacion.n
        for resumen in publicados().resumen(institucion, obligacion.formato.clave).ejercicios if resumen.n)
    correo = institucion.datos.get("unidad_correo") or institucion.datos.get("correo") or marca().garante_correo
    return Indice(f"Datos abiertos de {institucion.nombre_corto}", institucion.nombre, contexto_de(),
                  Contacto(institucion.nombre, correo, absolute(to_institucion(institucion.siglas))), conjuntos,
                  siglas=institucion.siglas)


def _entero() -> Entero | None:
    volcado = find_actual()
    if volcado is None:
        return None
    return Entero(absolute("/datos/volcado.zip"), volcado.bytes, volcado.sha256, iso(volcado.creado))
