"""Una entrega: un formato en un periodo. Cómo se nombra en un aviso, y quién la debe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from models.domain.cumplimiento import Cumplimiento
from models.presentacion.entregas import say_periodo
from models.presentacion.fechas import fecha

RENGLONES = 20
"""Entregas que un aviso nombra; las demás se cuentan."""


class Entrega(NamedTuple):
    """Su llave. Lo vigente que no tiene nada publicado lleva ejercicio 0 y periodo vacío."""

    clave: str
    ejercicio: int
    periodo: str

    def __str__(self) -> str:
        return f"{self.clave}:{self.ejercicio}:{self.periodo}"


def entrega_de(uno: Cumplimiento) -> Entrega:
    """La llave de una entrega."""
    if uno.periodo is None:
        return Entrega(uno.formato.clave, 0, "")
    return Entrega(uno.formato.clave, uno.periodo.ejercicio, uno.periodo.clave)


def say_entrega(uno: Cumplimiento) -> str:
    """«Convenios, 3.er trimestre de 2026»."""
    return f"{uno.formato.nombre_corto}, {say_periodo(uno.periodo)}"


def say_entregas(varias: Iterable[Cumplimiento]) -> str:
    """Un renglón por entrega, con su límite; pasadas ``RENGLONES``, cuántas más."""
    todas = list(varias)
    renglones = [say_entrega(uno) + (f": límite {fecha(uno.limite)}" if uno.limite else "") for uno in todas[:RENGLONES]]
    if len(todas) > RENGLONES:
        renglones.append(f"y {len(todas) - RENGLONES} más")
    return "\n".join(renglones)
