"""Cómo se lee cada campo: con las formas de México, en el CSV para Excel y en los textos del libro de Excel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.columnas import a_columna
from models.hojas.disposicion import PALABRAS_DE_CAUSA
from models.hojas.salidas.guardia import guard
from models.hojas.salidas.maquina import Archivo, count_rows
from models.hojas.salidas.renglones import Datos
from models.presentacion.textos import texto

FORMAS: Mapping[TipoCampo, type] = {
    **{tipo: str for tipo in TipoCampo},
    TipoCampo.ENTERO: int, TipoCampo.ANIO: int, TipoCampo.SI_NO: bool, TipoCampo.OPCIONES: list, TipoCampo.TABLA: list,
    TipoCampo.ARCHIVO: dict, TipoCampo.AREA: dict, TipoCampo.SERVIDOR_PUBLICO: dict, TipoCampo.ORGANO_COLEGIADO: dict}
"""Con qué se guarda el dato de cada tipo."""

REPETIDOS = frozenset(tipo for tipo, forma in FORMAS.items() if forma is str)
"""Los que se guardan como texto: cada valor distinto del bloque se lee una sola vez."""

_NUMERO = re.compile(r"-?\$?[0-9][0-9,]*(?:\.[0-9]+)?%?")
"""Un número y nada más: su menos no es de fórmula."""


def write_campo(campo: Campo, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    """Las celdas de un campo para el CSV de Excel: ninguna se abre como fórmula."""
    celdas = read_campo(campo, datos, archivo)
    if campo.es_numero:
        return [celda if _NUMERO.fullmatch(celda) else guard(celda) for celda in celdas]
    return [celda if celda[:1].isalnum() else guard(celda) for celda in celdas]


def read_campo(campo: Campo, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    """Las celdas de un campo como se leen, sin guarda."""
    nombre = campo.nombre
    if campo.tipo not in REPETIDOS:
        return [read_cell(campo, dato[nombre], archivo) if nombre in dato else "" for dato in datos]
    valores = [dato.get(nombre, "") for dato in datos]
    if not all(type(valor) is str for valor in valores):
        return [read_cell(campo, dato[nombre], archivo) if nombre in dato else "" for dato in datos]
    dichos = {valor: read_cell(campo, valor, archivo) if valor else "" for valor in set(valores)}
    return [dichos[valor] for valor in valores]


def read_cell(campo: Campo, dato: Any, archivo: Archivo) -> str:
    """Una celda como se lee, sin guarda. Lo que ya no tiene la forma de su campo va como texto, o no va."""
    try:
        _require_forma(campo, dato)
        if campo.tipo is TipoCampo.ARCHIVO:
            return archivo(dato)
        if campo.es_numero:
            a_columna(campo, dato)  # que de verdad sea uno: «+0» o «1e5» serían un texto de antes
        return count_rows(dato) if campo.tipo is TipoCampo.TABLA else texto(campo, dato)
    except (TypeError, KeyError, AttributeError, ValueError, ArithmeticError):
        return str(dato) if isinstance(dato, str | int) else ""


def _require_forma(campo: Campo, dato: Any) -> None:
    """``TypeError`` si el dato no se guarda así: un ``bool`` no pasa por ``int``."""
    if type(dato) is not FORMAS[campo.tipo]:
        raise TypeError(campo.nombre)


def cause_of(vacio: Mapping[str, Any]) -> str:
    """Lo que la celda dice en vez de un valor; el motivo va en su propia columna."""
    return PALABRAS_DE_CAUSA.get(vacio["causa"], str(vacio["causa"]))
