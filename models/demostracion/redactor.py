"""Redacta un registro completo: lo inventado, encima lo que dice ``textos/titulos.yaml`` y encima lo escrito a mano."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fracciones_config import Formato
from models.demostracion import a_mano
from models.demostracion.caso import Caso
from models.demostracion.generador import invent
from models.demostracion.libreto import read
from models.demostracion.licitaciones import licitaciones

A_MANO: dict[str, Callable[[Caso], dict[str, Any]]] = {
    "marco_normativo": a_mano.marco_normativo, "remuneraciones": a_mano.remuneraciones, "padrones": a_mano.padrones,
    "presupuesto": a_mano.presupuesto, "licitaciones": licitaciones,
}
"""Formatos escritos con cuidado (el sexto, el directorio, sale de ``sede``)."""


def write(formato: Formato, caso: Caso) -> dict[str, Any]:
    """Lo que se teclearía en un registro completo."""
    datos = invent(formato.campos, caso) | _titulo(caso)
    if formato.clave in A_MANO:
        datos |= A_MANO[formato.clave](caso)
    return {nombre: dato for nombre, dato in datos.items() if dato is not None}


def _titulo(caso: Caso) -> dict[str, str]:
    titulos = read("titulos").get(caso.clave)
    if not titulos:
        return {}
    return {nombre: caso.adapt(texto) for nombre, texto in titulos[(caso.numero - 1) % len(titulos)].items()}
