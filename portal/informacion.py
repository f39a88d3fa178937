"""Un formato en todas las instituciones, como una sola tabla: ``/informacion/licitaciones/``, y la de cada año."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from models.folios import a_folio
from models.hojas.disposicion import tablas_de
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import HECHURA, Forma, Salida
from models.hojas.salidas.jsones import head_of_formato
from models.hojas.salidas.renglones import Bloque, Titular, to_bloques
from models.publicados import Institucion, Registro
from models.publicados.todas import PaginaDeTodas
from portal.cifras import cifras_of
from portal.columnas import columns_of, list_encabezados
from portal.consulta_de_todas import ConsultaDeTodas, read_consulta
from portal.contexto import Ventanilla, foto, publicados
from portal.controles import Pedido, draw_controles
from portal.descargas import find_forma
from portal.direcciones import absolute, to_formato, to_informacion
from portal.peticion import names_of, read_cursor
from portal.puestos import list_puestos
from portal.renglones import De, draw_renglon
from portal.respuestas import download, hash_of

bp = Blueprint("informacion", __name__)

_EXTENSION = "<any(csv, xlsx, json):extension>"


@dataclass(frozen=True, slots=True)
class RenglonDe:
    """El renglón de un registro, con la institución de la que es."""

    folio: str
    celdas: Markup
    suelto: str
    institucion: str
    ruta_de_institucion: str


@bp.get("/informacion/<clave:clave>/")
def todo(clave: str) -> str:
    """Lo público de hoy, de todos los años."""
    return _pintar(read_consulta(clave, None))


@bp.get("/informacion/<clave:clave>/<ejercicio:ejercicio>/")
def del_ejercicio(clave: str, ejercicio: int) -> str:
    """Lo de un año."""
    return _pintar(read_consulta(clave, ejercicio))


@bp.get(f"/informacion/<clave:clave>.{_EXTENSION}")
def descarga(clave: str, extension: str) -> Response:
    """Lo mismo que la tabla enseña, con sus filtros y sin límite de renglones."""
    return _descargar(read_consulta(clave, None), find_forma(extension))


@bp.get(f"/informacion/<clave:clave>/<ejercicio:ejercicio>.{_EXTENSION}")
def descarga_del_ejercicio(clave: str, ejercicio: int, extension: str) -> Response:
    """Lo mismo, de un año."""
    return _descargar(read_consulta(clave, ejercicio), find_forma(extension))


def _pintar(consulta: ConsultaDeTodas) -> str:
    cursor, todas = read_cursor(), publicados().todas
    pagina = todas.registros(consulta.pedido, cursor.id if cursor else None, publicados().por_pagina)
    totales = todas.totales(consulta.pedido, consulta.resumen) if pagina.es_primera and pagina.registros else None
    cifras = cifras_of(consulta.tabla, totales) if pagina.es_primera and pagina.registros else None
    columnas = columns_of(consulta)
    renglones = [_renglon(consulta, *par) for par in pagina.registros]
    controles = draw_controles(Pedido(
        consulta.tabla, to_informacion(consulta.tabla.clave, consulta.ejercicio), consulta.ruta(), consulta.selectores(),
        tuple(consulta.periodos().items()), (), SIN_ORDEN, columnas, consulta))
    return render_template(
        "informacion.html", consulta=consulta, formato=consulta.formato, pagina=pagina, renglones=renglones, cifras=cifras,
        formulario=controles.formulario, encabezados=list_encabezados(consulta, columnas, False),
        puestos=[*consulta.puestos(), *list_puestos(consulta)], con_columna_extra=any(r.suelto for r in renglones),
        total=_total(consulta, pagina, totales.n if totales and totales.sumas else None), tablas=tablas_de(consulta.formato),
        publican=consulta.publican(), faltan=consulta.faltan(), **_vecinas(consulta, pagina))


SIN_ORDEN = "Van de lo último publicado a lo primero. Para ordenar por una columna, vea la tabla de una sola institución."


def _renglon(consulta: ConsultaDeTodas, institucion: Institucion, registro: Registro) -> RenglonDe:
    renglon = draw_renglon(De(consulta.tabla, institucion.siglas, registro.id, registro.huella, columns_of(consulta), registro,
                              names_of(consulta.columnas)))
    anio = None if consulta.formato.es_vigente else registro.ejercicio
    return RenglonDe(renglon.folio, renglon.celdas, renglon.suelto, institucion.nombre_corto,
                     to_formato(institucion.siglas, consulta.tabla.clave, anio))


def _total(consulta: ConsultaDeTodas, pagina: PaginaDeTodas, contados: int | None) -> int | None:
    """Cuántos hay en total; ``None`` si averiguarlo costaría recorrer la tabla."""
    if pagina.es_primera and pagina.siguiente is None:
        return len(pagina.registros)
    if contados is not None:
        return contados
    filtro = consulta.filtro
    return None if filtro.afina or filtro.texto else consulta.resumen.contar(consulta.pedido)


def _vecinas(consulta: ConsultaDeTodas, pagina: PaginaDeTodas) -> dict[str, Any]:
    return {
        "siguiente": consulta.ruta(antes=a_folio(pagina.siguiente)) if pagina.siguiente else None,
        "primera": None if pagina.es_primera else consulta.ruta(),
        "sin_filtros": to_informacion(consulta.tabla.clave, consulta.ejercicio)}


def _descargar(consulta: ConsultaDeTodas, forma: Forma) -> Response:
    tabla, enlaces = consulta.tabla, Enlaces(absolute(""))
    nombre = "-".join(filter(None, (tabla.clave, str(consulta.ejercicio or ""), "filtrado" if consulta.hay_filtro else "")))
    cabeza = head_of_formato(tabla, consulta.ejercicio)
    cuerpo = forma.escribir(Salida(tabla, _bloques(consulta), enlaces, nombre, cabeza=cabeza))
    nombres = [(una.id, una.siglas, una.nombre) for una in consulta.pedido.instituciones]
    return download(cuerpo, forma.tipo, forma.archivo(nombre), hash_of(
        HECHURA, forma.termina, enlaces, consulta.ruta(), nombres, publicados().pulso.de_todos(), foto().numero))


def _bloques(consulta: ConsultaDeTodas) -> Iterator[Bloque]:
    """Los registros, que se leerán al enviarse: para entonces la petición ya terminó."""
    puerta, pedido, anios = Ventanilla.de_la_aplicacion().publicados, consulta.pedido, consulta.anios()
    return (bloque for institucion in pedido.instituciones for anio in anios.get(institucion.id, ())
            for bloque in to_bloques(Titular(institucion.siglas, institucion.nombre),
                                     puerta.tramos(institucion, pedido.tabla, anio, pedido.filtro)))
