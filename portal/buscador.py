"""El buscador: en todo lo publicado, por palabras, o por institución, tipo de información, artículo, año, montos y fechas."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from fracciones_config import Catalogo
from models.domain.periods import claves, etiqueta
from models.publicados import Hallazgo, Hallazgos
from portal.busqueda_pedida import PARAMETROS, RUTA, Pedida, read_pedida
from portal.contexto import foto, publicados
from portal.correcciones import find_correcciones, find_recortes
from portal.direcciones import absolute, to_registro
from portal.directas import find_directas
from portal.errores import MalPedido, NoExiste
from portal.palabras import iso, title_of
from portal.resultados import draw_resultado

bp = Blueprint("buscador", __name__)

OPCIONES_DE_FACETA = 8
PERIODOS = ("A", *claves("semestral"), *claves("trimestral"), *claves("mensual"))


@dataclass(frozen=True, slots=True)
class Opcion:
    """Un valor por el que se puede acotar, y cuántos resultados quedan."""

    dice: str
    n: int
    ruta: str


@dataclass(frozen=True, slots=True)
class Faceta:
    """De qué se compone lo hallado. ``mas``: cuántos valores no se enseñan."""

    nombre: str
    opciones: tuple[Opcion, ...]
    mas: int


@bp.get(RUTA)
def resultados() -> tuple[str, int]:
    """Los registros públicos que tienen todo lo buscado, en el orden pedido. Con una casilla mal, la explicación."""
    pedida = read_pedida()
    hallazgos = Hallazgos() if pedida.faltas else publicados().buscar(pedida.busqueda, pedida.tras)
    catalogo, todas = foto().catalogo, publicados().directorio.todas()
    es_primera = pedida.tras is None
    sin_nada = es_primera and not pedida.faltas and not hallazgos.hallazgos and pedida.consulta is not None
    pagina = render_template(
        "buscar.html", pedida=pedida, hallazgos=hallazgos, es_primera=es_primera,
        resultados=[draw_resultado(h, pedida.consulta, pedida.alcance) for h in hallazgos.hallazgos],
        facetas=list(_facetas(pedida, hallazgos)), instituciones=todas, formatos=catalogo.activos,
        articulos=_articulos(catalogo), periodos=[(clave, etiqueta(clave)) for clave in PERIODOS],
        anios=range(dt.date.today().year, 2016, -1),
        siguiente=pedida.page_after(hallazgos.siguiente) if hallazgos.siguiente else None,
        resto=pedida.page_after(hallazgos.resto) if hallazgos.resto else None,
        directas=find_directas(pedida.texto, todas, catalogo.activos, pedida.institucion)
        if es_primera and not pedida.formato else [],
        correcciones=find_correcciones(pedida) if sin_nada else [], recortes=find_recortes(pedida) if sin_nada else [])
    return pagina, pedida.estado


@bp.get(RUTA + ".json")
def en_json() -> Response:
    """Los mismos resultados, de veinte en veinte; ``siguiente`` es la dirección de los que siguen.

    Los primeros van por relevancia si se pidió, y al acabarse, ``siguiente`` sigue con los demás por fecha.
    """
    pedida = read_pedida()
    if pedida.faltas:
        raise (MalPedido if pedida.estado == 400 else NoExiste)(
            " ".join(f"{nombre}: {falta}" for nombre, falta in pedida.faltas.items()))
    hallazgos = publicados().buscar(pedida.busqueda, pedida.tras)
    sigue = hallazgos.siguiente or hallazgos.resto
    cuerpo = {
        "busqueda": {nombre: valor for nombre in PARAMETROS if (valor := pedida.escrito.get(nombre))},
        "total": min(hallazgos.total, hallazgos.tope),
        "hay_mas_que_el_total": hallazgos.total > hallazgos.tope or hallazgos.al_menos,
        "facetas": {
            "instituciones": _siglas(hallazgos), "formatos": dict(hallazgos.facetas.formatos),
            "ejercicios": {str(anio): n for anio, n in hallazgos.facetas.ejercicios.items()}},
        "resultados": [_como_json(uno) for uno in hallazgos.hallazgos],
        "siguiente": absolute(pedida.page_after(sigue, RUTA + ".json")) if sigue else None,
    }
    respuesta = Response(json.dumps(cuerpo, ensure_ascii=False), mimetype="application/json")
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return respuesta


def _como_json(hallazgo: Hallazgo) -> dict[str, object]:
    registro, formato = hallazgo.registro, hallazgo.tabla.formato
    ruta = to_registro(hallazgo.institucion.siglas, formato.clave, registro.folio)
    return {
        "folio": registro.folio, "titulo": title_of(formato, registro), "institucion": hallazgo.institucion.siglas,
        "formato": formato.clave, "ejercicio": registro.ejercicio or None, "periodo": registro.periodo or None,
        "actualizado": iso(registro.actualizado_en), "direccion": absolute(ruta),
        "datos": absolute(ruta + ".json")}


def _siglas(hallazgos: Hallazgos) -> dict[str, int]:
    por_id = {i.id: i.siglas for i in publicados().directorio.todas()}
    return {por_id[id_]: n for id_, n in hallazgos.facetas.instituciones.items() if id_ in por_id}


def _facetas(pedida: Pedida, hallazgos: Hallazgos) -> Iterator[Faceta]:
    """Por lo que todavía se puede acotar: lo que ya se acotó, o tiene un solo valor, no se ofrece."""
    facetas, catalogo = hallazgos.facetas, foto().catalogo
    por_id = {i.id: i for i in publicados().directorio.todas()} if facetas.instituciones else {}
    propuestas = (
        ("Institución", pedida.institucion is None, [
            Opcion(por_id[id_].nombre_corto, n, pedida.ruta(institucion=por_id[id_].siglas))
            for id_, n in facetas.instituciones.items() if id_ in por_id]),
        ("Tipo de información", pedida.formato is None, [
            Opcion(catalogo.por_clave[clave].nombre_corto, n, pedida.ruta(tema=clave))
            for clave, n in facetas.formatos.items() if clave in catalogo.por_clave]),
        ("Año", pedida.alcance.ejercicio is None, [
            Opcion(str(anio), n, pedida.ruta(ejercicio=anio)) for anio, n in facetas.ejercicios.items()]))
    for nombre, esta_libre, opciones in propuestas:
        if esta_libre and len(opciones) > 1:
            yield Faceta(nombre, tuple(opciones[:OPCIONES_DE_FACETA]), len(opciones[OPCIONES_DE_FACETA:]))


def _articulos(catalogo: Catalogo) -> list[tuple[str, list[tuple[str, str]]]]:
    """``(artículo, [(valor en la dirección, cómo se lee)])``: cada artículo entero y sus fracciones."""
    grupos: dict[int, dict[str, list[str]]] = {}
    for formato in catalogo.activos:
        grupos.setdefault(formato.articulo, {}).setdefault(formato.fraccion, []).append(formato.nombre_corto)
    return [(f"Artículo {articulo}", [(str(articulo), f"Todo el artículo {articulo}"), *(
        (f"{articulo}-{fraccion}", f"{fraccion}. {'; '.join(nombres)}"[:90]) for fraccion, nombres in fracciones.items())])
        for articulo, fracciones in sorted(grupos.items())]
