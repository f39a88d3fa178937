"""Cómo se nombra en una celda un área, una persona o un órgano: por su nombre si basta, y siempre sin dejar duda."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import TipoCampo
from models.domain.contexto import MAESTRO
from models.domain.lectores.crudo import plegar
from models.folios import a_folio


@dataclass(frozen=True, slots=True)
class Nombres:
    """``opciones`` son los que se pueden elegir, por orden alfabético; ``de``, cómo se escribe cada id, también los de baja."""

    opciones: tuple[str, ...] = ()
    de: Mapping[int, str] = field(default_factory=dict)


def names_of_maestros(sujeto_id: int, tipo: TipoCampo, solo: Collection[int] | None = None) -> Nombres:
    """Los de un sujeto. Con ``solo``, nada más esos se ofrecen. Un nombre que llevan dos va con su área superior
    («superior / área») y, si aun así no basta, con su folio."""
    modelo: Any = MAESTRO[tipo]
    con_padre = [modelo.padre_id] if tipo is TipoCampo.AREA else []
    filas = list(modelo.select(modelo.id, modelo.nombre, modelo.baja_en, *con_padre).where(
        modelo.sujeto_id == sujeto_id).order_by(modelo.nombre, modelo.id))
    vivas = [fila for fila in filas if fila.baja_en is None]
    nombres = {fila.id: str(fila.nombre) for fila in filas}
    escritos = _sin_duda(vivas, _con_superior(nombres) if con_padre else str)
    usados = Counter(plegar(nombre) for nombre in nombres.values())
    for fila in filas:
        if fila.baja_en is not None:
            escritos[fila.id] = fila.nombre if usados[plegar(fila.nombre)] == 1 else a_folio(fila.id)
    ofrecidos = [escritos[fila.id] for fila in vivas if solo is None or fila.id in solo]
    return Nombres(tuple(ofrecidos), escritos)


def _sin_duda(filas: list[Any], largo: Callable[[Any], str]) -> dict[int, str]:
    """De cada id a su nombre, al largo o a su folio: el primero que nadie más lleve."""
    cortos = Counter(plegar(fila.nombre) for fila in filas)
    largos = Counter(plegar(largo(fila)) for fila in filas)
    escritos = {}
    for fila in filas:
        posibles = [(cortos, str(fila.nombre)), (largos, largo(fila))]
        escritos[fila.id] = next((como for cuenta, como in posibles if cuenta[plegar(como)] == 1), a_folio(fila.id))
    return escritos


def _con_superior(nombres: Mapping[int, str]) -> Callable[[Any], str]:
    def largo(fila: Any) -> str:
        superior = nombres.get(fila.padre_id)
        return f"{superior} / {fila.nombre}" if superior else str(fila.nombre)
    return largo
