"""Los datos de una página, dichos en schema.org dentro de ella: así los buscadores saben que ahí hay un conjunto de datos."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup

from fracciones_config import Formato
from models.esquemas.dataset import Archivo, Conjunto, Contexto, build_catalog, build_dataset, coverage_of
from models.formatos import Tabla
from models.hojas.salidas.formas import FORMAS
from models.publicados import Conteo, Institucion, ResumenDeEjercicio
from portal.consulta_formato import ConsultaDeFormato
from portal.contexto import foto, marca, publicados
from portal.direcciones import absolute, to_diccionario, to_formato, to_fundido, to_institucion
from portal.palabras import iso

_EXTENSIONES = ("csv", "xlsx", "json")

RECORDADOS = 512
"""Unos 4 MB. Escribir el de un formato costaba la veinteava parte de su página."""


def ld_de_consulta(consulta: ConsultaDeFormato) -> Markup:
    """Lo que una institución publica de un formato, en ese año o lo vigente."""
    return _draw(consulta.tabla, conjunto_de(
        consulta.institucion, consulta.formato, consulta.ejercicio or None, consulta.del_ejercicio), contexto_de())


def conjunto_de(institucion: Institucion, formato: Formato, anio: int | None, suyo: ResumenDeEjercicio) -> Conjunto:
    """El conjunto de lo que una institución publica de un formato; ``suyo`` dice en qué periodos hay algo."""
    archivos = tuple(Archivo(absolute(to_formato(institucion.siglas, formato.clave, anio, f".{cual}")), FORMAS[cual].tipo)
                     for cual in _EXTENSIONES)
    con_algo = [] if formato.es_vigente else [clave for clave, n in suyo.periodos.items() if n]
    return Conjunto(
        formato, absolute(to_formato(institucion.siglas, formato.clave, anio)), archivos,
        (institucion.nombre, absolute(to_institucion(institucion.siglas))), institucion.municipio or "",
        coverage_of(anio, con_algo) if anio else "", iso(suyo.ultima) if suyo.ultima else "", anio)


def ld_de_formato(formato: Formato) -> Markup:
    """Un formato de todas las instituciones."""
    return to_script(build_dataset(conjunto_de_formato(formato), contexto_de()))


def conjunto_de_formato(formato: Formato, anios: Sequence[int] = ()) -> Conjunto:
    """El conjunto de un formato con lo de todas las instituciones. ``anios``: los que tiene, si se sabe (0, lo vigente)."""
    archivos = [Archivo(absolute(to_fundido(formato.clave, None, f".{cual}")), FORMAS[cual].tipo) for cual in _EXTENSIONES]
    conteo = publicados().panorama().de_clave.get(formato.clave, Conteo())
    suyos = [anio for anio in anios if anio]
    lapso = f"{min(suyos)}-01-01/{max(suyos)}-12-31" if suyos else ""
    return Conjunto(formato, absolute(to_diccionario(formato.clave)), archivos, desde_hasta=lapso,
                    modificado=iso(conteo.ultima) if conteo.ultima else "")


def ld_del_catalogo() -> Markup:
    """El catálogo entero."""
    conjuntos = [(formato.nombre, absolute(to_diccionario(formato.clave))) for formato in foto().catalogo.activos]
    return to_script(build_catalog(f"Datos abiertos de {marca().sistema}", marca().lema, conjuntos, contexto_de()))


def to_script(dicho: dict[str, Any]) -> Markup:
    """El bloque de datos. No es un guion: no se ejecuta; y nada de lo que lleva puede cerrarlo antes de tiempo."""
    texto = json.dumps(dicho, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{texto}</script>')  # noqa: S704 (sin signos de HTML)


@lru_cache(maxsize=RECORDADOS)
def _draw(_tabla: Tabla, conjunto: Conjunto, contexto: Contexto) -> Markup:
    """``_tabla`` cambia cuando cambia el formato: con ella se distingue lo que se recordó del de antes."""
    return to_script(build_dataset(conjunto, contexto))


def contexto_de() -> Contexto:
    """Lo que es igual en todos."""
    suya = marca()
    return Contexto(suya.sistema, suya.garante_nombre, suya.entidad, suya.licencia_url, absolute(""))


def install(app: Flask) -> None:
    """Deja los bloques a la mano de las plantillas."""
    app.jinja_env.globals.update(ld_de_consulta=ld_de_consulta, ld_de_formato=ld_de_formato, ld_del_catalogo=ld_del_catalogo)
