"""El ejemplo que cada campo declara para quien captura («17/02/2019»), dicho como se publica («2019-02-17»)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectura import leer
from models.hojas.salidas.maquina import write_campo

FOLIO = "07b925m0000016"
"""Un folio bien formado que no es de nadie."""


def example_of(campo: Campo) -> Dato | None:
    """El dato de ejemplo de un campo; ``None`` si no declara ninguno, o si lo suyo no se puede teclear."""
    if campo.es_maestro:
        return {"id": FOLIO, "texto": campo.ejemplo} if campo.ejemplo else None
    if campo.tipo is TipoCampo.TABLA:
        renglon = {c.nombre: dato for c in campo.campos if (dato := example_of(c)) is not None}
        return [renglon] if renglon else None
    if campo.tipo in _SUPUESTOS:
        return _SUPUESTOS[campo.tipo](campo)
    try:
        return leer(campo, campo.ejemplo)
    except DatoInvalido:
        return None


def cell_of(campo: Campo) -> str | None:
    """El ejemplo como va en una celda del CSV de los programas."""
    dato = example_of(campo)
    return None if dato is None else write_campo(campo, [{campo.nombre: dato}], _sin_archivo)[0]


def _sin_archivo(_dato: Any) -> str:
    return ""


def _archivo(campo: Campo) -> Dato | None:
    return None


_SUPUESTOS: Mapping[TipoCampo, Callable[[Campo], Dato | None]] = {
    TipoCampo.ARCHIVO: _archivo,
    TipoCampo.OPCION: lambda campo: next(iter(campo.opciones), None),
    TipoCampo.OPCIONES: lambda campo: list(campo.opciones)[:2] or None,
    TipoCampo.SI_NO: lambda campo: True,
}
"""De lo que se elige no se teclea ejemplo: sirve lo primero que se puede elegir."""
