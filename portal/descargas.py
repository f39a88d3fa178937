"""Las descargas de un formato: todo lo que la página enseña con ese filtro, sin límite de renglones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request

from fracciones_config import Formato
from models.hojas.disposicion import Identidad
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import FORMAS, HECHURA, Forma, Salida, form_of_tabla
from models.hojas.salidas.jsones import head_of, to_baja
from models.hojas.salidas.renglones import Bloque, Titular, to_bloques
from models.hojas.salidas.subtablas import find_tabla
from models.publicados.copias import Pregunta
from portal.consulta_formato import ConsultaDeFormato, read_consulta
from portal.contexto import Ventanilla, foto, publicados
from portal.cortes import read_desde
from portal.descritos import describe
from portal.direcciones import absolute
from portal.errores import MalPedido, NoExiste
from portal.respuestas import download, hash_of

bp = Blueprint("descargas", __name__)

_EXTENSION = "<any(csv, xlsx, json, zip):extension>"


@bp.get(f"/<siglas:siglas>/<clave:clave>.{_EXTENSION}")
def reciente(siglas: str, clave: str, extension: str) -> Response:
    """Lo vigente hoy, o el ejercicio más nuevo. CSV y ZIP, con ``?para=excel``, para abrirse en Excel."""
    return _descargar(read_consulta(siglas, clave, None), find_forma(extension))


@bp.get(f"/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>.{_EXTENSION}")
def del_ejercicio(siglas: str, clave: str, ejercicio: int, extension: str) -> Response:
    """Un ejercicio; lo demás, igual."""
    return _descargar(read_consulta(siglas, clave, ejercicio), find_forma(extension))


@bp.get("/<siglas:siglas>/<clave:clave>.tabla_<clave:campo>.csv")
def tabla_reciente(siglas: str, clave: str, campo: str) -> Response:
    """Los renglones de un campo tabla, con el folio de su registro, de lo vigente hoy o del ejercicio más nuevo."""
    consulta = read_consulta(siglas, clave, None)
    return _descargar(consulta, find_forma_de_tabla(consulta.formato, campo))


@bp.get("/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>.tabla_<clave:campo>.csv")
def tabla_del_ejercicio(siglas: str, clave: str, ejercicio: int, campo: str) -> Response:
    """Los de un ejercicio."""
    consulta = read_consulta(siglas, clave, ejercicio)
    return _descargar(consulta, find_forma_de_tabla(consulta.formato, campo))


def find_forma(extension: str) -> Forma:
    """La forma que pide la dirección."""
    if _para_excel():
        extension = {"csv": "excel", "zip": "zip-excel"}.get(extension, extension)
    return FORMAS[extension]


def find_forma_de_tabla(formato: Formato, nombre: str) -> Forma:
    """La de un campo tabla; 404 si el formato no lo tiene."""
    campo = find_tabla(formato, nombre)
    if campo is None:
        raise NoExiste("Esa tabla no está en este tipo de información.")
    return form_of_tabla(campo, _para_excel())


def _para_excel() -> bool:
    return request.args.get("para") == "excel"


def _descargar(consulta: ConsultaDeFormato, forma: Forma) -> Response:
    institucion, tabla, enlaces = consulta.institucion, consulta.tabla, Enlaces(absolute(""))
    pregunta = _read_pregunta(consulta)
    cuando = (str(consulta.ejercicio or ""), f"al-{consulta.al.iso}" if consulta.al else "",
              f"desde-{request.args['desde'].strip()}" if pregunta else "")
    nombre = "-".join(filter(None, (institucion.siglas, tabla.clave, *cuando)))
    cuerpo = forma.escribir(Salida(
        tabla, _bloques(consulta, pregunta), enlaces, nombre, Identidad(tabla.clave, foto().numero, institucion.siglas),
        head_of(tabla, institucion.siglas, institucion.nombre, consulta.ejercicio or None),
        consulta.del_ejercicio.n if consulta.al is None and not consulta.al_cierre else None,
        _bajas(consulta, pregunta, enlaces) if pregunta else None))
    bajada = download(cuerpo, forma.tipo, forma.archivo(nombre), _huella(consulta, pregunta, enlaces, forma.termina))
    return describe(bajada, tabla.clave, forma.termina, forma.tabla)


def _read_pregunta(consulta: ConsultaDeFormato) -> Pregunta | None:
    """Lo que ``?desde=`` pide; 400 si no se puede."""
    desde = read_desde()
    if desde is None:
        return None
    if consulta.al_cierre:
        raise MalPedido("De lo que regía al cerrar un año no se piden cambios: pida los de lo vigente, sin el año.")
    return Pregunta(consulta.tabla, desde, consulta.ejercicio_de_la_tabla)


def _bloques(consulta: ConsultaDeFormato, pregunta: Pregunta | None) -> Iterator[Bloque]:
    """Los registros, que se leerán al enviarse: para entonces la petición ya terminó."""
    puerta = Ventanilla.de_la_aplicacion().publicados
    tramos = puerta.copias.iter_filas(pregunta, consulta.institucion.id) if pregunta else puerta.tramos(
        consulta.institucion, consulta.tabla, consulta.ejercicio_de_la_tabla, consulta.filtro, consulta.corte)
    return to_bloques(_titular(consulta), tramos)


def _bajas(consulta: ConsultaDeFormato, pregunta: Pregunta, enlaces: Enlaces) -> Iterator[dict[str, Any]]:
    """Lo que ya no está; se lee igual, al enviarse."""
    bajas = Ventanilla.de_la_aplicacion().publicados.copias.iter_bajas(pregunta, consulta.institucion.id)
    return (to_baja(consulta.tabla, _titular(consulta), baja, enlaces) for baja in bajas)


def _titular(consulta: ConsultaDeFormato) -> Titular:
    return Titular(consulta.institucion.siglas, consulta.institucion.nombre)


def _huella(consulta: ConsultaDeFormato, pregunta: Pregunta | None, enlaces: Enlaces, forma: str) -> str:
    """Cambia con cada publicación o retiro, con el catálogo y con el filtro: el cuerpo no se ha calculado todavía.

    Proteger un dato no mueve el resumen, pero sí el pulso: lo que alguien guardó antes ya no vale.
    """
    resumen = [(r.ejercicio, r.n, r.ultima) for r in consulta.resumen.ejercicios]
    return hash_of(HECHURA, forma, enlaces, consulta.institucion.nombre, consulta.tabla.clave, consulta.ejercicio,
                   consulta.corte, pregunta and pregunta.desde, consulta.filtro, resumen,
                   publicados().pulso.de(consulta.institucion.id), foto().numero)
