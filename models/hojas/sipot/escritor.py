"""Escribe un libro de Excel con la forma oficial: claves y códigos, títulos, listas atadas y subtablas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from fracciones_config.oficial import ColumnaOficial, LibroOficial, TablaOficial
from fracciones_config.sipot.libro import HOJA_PRINCIPAL
from models.hojas.sipot.celdas import Celda
from models.hojas.sipot.lecturas import SIN_SUBTABLA
from models.hojas.sipot.perdidas import ANTIGUA
from models.presentacion.fechas import fecha

PRIMERA, PRIMERA_DE_TABLA = 8, 4
"""Fila, desde 1, de los primeros datos de la hoja principal y de una subtabla."""

VALIDADAS = 201
"""Última fila que lleva su lista atada, como en las plantillas oficiales."""

_FECHA_CORTA = 14


class Escritor:
    """Un libro oficial que se va escribiendo; ``close`` lo termina."""

    def __init__(self, ruta: Path, oficial: LibroOficial) -> None:
        self._libro = xlsxwriter.Workbook(str(ruta), {
            "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
        self._oficial = oficial
        self._titulo = self._libro.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#333333", "border": 1})
        self._rotulo = self._libro.add_format({"bg_color": "#E1E1E1", "border": 1, "text_wrap": True, "valign": "top"})
        self._fecha = self._libro.add_format({"num_format": _FECHA_CORTA})
        self._principal = self._libro.add_worksheet(HOJA_PRINCIPAL)
        self._hojas = {HOJA_PRINCIPAL: self._principal}
        self._write_listas(self._principal, oficial.columnas, PRIMERA)
        for tabla in oficial.tablas:
            self._hojas[tabla.hoja] = self._libro.add_worksheet(tabla.hoja)
            self._write_cabeza_de_tabla(tabla)
            self._write_listas(self._hojas[tabla.hoja], tabla.columnas, PRIMERA_DE_TABLA)
        self._write_cabeza()

    def write_renglon(self, hoja: str, fila: int, celdas: Iterable[tuple[int, Celda]]) -> None:
        """Un renglón; ``fila`` y las columnas cuentan desde 1."""
        destino = self._hojas[hoja]
        for columna, celda in celdas:
            if isinstance(celda, dt.date):
                self._write_fecha(destino, fila, columna, celda)
            elif isinstance(celda, str):
                destino.write_string(fila - 1, columna - 1, celda)
            elif celda is not None:
                destino.write_number(fila - 1, columna - 1, celda)

    def write_en_blanco(self) -> None:
        """Lo que la plantilla oficial dice donde van los números de las subtablas, si no hay ningún renglón."""
        for columna in self._oficial.columnas:
            if columna.tabla:
                self._principal.write_string(PRIMERA - 1, (columna.posicion or 1) - 1, f"{SIN_SUBTABLA} {columna.tabla}")

    def close(self) -> None:
        self._libro.close()

    def _write_fecha(self, destino: Any, fila: int, columna: int, celda: dt.date) -> None:
        if not isinstance(celda, dt.datetime) and celda < ANTIGUA:
            destino.write_string(fila - 1, columna - 1, fecha(celda))
        else:
            destino.write_datetime(fila - 1, columna - 1, celda, self._fecha)

    def _write_cabeza(self) -> None:
        hoja, oficial = self._principal, self._oficial
        hoja.write_string(0, 0, oficial.clave)
        valores = (oficial.titulo, oficial.nombre_corto, oficial.descripcion)
        for columna, rotulo, valor in zip((0, 3, 6), oficial.rotulos, valores, strict=True):
            hoja.merge_range(1, columna, 1, columna + 2, rotulo, self._titulo)
            hoja.merge_range(2, columna, 2, columna + 2, valor, self._rotulo)
        self._write_codigos(hoja, oficial.columnas, 3)
        ancho = max(columna.posicion or 1 for columna in oficial.columnas)
        if ancho > 1:
            hoja.merge_range(5, 0, 5, ancho - 1, "Tabla Campos", self._titulo)
        else:
            hoja.write_string(5, 0, "Tabla Campos", self._titulo)
        for fila in (0, 3, 4):
            hoja.set_row(fila, None, None, {"hidden": True})
        hoja.set_column(0, ancho - 1, 24)

    def _write_cabeza_de_tabla(self, tabla: TablaOficial) -> None:
        hoja = self._hojas[tabla.hoja]
        self._write_codigos(hoja, tabla.columnas, 0)
        hoja.set_column(0, len(tabla.columnas), 24)
        for fila in (0, 1):
            hoja.set_row(fila, None, None, {"hidden": True})

    def _write_codigos(self, hoja: Any, columnas: Iterable[ColumnaOficial], fila: int) -> None:
        """Códigos, claves y títulos; los de la hoja principal dejan un renglón antes de los títulos."""
        titulos = fila + 2 if fila == 0 else fila + 3
        for columna in columnas:
            i = (columna.posicion or 1) - 1
            for renglon, valor in ((fila, columna.codigo), (fila + 1, columna.id)):
                if valor is not None:
                    hoja.write_string(renglon, i, str(valor))
            hoja.write_string(titulos, i, columna.titulo, self._rotulo)

    def _write_listas(self, hoja: Any, columnas: Iterable[ColumnaOficial], primera: int) -> None:
        for columna in columnas:
            valores = self._oficial.listas.get(columna.lista or "", ())
            if not columna.lista or not valores:
                continue
            if columna.lista not in self._hojas:
                self._hojas[columna.lista] = self._libro.add_worksheet(columna.lista)
                for fila, valor in enumerate(valores):
                    if valor:
                        self._hojas[columna.lista].write_string(fila, 0, valor)
            i = (columna.posicion or 1) - 1
            nombre = f"{columna.lista}{i}"
            self._libro.define_name(nombre, f"='{columna.lista}'!$A$1:$A${len(valores)}")
            letra = xl_col_to_name(i)
            hoja.data_validation(f"{letra}{primera}:{letra}{VALIDADAS}", {"validate": "list", "source": f"={nombre}"})
