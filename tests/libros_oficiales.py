"""Libros oficiales de SIPOT hechos para probar: de cualquier forma, con datos o sin ellos. No los escribe la casa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.workbook.defined_name import DefinedName  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

AREA = "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualizan la información"


@dataclass(slots=True)
class Col:
    """Una columna: en una subtabla, ``codigo`` es ``None`` en la del ID. ``lista`` son sus opciones; ``tabla``, su subtabla."""

    titulo: str
    codigo: int | None = 1
    lista: Sequence[str] = ()
    tabla: str = ""


@dataclass(slots=True)
class Oficial:
    """Un libro: sus columnas, las de cada subtabla (sin el ID) y los renglones de cada hoja."""

    clave: str
    columnas: list[Col]
    tablas: dict[str, list[Col]] = field(default_factory=dict)
    filas: list[list[Any]] = field(default_factory=list)
    filas_de: dict[str, list[list[Any]]] = field(default_factory=dict)
    titulo: str = "Formato de prueba"
    con_nombres: bool = True
    con_listas: bool = True


def comunes(*propias: Col) -> list[Col]:
    """Las columnas que lleva todo formato, con las propias en medio."""
    return [Col("Ejercicio", 1), Col("Fecha de inicio del periodo que se informa", 4),
            Col("Fecha de término del periodo que se informa", 4), *propias, Col(AREA, 2), Col("Fecha de validación", 4),
            Col("Fecha de Actualización", 13), Col("Nota", 14)]


def write_oficial(ruta: Path, oficial: Oficial) -> Path:
    """Escribe el libro tal como los da la Plataforma."""
    libro = openpyxl.Workbook()
    hoja = libro.active
    assert hoja is not None
    hoja.title = "Reporte de Formatos"
    hoja["A1"] = oficial.clave
    for columna, (rotulo, valor) in zip((1, 4, 7), (
            ("TÍTULO", oficial.titulo), ("NOMBRE CORTO", oficial.titulo[:50]), ("DESCRIPCIÓN", f"Lo de {oficial.titulo}")),
            strict=True):
        hoja.cell(2, columna, rotulo)
        hoja.cell(3, columna, valor)
        for fila in (2, 3):
            hoja.merge_cells(start_row=fila, start_column=columna, end_row=fila, end_column=columna + 2)
    hoja["A6"] = "Tabla Campos"
    hoja.merge_cells(start_row=6, start_column=1, end_row=6, end_column=max(2, len(oficial.columnas)))
    _write_columnas(libro, hoja, oficial, oficial.columnas, 4, 500_000)
    _write_filas(hoja, oficial.filas, 8)
    for numero, (nombre, columnas) in enumerate(oficial.tablas.items()):
        suya = libro.create_sheet(nombre)
        _write_columnas(libro, suya, oficial, [Col("ID", None), *columnas], 1, 60_000 + 100 * numero)
        _write_filas(suya, oficial.filas_de.get(nombre, []), 4)
    libro.save(ruta)
    return ruta


def _write_columnas(libro: Any, hoja: Any, oficial: Oficial, columnas: list[Col], codigos: int, base: int) -> None:
    listas = 0
    titulos = 7 if codigos == 4 else 3
    for i, columna in enumerate(columnas, start=1):
        if not columna.titulo:
            continue
        if columna.codigo is not None:
            hoja.cell(codigos, i, str(columna.codigo))
            hoja.cell(codigos + 1, i, str(base + i))
        hoja.cell(titulos, i, f"{columna.titulo} \n{columna.tabla}" if columna.tabla else columna.titulo)
        if columna.codigo == 9:
            listas += 1
            if oficial.con_listas:
                _write_lista(libro, hoja, oficial, columna, i, listas, titulos + 1)


def _write_lista(libro: Any, hoja: Any, oficial: Oficial, columna: Col, i: int, orden: int, primera: int) -> None:
    nombre = f"Hidden_{orden}" + ("" if hoja.title == "Reporte de Formatos" else f"_{hoja.title}")
    suya = libro.create_sheet(nombre)
    for fila, opcion in enumerate(columna.lista, start=1):
        _write(suya, fila, 1, opcion)
    if oficial.con_nombres and columna.lista:
        definido = f"{nombre}{i - 1}"
        libro.defined_names[definido] = DefinedName(definido, attr_text=f"{nombre}!$A$1:$A${len(columna.lista)}")
        validacion = DataValidation(type="list", formula1=definido, allow_blank=True)
        letra = get_column_letter(i)
        validacion.add(f"{letra}{primera}:{letra}201")
        hoja.add_data_validation(validacion)


def _write_filas(hoja: Any, filas: list[list[Any]], primera: int) -> None:
    for numero, valores in enumerate(filas, start=primera):
        for i, valor in enumerate(valores, start=1):
            _write(hoja, numero, i, valor)


def _write(hoja: Any, fila: int, columna: int, valor: Any) -> None:
    if valor is not None:
        celda = hoja.cell(fila, columna, valor)
        if isinstance(valor, str):
            celda.data_type = "s"
