"""Una plantilla de Excel para llenar: encabezados, ayuda en cada uno, listas para elegir y, si se pide, cómo se llena."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

CABE_EN_LINEA = 250
"""Letras de una lista escrita en la propia validación; las más largas van en su hoja."""


@dataclass(frozen=True, slots=True)
class Columna:
    """Una columna: su encabezado, qué va en ella y, si se elige de una lista, entre qué.

    ``libre``: la lista ayuda, pero se admite otra cosa.
    """

    rotulo: str
    ayuda: str
    opciones: Sequence[str] = ()
    ejemplo: str = ""
    obligatoria: bool = False
    libre: bool = False


def make_plantilla(
    titulo: str, columnas: Sequence[Columna], filas: int, instrucciones: Sequence[str] = (),
    renglones: Iterable[Sequence[str]] = (),
) -> bytes:
    """El libro, con los encabezados en la primera fila y las listas puestas en las ``filas`` siguientes.

    Con ``instrucciones`` lleva una hoja que explica cada columna. ``renglones`` van ya escritos; todo como texto: nada que
    empiece con ``=`` se vuelve fórmula.
    """
    libro = Workbook()
    hoja = libro.active
    assert hoja is not None
    hoja.title = titulo
    listas: Any = None
    for numero, columna in enumerate(columnas, start=1):
        celda = hoja.cell(1, numero, columna.rotulo)
        celda.font, celda.comment = Font(bold=True), Comment(columna.ayuda, "IPOMEX")
        letra = celda.column_letter
        hoja.column_dimensions[letra].width = max(18, len(columna.rotulo) + 4)
        if columna.opciones:
            en_linea = ",".join(columna.opciones)
            if len(en_linea) > CABE_EN_LINEA or any("," in opcion for opcion in columna.opciones):
                listas = listas or libro.create_sheet("Listas")
                formula = _write_lista(listas, numero, columna)
            else:
                formula = f'"{en_linea}"'
            lista = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=not columna.libre)
            hoja.add_data_validation(lista)
            lista.add(f"{letra}2:{letra}{filas + 1}")
    for fila, renglon in enumerate(renglones, start=2):
        for numero, texto in enumerate(renglon, start=1):
            _write_texto(hoja, fila, numero, texto)
    hoja.freeze_panes = "A2"
    if instrucciones:
        _write_instrucciones(libro.create_sheet("Instrucciones"), instrucciones, columnas)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _write_texto(hoja: Any, fila: int, columna: int, texto: str) -> None:
    """Una celda que siempre es texto."""
    if texto:
        celda = hoja.cell(fila, columna, texto)
        celda.data_type, celda.number_format = "s", "@"


def _write_lista(hoja: Any, numero: int, columna: Columna) -> str:
    """Las opciones en una columna de la hoja de listas; da la fórmula que las nombra."""
    _write_texto(hoja, 1, numero, columna.rotulo)
    for fila, opcion in enumerate(columna.opciones, start=2):
        _write_texto(hoja, fila, numero, opcion)
    letra = hoja.cell(1, numero).column_letter
    return f"=Listas!${letra}$2:${letra}${len(columna.opciones) + 1}"


def _write_instrucciones(hoja: Any, instrucciones: Sequence[str], columnas: Sequence[Columna]) -> None:
    for fila, parrafo in enumerate(instrucciones, start=1):
        _write_texto(hoja, fila, 1, parrafo)
        hoja.merge_cells(start_row=fila, start_column=1, end_row=fila, end_column=4)
        hoja.cell(fila, 1).alignment = Alignment(wrap_text=True, vertical="top")
        hoja.row_dimensions[fila].height = 15 * (1 + len(parrafo) // 100)
    inicio = len(instrucciones) + 2
    for numero, rotulo in enumerate(("Columna", "¿Obligatoria?", "Qué va", "Ejemplo"), start=1):
        hoja.cell(inicio, numero, rotulo).font = Font(bold=True)
    for fila, columna in enumerate(columnas, start=inicio + 1):
        datos = (columna.rotulo, "Sí" if columna.obligatoria else "No", columna.ayuda, columna.ejemplo)
        for numero, texto in enumerate(datos, start=1):
            _write_texto(hoja, fila, numero, texto)
            hoja.cell(fila, numero).alignment = Alignment(wrap_text=True, vertical="top")
    for letra, ancho in zip("ABCD", (34, 14, 60, 44), strict=True):
        hoja.column_dimensions[letra].width = ancho
