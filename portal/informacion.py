"""Un formato en todas las instituciones, como una sola tabla: ``/informacion/licitaciones/``, y la de cada año."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from models.folios import a_folio
from models.hojas.disposicion import tablas_de
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import HECHURA, Forma, Salida
from models.hojas.salidas.jsones import head_of_formato
from models.hojas.salidas.renglones import Bloque, Titular, to_bloques
from models.publicados import Institucion, Pagina, Registro
from models.publicados.acotados import TOPE
from portal.cifras import cifras_of
from portal.columnas import columns_of, order_in_words
from portal.consulta_de_todas import ConsultaDeTodas, read_consulta
from portal.contexto import Ventanilla, foto, publicados
from portal.controles import Pedido, draw_controles
from portal.descargas import find_forma
from portal.direcciones import absolute, to_formato, to_fundido, to_informacion, with_query
from portal.errores import MalPedido
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
    pagina = todas.registros(consulta.pedido, consulta.resumen, cursor, publicados().por_pagina)
    totales = todas.totales(consulta.pedido, consulta.resumen) if pagina.es_primera and pagina.registros else None
    cifras = cifras_of(consulta.tabla, totales) if pagina.es_primera and pagina.registros else None
    columnas = columns_of(consulta)
    renglones = [_renglon(consulta, *par) for par in pagina.registros]
    controles = draw_controles(Pedido(
        consulta.tabla, to_informacion(consulta.tabla.clave, consulta.ejercicio), consulta.ruta(), consulta.selectores(),
        tuple(consulta.periodos().items()), (), "" if _is_sortable(consulta, pagina) else SON_MUCHOS, columnas, consulta))
    return render_template(
        "informacion.html", consulta=consulta, formato=consulta.formato, pagina=pagina, renglones=renglones, cifras=cifras,
        formulario=controles.formulario, encabezados=controles.encabezados,
        orden=order_in_words(consulta) if pagina.ordenada else "",
        sin_orden=SON_MUCHOS if consulta.filtro.orden and not pagina.ordenada else "",
        puestos=[*consulta.puestos(), *list_puestos(consulta)], con_columna_extra=any(r.suelto for r in renglones),
        total=_total(consulta, pagina, totales.n if totales and totales.sumas else None), tablas=tablas_de(consulta.formato),
        publican=consulta.publican(), faltan=consulta.faltan(), **_vecinas(consulta, pagina))


SON_MUCHOS = (f"Son más de {TOPE:,} registros: elija un año, un periodo o una institución, o busque palabras, para poder "
              "ordenarlos.")


def _is_sortable(consulta: ConsultaDeTodas, pagina: Pagina) -> bool:
    """Si son pocos, o ya se logró. Con palabras no se sabe de antemano: se deja intentar."""
    filtro = consulta.filtro
    return pagina.ordenada or bool(filtro.texto and not filtro.orden) or consulta.resumen.contar(consulta.pedido) <= TOPE


def _renglon(consulta: ConsultaDeTodas, institucion: Institucion, registro: Registro) -> RenglonDe:
    renglon = draw_renglon(De(consulta.tabla, institucion.siglas, registro.id, registro.huella, columns_of(consulta), registro,
                              names_of(consulta.columnas)))
    anio = None if consulta.formato.es_vigente else registro.ejercicio
    return RenglonDe(renglon.folio, renglon.celdas, renglon.suelto, institucion.nombre_corto,
                     to_formato(institucion.siglas, consulta.tabla.clave, anio))


def _total(consulta: ConsultaDeTodas, pagina: Pagina, contados: int | None) -> int | None:
    """Cuántos hay en total; ``None`` si averiguarlo costaría recorrer la tabla."""
    if pagina.total is not None:
        return pagina.total
    if pagina.es_primera and pagina.siguiente is None:
        return len(pagina.registros)
    if contados is not None:
        return contados
    filtro = consulta.filtro
    return None if filtro.afina or filtro.texto else consulta.resumen.contar(consulta.pedido)


def _vecinas(consulta: ConsultaDeTodas, pagina: Pagina) -> dict[str, Any]:
    return {
        "siguiente": consulta.ruta(antes=a_folio(pagina.siguiente)) if pagina.siguiente else None,
        "anterior": consulta.ruta(despues=a_folio(pagina.anterior)) if pagina.anterior else None,
        "primera": None if pagina.es_primera else consulta.ruta(),
        "sin_filtros": with_query(to_informacion(consulta.tabla.clave, consulta.ejercicio),
                                  columnas=names_of(consulta.columnas), orden=consulta.filtro.orden)}


def _descargar(consulta: ConsultaDeTodas, forma: Forma) -> Response:
    if request.args.get("desde") or request.args.get("al"):
        lugar = to_fundido(consulta.tabla.clave, consulta.ejercicio)
        raise MalPedido(f"Aquí no van «desde» ni «al»: pida {lugar}, que los admite.")
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
