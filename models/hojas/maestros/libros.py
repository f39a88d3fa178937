"""La plantilla de un formato de maestros, vacía o con lo que la institución ya tiene."""

from __future__ import annotations

import json
from typing import Any

from fracciones_config import Formato
from models.domain.masters import MODELOS, options_of, project
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.maestros.columnas import campos_de, columnas_de
from models.hojas.maestros.plan import FILAS
from models.hojas.plantilla import make_plantilla
from models.presentacion.textos import texto

_COMO = (
    "Escriba un renglón por {uno}, debajo de los encabezados. No cambie los encabezados; el orden de las columnas no importa.",
    "Lo que ya está en el sistema se reconoce por su folio o, sin él, por su nombre. Lo que deje en blanco no se cambia.",
    "Un área se nombra por su nombre. Si hay varias que se llaman igual, escriba «la superior / el área», o su folio.",
    "Escriba valores, no fórmulas. Las fechas, como 31/12/2026. Hasta {tope:,} renglones por archivo.",
    "Al subirlo verá qué es nuevo, qué cambia y qué no cabe, con su celda. Nada se guarda hasta que lo confirme.",
)


def make_libro(sujeto_id: int, tabla: Tabla, con_datos: bool) -> bytes:
    """El libro de Excel; con datos, un renglón por cada una de las que ya están, con su folio."""
    formato = tabla.formato
    areas = [nombre for _, nombre in options_of(sujeto_id, "area")]
    como = [parrafo.format(uno=formato.se_cuenta[0], tope=FILAS) for parrafo in _COMO]
    renglones = _actuales(sujeto_id, tabla) if con_datos else [_ejemplo(formato)]
    return make_plantilla(formato.nombre_corto, columnas_de(formato, areas), FILAS, como, renglones)


def _ejemplo(formato: Formato) -> list[str]:
    return ["", *(campo.ejemplo for campo in campos_de(formato))]


def _actuales(sujeto_id: int, tabla: Tabla) -> list[list[str]]:
    assert tabla.formato.proyeccion is not None
    maestro, modelo = MODELOS[tabla.formato.proyeccion.maestro], tabla.trabajo
    contenidos: dict[int, str] = dict(modelo.select(modelo.id, modelo.contenido).where(modelo.sujeto_id == sujeto_id).tuples())
    filas: Any = maestro.select().where(
        maestro.sujeto_id == sujeto_id, maestro.baja_en.is_null()).order_by(maestro.id).limit(FILAS)
    renglones = []
    for fila in filas:
        datos = de_canonico(contenidos[fila.id])[0] if fila.id in contenidos else project(tabla.formato, json.loads(fila.datos))
        renglones.append([a_folio(fila.id), *(texto(campo, datos.get(campo.nombre)) for campo in campos_de(tabla.formato))])
    return renglones
