"""De qué formato, institución y periodo dice ser un libro. El que es de otro se rechaza por su nombre."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.domain.periods import etiqueta
from models.hojas.disposicion import Identidad
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.pedido import Pedido

_EN_PROPIEDADES = re.compile(rb"<dc:identifier[^>]*>([^<]{1,300})</dc:identifier>")


def read_identidad(ruta: Path, forma: str, hoja: Sequence[Sequence[Any]]) -> Identidad | None:
    """La identidad que trae un libro en su hoja oculta o en sus propiedades: hay programas que pierden una de las dos."""
    if hoja and hoja[0] and (identidad := Identidad.parse(str(hoja[0][0]))) is not None:
        return identidad
    if forma != "xlsx":
        return None
    with zipfile.ZipFile(ruta) as libro:
        if "docProps/core.xml" not in libro.namelist():
            return None
        dicha = _EN_PROPIEDADES.search(libro.read("docProps/core.xml"))
    return Identidad.parse(html.unescape(dicha[1].decode("utf-8", "replace"))) if dicha else None


def settle_identidad(pedido: Pedido, identidad: Identidad | None) -> Pedido:
    """El pedido, con el ejercicio y el periodo que dice el libro si nadie los eligió.

    Lanza ``LibroRechazado`` si el libro es de otro formato, de otra institución o de otro periodo que el elegido.
    """
    if identidad is None:
        return pedido
    if identidad.clave != pedido.formato.clave:
        suyo = pedido.formatos.get(identidad.clave, identidad.clave)
        raise LibroRechazado(f"Este libro es de «{suyo}» y aquí se carga «{pedido.formato.nombre_corto}». Súbalo en la página "
                             "de su formato, o descargue la plantilla de este.")
    if identidad.siglas != pedido.siglas:
        raise LibroRechazado(f"Este libro es de otra institución ({identidad.siglas}) y aquí se carga lo de "
                             f"{pedido.institucion or pedido.siglas}. Descargue la plantilla de la suya.")
    if pedido.formato.es_vigente:
        return pedido
    _require_mismo(pedido, identidad)
    return replace(pedido, ejercicio=pedido.ejercicio or identidad.ejercicio, periodo=pedido.periodo or identidad.periodo)


def _require_mismo(pedido: Pedido, identidad: Identidad) -> None:
    otro_anio = pedido.ejercicio and identidad.ejercicio and pedido.ejercicio != identidad.ejercicio
    otro_periodo = pedido.periodo and identidad.periodo and pedido.periodo != identidad.periodo
    if otro_anio or otro_periodo:
        raise LibroRechazado(f"Este libro es la plantilla de {_tramo(identidad.ejercicio, identidad.periodo)}, y eligió "
                             f"subirlo para {_tramo(pedido.ejercicio, pedido.periodo)}. Elija el periodo del libro, o "
                             "descargue la plantilla del que quiere.")


def _tramo(ejercicio: int | None, periodo: str | None) -> str:
    try:
        nombre = etiqueta(periodo or "")
    except ValueError:
        nombre = str(periodo)
    return ", ".join(filter(None, (str(ejercicio or ""), nombre))) or "cualquier periodo"
