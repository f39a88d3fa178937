"""Una plantilla de Excel para llenar: encabezados, ayuda en cada uno y listas para elegir."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Columna:
    """Una columna: su encabezado, qué va en ella y, si se elige de una lista, entre qué."""

    rotulo: str
    ayuda: str
    opciones: Sequence[str] = ()


def make_plantilla(titulo: str, columnas: Sequence[Columna], filas: int) -> bytes:
    """El libro, con los encabezados en la primera fila y las listas puestas en las ``filas`` siguientes."""
    libro = Workbook()
    hoja = libro.active
    assert hoja is not None
    hoja.title = titulo
    for numero, columna in enumerate(columnas, start=1):
        celda = hoja.cell(1, numero, columna.rotulo)
        celda.font, celda.comment = Font(bold=True), Comment(columna.ayuda, "IPOMEX")
        letra = celda.column_letter
        hoja.column_dimensions[letra].width = max(18, len(columna.rotulo) + 4)
        if columna.opciones:
            lista = DataValidation(type="list", formula1='"' + ",".join(columna.opciones) + '"', allow_blank=True)
            hoja.add_data_validation(lista)
            lista.add(f"{letra}2:{letra}{filas + 1}")
    hoja.freeze_panes = "A2"
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()
