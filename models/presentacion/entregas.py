"""Cómo se lee el periodo de una entrega."""

from models.domain.periods import Periodo, etiqueta


def say_periodo(periodo: Periodo | None) -> str:
    """«3.er trimestre de 2026», «anual 2025», o «lo vigente hoy» si no lleva periodo."""
    if periodo is None:
        return "lo vigente hoy"
    return f"{etiqueta(periodo.clave)}{'' if periodo.clave == 'A' else ' de'} {periodo.ejercicio}"
