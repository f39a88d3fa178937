"""Lo que una persona confirmó y todavía no se hace: espera unos segundos, por si se arrepiente, o la fecha que fijó."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from models.domain.permissions import Actor
from models.folios import id_desde
from models.reloj import ahora
from models.tareas import LoteRenglon, Trabajo

RECIENTE = 5 * 60_000
"""Milisegundos en que lo recién confirmado se ofrece deshacer en cualquier página."""


@dataclass(frozen=True, slots=True)
class PorSalir:
    """Un lote confirmado que saldrá en el instante ``desde``; ``n`` registros del formato ``clave``."""

    trabajo: int
    lote: int
    clave: str
    n: int
    desde: int


def por_salir(actor: Actor) -> list[PorSalir]:
    """Lo que la persona confirmó hace poco y aún puede deshacer. Lee solo sus trabajos recientes: no crece con el tiempo."""
    instante = ahora()
    return _read(actor, Trabajo.id > id_desde(instante - RECIENTE), Trabajo.creado_por == actor.id,
                 Trabajo.arriendo > instante)


def programados(actor: Actor, clave: str) -> list[PorSalir]:
    """Lo que su institución tiene con fecha fijada en un formato, lo más próximo primero."""
    return [uno for uno in _read(actor, Trabajo.arriendo > ahora()) if uno.clave == clave]


def find_programado(actor: Actor, clave: str, registro: int) -> PorSalir | None:
    """Con qué lote va a salir un registro que ya se confirmó; ``None`` si con ninguno."""
    por_lote = {uno.lote: uno for uno in programados(actor, clave)}
    if not por_lote:
        return None
    renglon = registros_de(actor, list(por_lote)).where(LoteRenglon.registro_id == registro).first()
    return None if renglon is None else por_lote[renglon.lote_id]


def registros_de(actor: Actor, lotes: list[int]) -> Any:
    """La consulta de los renglones de esos lotes."""
    return LoteRenglon.select(LoteRenglon.registro_id, LoteRenglon.lote_id).where(
        LoteRenglon.sujeto_id == actor.sujeto_id, LoteRenglon.lote_id.in_(lotes))


def _read(actor: Actor, *condiciones: object) -> list[PorSalir]:
    filas = Trabajo.select(Trabajo.id, Trabajo.parametros, Trabajo.total, Trabajo.arriendo).where(
        Trabajo.sujeto_id == actor.sujeto_id, Trabajo.estado == "pendiente", Trabajo.tipo == "lote", *condiciones,
    ).order_by(Trabajo.arriendo).limit(50)
    return [_de(fila, json.loads(fila.parametros)) for fila in filas]


def _de(fila: Trabajo, parametros: dict[str, str]) -> PorSalir:
    return PorSalir(fila.id, int(parametros["lote"]), parametros["clave"], fila.total, fila.arriendo)
