"""Lee el libro oficial de carga de un formato de SIPOT (.xlsx): qué columnas pide, con qué listas y qué subtablas.

El libro tiene la hoja «Reporte de Formatos» (clave del formato en A1, sus nombres en la fila 3, códigos de tipo en la
4, claves de campo en la 5, títulos en la 7, datos desde la 8); una hoja «Tabla_<clave de campo>» por subtabla (códigos,
claves y títulos en las filas 1 a 3, datos desde la 4); y hojas «Hidden_…» con las listas, atadas a su columna por
validación de datos.

Aquí solo se lee la forma, no los datos. Un libro que venga de fuera se lee en el proceso con límites, porque openpyxl
lo carga entero en memoria.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

HOJA_PRINCIPAL = "Reporte de Formatos"
OPCION, TABLA = 9, 10
OPCIONES_MAXIMAS = 10_000  # lo que pase de aquí no se lee; la lista más larga que se ha visto tiene 41

_SUBTABLA = re.compile(r"\s*\b(Tabla_\d+)$")
_RANGO = re.compile(r"'?([^'!]+)'?!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)")


class LibroInvalido(ValueError):
    """El archivo no es un libro de carga de SIPOT; el mensaje dice por qué."""


@dataclass(frozen=True, slots=True)
class ColumnaSipot:
    """Una columna oficial: ``posicion`` cuenta desde 1 (A); ``codigo`` es ``None`` solo en el ID de una subtabla."""

    titulo: str
    posicion: int
    codigo: int | None = None
    campo_id: int | None = None
    opciones: tuple[str, ...] = ()
    tabla: str | None = None


@dataclass(frozen=True, slots=True)
class HojaSipot:
    """Una hoja con columnas: la principal o una subtabla. Sus datos empiezan en ``primera_fila`` (desde 1)."""

    nombre: str
    columnas: tuple[ColumnaSipot, ...]
    primera_fila: int


@dataclass(frozen=True, slots=True)
class LibroSipot:
    """Un libro completo; ``tablas`` va por nombre de hoja (``Tabla_514194``)."""

    formato: int
    titulo: str
    principal: HojaSipot
    tablas: dict[str, HojaSipot]
    nombre_corto: str = ""
    descripcion: str = ""


def read_libro(ruta: Path) -> LibroSipot:
    """Lee la forma de un libro oficial. Lanza ``LibroInvalido`` si no lo es y ``OSError`` si no se puede abrir."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            libro = openpyxl.load_workbook(ruta)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise LibroInvalido(f"{ruta.name} no es un libro de Excel (.xlsx).") from error
    if HOJA_PRINCIPAL not in libro.sheetnames:
        raise LibroInvalido(f"{ruta.name} no tiene la hoja «{HOJA_PRINCIPAL}».")
    hoja = libro[HOJA_PRINCIPAL]
    formato = _entero(hoja["A1"].value)
    if formato is None:
        raise LibroInvalido(f"{ruta.name}: la celda A1 no tiene la clave del formato.")
    principal = _read_hoja(libro, hoja, codigos=4)
    tablas = [columna.tabla for columna in principal.columnas if columna.tabla]
    if faltan := [tabla for tabla in tablas if tabla not in libro.sheetnames]:
        raise LibroInvalido(f"{ruta.name} no tiene las hojas {', '.join(faltan)}.")
    nombres = [limpiar(hoja[celda].value) for celda in ("A3", "D3", "G3")]
    hojas = {tabla: _read_hoja(libro, libro[tabla], codigos=1) for tabla in tablas}
    return LibroSipot(formato, nombres[0], principal, hojas, *nombres[1:])


def limpiar(valor: object) -> str:
    """El texto de una celda en un renglón y sin espacios de sobra; vacío si no hay nada."""
    return " ".join(str(valor).split()) if valor is not None else ""


def separar_tabla(titulo: str) -> tuple[str, str | None]:
    """«Convenios modificatorios Tabla_514786» → («Convenios modificatorios», «Tabla_514786»)."""
    hallada = _SUBTABLA.search(limpiar(titulo))
    return (limpiar(titulo)[: hallada.start()], hallada[1]) if hallada else (limpiar(titulo), None)


def _read_hoja(libro: Any, hoja: Any, codigos: int) -> HojaSipot:
    """``codigos`` es la fila de los códigos de tipo; las claves van en la siguiente."""
    fila_titulos = 7 if hoja.title == HOJA_PRINCIPAL else codigos + 2
    listas = dict(_listas_validadas(libro, hoja))
    columnas: list[ColumnaSipot] = []
    de_opcion = 0
    for i in range(1, hoja.max_column + 1):
        titulo, tabla = separar_tabla(limpiar(hoja.cell(fila_titulos, i).value))
        if not titulo:
            continue
        codigo, campo_id = (_entero(hoja.cell(fila, i).value) for fila in (codigos, codigos + 1))
        de_opcion += codigo == OPCION
        opciones = listas.get(i) or _lista_por_orden(libro, hoja, de_opcion) if codigo == OPCION else ()
        columnas.append(ColumnaSipot(titulo, i, codigo, campo_id, opciones, tabla if codigo == TABLA else None))
    return HojaSipot(hoja.title, tuple(columnas), fila_titulos + 1)


def _listas_validadas(libro: Any, hoja: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(columna, opciones) de cada validación de datos: por nombre definido (lo usual) o por rango directo."""
    for validacion in hoja.data_validations.dataValidation:
        formula = (validacion.formula1 or "").lstrip("=")
        nombre = libro.defined_names.get(formula)
        if rango := _RANGO.fullmatch(nombre.attr_text if nombre else formula):
            opciones = _celdas(libro, rango[1], rango[2])
            for zona in validacion.sqref.ranges:
                yield from ((columna, opciones) for columna in range(zona.min_col, zona.max_col + 1))


def _lista_por_orden(libro: Any, hoja: Any, orden: int) -> tuple[str, ...]:
    """Sin validación, la lista de la enésima columna de opciones es «Hidden_n», o «Hidden_n_Tabla_…» en subtablas."""
    sufijo = "" if hoja.title == HOJA_PRINCIPAL else f"_{hoja.title}"
    return _celdas(libro, f"Hidden_{orden}{sufijo}", f"A1:A{OPCIONES_MAXIMAS}")


def _celdas(libro: Any, hoja: str, rango: str) -> tuple[str, ...]:
    if hoja not in libro.sheetnames:
        return ()
    columna, desde, _, hasta = range_boundaries(rango)
    hasta = min(hasta, libro[hoja].max_row, desde + OPCIONES_MAXIMAS)
    textos = (limpiar(libro[hoja].cell(fila, columna).value) for fila in range(desde, hasta + 1))
    return tuple(texto for texto in textos if texto)


def _entero(valor: object) -> int | None:
    texto = limpiar(valor)
    return int(texto) if re.fullmatch(r"[0-9]{1,9}", texto) else None
