"""La bitácora de una institución: lo que se cambió de ella y de sus partes, quién y cuándo. Solo se agrega."""

from __future__ import annotations

from models.base import insert_if_absent
from models.domain.permissions import Actor
from models.reloj import ahora
from models.sujetos import ActoDeSujeto

LARGO = 4000


def log_acto(actor: Actor, acto: str, detalle: str, antes: str = "{}", objeto_id: int | None = None) -> None:
    """Apunta un acto de esta persona sobre su institución."""
    assert actor.sujeto_id is not None
    log_sujeto(actor, actor.sujeto_id, acto, detalle, antes, objeto_id)


def log_sujeto(
    actor: Actor, sujeto_id: int, acto: str, detalle: str = "", antes: str = "{}", objeto_id: int | None = None,
) -> None:
    """Apunta un acto sobre una institución. Dos en el mismo milisegundo van uno tras otro."""
    instante = ahora()
    while not insert_if_absent(
            ActoDeSujeto, sujeto_id=sujeto_id, instante=instante, por_id=actor.id, por_nombre=actor.nombre, acto=acto,
            detalle=detalle[:LARGO], antes=antes, objeto_id=objeto_id):
        instante += 1


def actos_de_sujeto(sujeto_id: int, hasta: int = 50) -> list[ActoDeSujeto]:
    """Los últimos actos sobre la institución misma, lo más nuevo primero; los de sus partes son de cada parte."""
    return list(ActoDeSujeto.select().where(ActoDeSujeto.sujeto_id == sujeto_id, ActoDeSujeto.objeto_id.is_null()).order_by(
        ActoDeSujeto.instante.desc()).limit(hasta))


def actos_de_objeto(sujeto_id: int, objeto_id: int, hasta: int = 50) -> list[ActoDeSujeto]:
    """Los últimos actos sobre una parte de la institución, lo más nuevo primero."""
    return list(ActoDeSujeto.select().where(
        ActoDeSujeto.sujeto_id == sujeto_id, ActoDeSujeto.objeto_id == objeto_id,
    ).order_by(ActoDeSujeto.instante.desc()).limit(hasta))
