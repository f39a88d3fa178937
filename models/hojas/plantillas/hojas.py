"""Las hojas con columnas de una plantilla: llaves, rótulos con su nota, reglas y, abajo, los renglones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from fracciones_config.esquema import MOTIVO_MAXIMO, MOTIVO_MINIMO
from models.hojas.disposicion import EJEMPLO, FILA_DE_LLAVES, FILA_DE_ROTULOS, FOLIO, ID, PRIMERA_FILA
from models.hojas.plantillas.celdas import FECHA, SIN_MILES, TEXTO, Valor
from models.hojas.plantillas.columnas import OBLIGATORIO, RAZON, Columna
from models.hojas.plantillas.estilos import A_LA_IZQUIERDA, DE_MUESTRA, ESTILOS
from models.hojas.plantillas.listas import Listas
from models.hojas.plantillas.reglas import Regla, id_rule, length_rule, rule_of

ULTIMA_FILA = 200_000 + PRIMERA_FILA - 1
"""Hasta dónde llegan las reglas: lo más que una carga admite."""

NUMERO = Columna(ID, "Número\N{NO-BREAK SPACE}*", "El mismo número que puso en la celda de su registro, en la hoja principal.",
                 OBLIGATORIO, 11, SIN_MILES)
"""La primera columna de la hoja de una tabla."""


@dataclass(slots=True)
class Hoja:
    """Una hoja en curso: en qué fila va y con qué formato se escribe cada columna."""

    libro: Any
    hoja: Any
    columnas: Sequence[Columna]
    fila: int = PRIMERA_FILA - 1
    _formatos: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def write_encabezados(self, listas: Listas, ocultas: Sequence[str] = ()) -> None:
        """Las dos filas de arriba, y de cada columna su ancho, su formato y su regla."""
        hoja = self.hoja
        hoja.set_row(FILA_DE_LLAVES - 1, None, None, {"hidden": True})
        hoja.set_row(FILA_DE_ROTULOS - 1, 62)
        hoja.freeze_panes(PRIMERA_FILA - 1, 0)
        hoja.ignore_errors({"number_stored_as_text": f"A1:XFD{ULTIMA_FILA}"})
        for numero, columna in enumerate(self.columnas):
            hoja.write_string(FILA_DE_LLAVES - 1, numero, columna.llave)
        for numero, columna in enumerate(self.columnas):
            hoja.write_string(FILA_DE_ROTULOS - 1, numero, columna.rotulo, self.libro.add_format(ESTILOS[columna.clase]))
            hoja.write_comment(FILA_DE_ROTULOS - 1, numero, columna.nota, _medida(columna.nota))
            opciones = {"hidden": True} if columna.llave in ocultas else {"level": 1} if columna.clase == RAZON else {}
            ancho = max(columna.ancho, 2 + max(map(len, columna.rotulo.split(" "))))
            hoja.set_column(numero, numero, ancho, self._formato(columna.formato, False), opciones)
            if regla := _regla(columna, f"{xl_col_to_name(numero)}{PRIMERA_FILA}", listas):
                hoja.data_validation(PRIMERA_FILA - 1, numero, ULTIMA_FILA - 1, numero, regla)

    def write_renglon(self, celdas: Mapping[str, Valor]) -> None:
        """El siguiente renglón. Si es de muestra, se ve de muestra."""
        es_muestra = EJEMPLO in (celdas.get(FOLIO), celdas.get(ID))
        for numero, columna in enumerate(self.columnas):
            if columna.llave in celdas:
                self._write(self.fila, numero, celdas[columna.llave], columna.formato, es_muestra)
        self.fila += 1

    def _write(self, fila: int, numero: int, valor: Valor, formato: str, es_muestra: bool) -> None:
        if isinstance(valor, str):
            self.hoja.write_string(fila, numero, valor, self._formato(TEXTO, es_muestra))
        elif isinstance(valor, dt.date):
            self.hoja.write_datetime(fila, numero, valor, self._formato(formato, es_muestra))
        else:
            self.hoja.write_number(fila, numero, valor, self._formato(formato, es_muestra))

    def _formato(self, numero: str, es_muestra: bool) -> Any:
        llave = (numero, es_muestra)
        if llave not in self._formatos:
            aspecto = {"num_format": numero, "valign": "top"} | (A_LA_IZQUIERDA if numero in (FECHA, SIN_MILES) else {})
            self._formatos[llave] = self.libro.add_format(aspecto | (DE_MUESTRA if es_muestra else {}))
        return self._formatos[llave]


def _regla(columna: Columna, celda: str, listas: Listas) -> Regla | None:
    if columna.llave == ID:
        return id_rule(celda)
    if columna.clase == RAZON:
        return length_rule(columna.rotulo, MOTIVO_MINIMO, MOTIVO_MAXIMO)
    lista = listas.place(columna.opciones, columna.rotulo)
    if columna.campo is None:
        aviso = {"error_title": columna.rotulo, "error_message": columna.nota}
        return {"validate": "list", "source": f"={lista}", **aviso} if lista else None
    causas = listas.causas if columna.acepta_causas else ""
    return rule_of(columna.campo, celda, f"={lista}" if lista else "", causas)


def _medida(nota: str) -> dict[str, Any]:
    """El tamaño de una nota, para que se lea entera sin estirarla."""
    renglones = sum(1 + len(parrafo) // 44 for parrafo in nota.split("\n"))
    return {"width": 300, "height": 24 + 16 * renglones, "author": "IPOMEX", "font_size": 9, "color": "#FFFFE8"}
