"""Las situaciones de una carga, y cómo pasa de una a otra: por comparación, para que dos nunca hagan lo mismo."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from models.cargas import Carga
from models.reloj import ahora


class Situacion(StrEnum):
    """Hasta dónde llegó un libro."""

    RECIBIDA = "recibida"
    REVISANDO = "revisando"
    REVISADA = "revisada"
    CONFIRMADA = "confirmada"
    CARGADA = "cargada"
    RECHAZADA = "rechazada"
    INTERRUMPIDA = "interrumpida"
    CANCELADA = "cancelada"
    DESHECHA = "deshecha"


ROTULOS: dict[Situacion, str] = {
    Situacion.RECIBIDA: "En espera de revisión", Situacion.REVISANDO: "Revisando",
    Situacion.REVISADA: "Revisada: falta que la confirme", Situacion.CONFIRMADA: "Cargando",
    Situacion.CARGADA: "Cargada", Situacion.RECHAZADA: "No se pudo leer", Situacion.INTERRUMPIDA: "Interrumpida",
    Situacion.CANCELADA: "Cancelada", Situacion.DESHECHA: "Deshecha",
}
"""Cómo se dicen en pantalla."""

EN_CURSO = (Situacion.RECIBIDA, Situacion.REVISANDO, Situacion.CONFIRMADA)
"""Las que esperan al trabajador."""

VIVAS = (*EN_CURSO, Situacion.REVISADA, Situacion.INTERRUMPIDA)
"""Las que todavía pueden acabar en registros."""


def move(carga: Carga, de: Iterable[Situacion], a: Situacion, **columnas: Any) -> bool:
    """Pasa la carga a ``a`` si está en una de ``de``. Dice si pasó; entonces ``carga`` ya lo refleja."""
    instante = ahora()
    pasa = Carga.update(situacion=a, cambiado_en=instante, **columnas).where(
        Carga.sujeto_id == carga.sujeto_id, Carga.id == carga.id, Carga.situacion.in_(list(de))).execute()
    if pasa:
        for nombre, valor in {"situacion": a, "cambiado_en": instante, **columnas}.items():
            setattr(carga, nombre, valor)
    return bool(pasa)
