"""Las descargas de un formato: todo lo que la página enseña con ese filtro, sin límite de renglones."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request

from models.publicados import Registro
from portal.consulta_formato import ConsultaDeFormato, read_consulta
from portal.contexto import Ventanilla, foto
from portal.json_abierto import Enlaces, stream_json
from portal.respuestas import download, hash_of
from portal.tablas_csv import excel_csv, machine_csv

bp = Blueprint("descargas", __name__)

CSV = "text/csv; charset=utf-8; header=present"
HECHURA = 1
"""Súbase cuando cambie cómo se escribe una descarga: es parte de su huella."""


@bp.get("/<siglas:siglas>/<clave:clave>.csv")
def csv_reciente(siglas: str, clave: str) -> Response:
    """Lo vigente hoy, o el ejercicio más nuevo, en CSV; ``?para=excel`` para abrirlo en Excel."""
    return _csv(read_consulta(siglas, clave, None))


@bp.get("/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>.csv")
def csv_del_ejercicio(siglas: str, clave: str, ejercicio: int) -> Response:
    """Un ejercicio en CSV; ``?para=excel`` para abrirlo en Excel."""
    return _csv(read_consulta(siglas, clave, ejercicio))


@bp.get("/<siglas:siglas>/<clave:clave>.json")
def json_reciente(siglas: str, clave: str) -> Response:
    """Lo vigente hoy, o el ejercicio más nuevo, en JSON."""
    return _json(read_consulta(siglas, clave, None))


@bp.get("/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>.json")
def json_del_ejercicio(siglas: str, clave: str, ejercicio: int) -> Response:
    """Un ejercicio en JSON."""
    return _json(read_consulta(siglas, clave, ejercicio))


def _csv(consulta: ConsultaDeFormato) -> Response:
    para_excel = request.args.get("para") == "excel"
    escribir = excel_csv if para_excel else machine_csv
    enlaces = Enlaces.de(consulta.institucion)
    cuerpo = escribir(consulta.formato, _tramos(consulta), enlaces)
    nombre = _nombre(consulta) + ("-excel.csv" if para_excel else ".csv")
    return download(cuerpo, CSV, nombre, _huella(consulta, enlaces, "excel" if para_excel else "csv"))


def _json(consulta: ConsultaDeFormato) -> Response:
    enlaces = Enlaces.de(consulta.institucion)
    cuerpo = stream_json(consulta.institucion, consulta.formato, consulta.ejercicio or None, _tramos(consulta), enlaces)
    return download(cuerpo, "application/json", f"{_nombre(consulta)}.json", _huella(consulta, enlaces, "json"))


def _tramos(consulta: ConsultaDeFormato) -> Iterator[list[Registro]]:
    """Los registros, que se leerán al enviarse: para entonces la petición ya terminó."""
    return Ventanilla.de_la_aplicacion().publicados.tramos(
        consulta.institucion, consulta.tabla, consulta.ejercicio, consulta.filtro, consulta.al_cierre)


def _nombre(consulta: ConsultaDeFormato) -> str:
    partes = (consulta.institucion.siglas, consulta.tabla.clave, str(consulta.ejercicio or ""))
    return "-".join(filter(None, partes))


def _huella(consulta: ConsultaDeFormato, enlaces: Enlaces, forma: str) -> str:
    """Cambia con cada publicación o retiro, con el catálogo y con el filtro: el cuerpo no se ha calculado todavía."""
    resumen = [(r.ejercicio, r.n, r.ultima) for r in consulta.resumen.ejercicios]
    return hash_of(HECHURA, forma, enlaces, consulta.institucion.nombre, consulta.tabla.clave, consulta.ejercicio,
                   consulta.al_cierre, consulta.filtro, resumen, foto().numero)
