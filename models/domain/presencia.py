"""Quién más tiene abierto el mismo registro: un aviso, no un candado. Lo que nadie renueva vence solo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.borradores import Presencia
from models.domain.permissions import Actor
from models.reloj import ahora
from models.usuarios import Usuario

ARRIENDO = 120_000
"""Milisegundos que alguien sigue contando como presente sin dar señales; el formulario da una por minuto."""


@dataclass(frozen=True, slots=True)
class Otro:
    """Alguien más que tiene abierto el registro, y desde cuándo (milisegundos)."""

    nombre: str
    desde: int


def arrive(actor: Actor, registro: int) -> list[Otro]:
    """Apunta que esta persona tiene abierto el registro (o que ahí sigue). Da quiénes más lo tienen."""
    instante = ahora()
    suya = (Presencia.sujeto_id == actor.sujeto_id) & (Presencia.registro_id == registro) & (Presencia.usuario_id == actor.id)
    if not Presencia.update(hasta=instante + ARRIENDO).where(suya, Presencia.hasta >= instante).execute():
        nueva: dict[str, Any] = {"desde": instante, "hasta": instante + ARRIENDO}
        Presencia.insert(sujeto_id=actor.sujeto_id, registro_id=registro, usuario_id=actor.id, **nueva).on_conflict(
            conflict_target=[Presencia.sujeto_id, Presencia.registro_id, Presencia.usuario_id], update=nueva).execute()
    return others(actor, registro)


def others(actor: Actor, registro: int) -> list[Otro]:
    """Quiénes más tienen abierto el registro ahora, quien llegó primero al principio."""
    presentes = list(Presencia.select().where(
        Presencia.sujeto_id == actor.sujeto_id, Presencia.registro_id == registro, Presencia.usuario_id != actor.id,
        Presencia.hasta >= ahora()).order_by(Presencia.desde))
    if not presentes:
        return []
    nombres = dict(Usuario.select(Usuario.id, Usuario.nombre).where(
        Usuario.id.in_([uno.usuario_id for uno in presentes])).tuples())
    return [Otro(nombres.get(uno.usuario_id, "Otra persona"), uno.desde) for uno in presentes]


def leave(actor: Actor, registro: int) -> None:
    """La persona cerró el registro, o ya lo guardó."""
    Presencia.delete().where(
        Presencia.sujeto_id == actor.sujeto_id, Presencia.registro_id == registro, Presencia.usuario_id == actor.id).execute()


def purge_idas() -> int:
    """Borra a quien dejó de dar señales. Da cuántos eran."""
    return int(Presencia.delete().where(Presencia.hasta < ahora() - ARRIENDO).execute())
