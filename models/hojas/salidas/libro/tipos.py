"""Cómo va cada tipo en una celda del libro: números y fechas como tales, con su formato; lo demás, como se lee.

Excel guarda 15 cifras de un número: el que trae más va como texto, para no perder ninguna. Tampoco sabe de fechas anteriores al
1 de marzo de 1900 (cuenta un 29 de febrero que no hubo).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from fracciones_config import Campo, TipoCampo
from fracciones_config.tipos import TEXTOS
from models.hojas.salidas.libro.celdas import number_cells, text_cell, text_cells
from models.hojas.salidas.libro.estilos import ENTERO, FECHA, GENERAL, PESOS, PORCENTAJE
from models.hojas.salidas.maquina import Archivo
from models.hojas.salidas.personas import read_campo, read_cell
from models.hojas.salidas.renglones import Datos

CIFRAS = 15
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BISIESTO_FALSO = dt.date(1900, 3, 1)
_DIA_CERO = 693_594
"""Lo que se le quita al ordinal de Python para contar como Excel."""


def _entero(dato: Any) -> str:
    if type(dato) is not int or abs(dato) >= 10**CIFRAS:
        raise ValueError
    return str(dato)


def _decimal(dato: Any) -> str:
    if not _DECIMAL.fullmatch(dato) or len(dato) > CIFRAS and sum(letra.isdigit() for letra in dato) > CIFRAS:
        raise ValueError
    return str(dato)


@lru_cache(maxsize=4096)
def _fecha(dato: str) -> str:
    dia = dt.date.fromisoformat(dato)
    if dia < _BISIESTO_FALSO:
        raise ValueError
    return str(dia.toordinal() - _DIA_CERO)


NUMEROS: Mapping[TipoCampo, tuple[Callable[[Any], str], int]] = {
    TipoCampo.ENTERO: (_entero, ENTERO),
    TipoCampo.ANIO: (_entero, GENERAL),
    TipoCampo.DECIMAL: (_decimal, GENERAL),
    TipoCampo.MONEDA: (_decimal, PESOS),
    TipoCampo.PORCENTAJE: (_decimal, PORCENTAJE),
    TipoCampo.FECHA: (_fecha, FECHA),
}
"""Los tipos que van como número: cómo se escribe, y su estilo. Los demás van como texto."""

TAL_CUAL = TEXTOS | {TipoCampo.HORA, TipoCampo.URL, TipoCampo.CORREO, TipoCampo.TELEFONO}
"""Los que son ya el texto que se lee."""


def write_campo(campo: Campo, letra: str, fila: int, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    """Las celdas de un campo, de ``fila`` hacia abajo."""
    if campo.tipo in NUMEROS:
        return _numeros(campo, letra, fila, datos, archivo)
    nombre = campo.nombre
    if campo.tipo in TAL_CUAL:
        textos = [dato.get(nombre, "") for dato in datos]
        if all(type(uno) is str for uno in textos):
            return text_cells(letra, fila, textos)
    return text_cells(letra, fila, read_campo(campo, datos, archivo))


def _numeros(campo: Campo, letra: str, fila: int, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    escribir, estilo = NUMEROS[campo.tipo]
    nombre = campo.nombre
    try:
        return number_cells(letra, fila, [escribir(dato[nombre]) if nombre in dato else "" for dato in datos], estilo)
    except (ValueError, TypeError):
        return [_suelta(campo, f"{letra}{n}", dato[nombre], archivo) if nombre in dato else ""
                for n, dato in enumerate(datos, fila)]


def _suelta(campo: Campo, lugar: str, dato: Any, archivo: Archivo) -> str:
    """Una celda sola: número si cabe, y si no, el texto que se lee."""
    escribir, estilo = NUMEROS[campo.tipo]
    try:
        return f'<c r="{lugar}" s="{estilo}"><v>{escribir(dato)}</v></c>'
    except (ValueError, TypeError):
        leido = read_cell(campo, dato, archivo)
        return text_cell(lugar, leido) if leido else ""
