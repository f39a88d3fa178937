"""Cuándo se pide un campo, dicho para leerse por columnas: lo mismo que ``models.domain.faltantes``, renglón por renglón."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fracciones_config import Campo, Formato
from models.domain.faltantes import read_esperados

Condicion = Callable[[Any, int], bool]
"""De las columnas de un trozo y el número de un renglón a si ahí se pide el campo."""

DATO = 4
"""El lugar del dato en una ``Celda``."""


def build_condicion(campo: Campo, formato: Formato, lugar: Mapping[str, int]) -> Condicion | None:
    """La condición con que se pide un campo en blanco; ``None`` si nunca se pide. ``lugar`` es la columna de cada campo."""
    if campo.obligatorio:
        return lambda partes, r: True
    si = campo.obligatorio_si
    if si is None or si.campo not in formato.por_nombre:
        return None
    otro, esperados = lugar[si.campo], read_esperados(si, formato)

    def se_pide(partes: Any, r: int) -> bool:
        dato = partes[otro][DATO][r]
        if isinstance(dato, list):
            return any(esperado and esperado[0] in dato for esperado in esperados)
        return dato is not None and dato in esperados
    return se_pide
