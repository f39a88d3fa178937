"""Junto a cada CSV de los programas, sus metadatos (CSV on the Web): la dirección del CSV y «-metadata.json»."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response

from models.esquemas.csvw import TIPO, csvw_of, csvw_of_tabla
from models.formatos import Tabla
from models.hojas.salidas.subtablas import find_tabla as find_campo
from portal.consulta_formato import read_consulta
from portal.contexto import marca
from portal.direcciones import absolute, to_formato, to_fundido
from portal.errores import NoExiste
from portal.fundidos import read_conjunto

bp = Blueprint("csvw", __name__)

_FIN = ".csv-metadata.json"


@bp.get(f"/<siglas:siglas>/<clave:clave>{_FIN}")
@bp.get(f"/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>{_FIN}")
@bp.get(f"/<siglas:siglas>/<clave:clave>.tabla_<clave:campo>{_FIN}")
@bp.get(f"/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>.tabla_<clave:campo>{_FIN}")
def de_institucion(siglas: str, clave: str, ejercicio: int | None = None, campo: str = "") -> Response:
    """Los del CSV de un formato de una institución, o de una de sus tablas."""
    consulta = read_consulta(siglas, clave, ejercicio)
    return _decir(consulta.tabla, to_formato(siglas, clave, ejercicio, _csv(campo)), campo)


@bp.get(f"/datos/<clave:clave>{_FIN}")
@bp.get(f"/datos/<clave:clave>/<ejercicio:ejercicio>{_FIN}")
@bp.get(f"/datos/<clave:clave>.tabla_<clave:campo>{_FIN}")
@bp.get(f"/datos/<clave:clave>/<ejercicio:ejercicio>.tabla_<clave:campo>{_FIN}")
def de_todas(clave: str, ejercicio: int | None = None, campo: str = "") -> Response:
    """Los del CSV de todas las instituciones."""
    return _decir(read_conjunto(clave, ejercicio).tabla, to_fundido(clave, ejercicio, _csv(campo)), campo)


def _csv(campo: str) -> str:
    return f".tabla_{campo}.csv" if campo else ".csv"


def _decir(tabla: Tabla, csv: str, campo: str) -> Response:
    formato, licencia = tabla.formato, marca().licencia_url
    if not campo:
        dichos = csvw_of(formato, absolute(csv), absolute(""), licencia)
    elif (hallado := find_campo(formato, campo)) is not None:
        dichos = csvw_of_tabla(formato, hallado, absolute(csv), licencia)
    else:
        raise NoExiste("Esa tabla no está en este tipo de información.")
    respuesta = Response(orjson.dumps(dichos), content_type=TIPO)
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return respuesta
