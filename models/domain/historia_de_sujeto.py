"""Lo que se ha hecho con una institución: quién, cuándo y por qué. Solo se agrega."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from peewee import fn

from models.domain.permissions import Actor
from models.reloj import ahora
from models.sujetos import ActoDeSujeto

LARGO = 4000


def log_sujeto(actor: Actor, sujeto_id: int, acto: str, detalle: str = "", antes: Mapping[str, Any] | None = None) -> None:
    """Apunta un acto. Dentro de la transacción de quien lo hace; dos del mismo instante quedan en orden."""
    ultimo = ActoDeSujeto.select(fn.MAX(ActoDeSujeto.instante)).where(
        ActoDeSujeto.sujeto_id == sujeto_id, ActoDeSujeto.por_id == actor.id).scalar() or 0
    ActoDeSujeto.insert(
        sujeto_id=sujeto_id, instante=max(ahora(), int(ultimo) + 1), por_id=actor.id, por_nombre=actor.nombre, acto=acto,
        detalle=detalle[:LARGO], antes=json.dumps(antes or {}, ensure_ascii=False)).execute()


def actos_de_sujeto(sujeto_id: int, hasta: int = 50) -> list[ActoDeSujeto]:
    """Lo último que se hizo con ella, lo más nuevo primero."""
    return list(ActoDeSujeto.select().where(ActoDeSujeto.sujeto_id == sujeto_id).order_by(
        ActoDeSujeto.instante.desc()).limit(hasta))
