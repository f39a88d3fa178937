"""Seguir una observación: contestarla, cerrarla y reabrirla. Cada paso queda escrito en su conversación."""

from __future__ import annotations

from typing import Any

from models.base import db
from models.domain.dias_habiles import add_habiles
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.mensajes.hilos import append, ensure_entrada
from models.domain.mensajes.textos import read_texto
from models.domain.observaciones.hacer import DIAS
from models.domain.observaciones.reglas import Situacion, es_de_su_lado, le_toca_atenderla, puede_verla, visibles
from models.domain.permissions import Actor
from models.mensajes import Hilo, Mensaje, Observacion
from models.reloj import ahora, hoy


def find_observacion(actor: Actor, identificador: int) -> Observacion:
    """Una de las que ve. Lanza ``NoExiste``."""
    observacion = Observacion.select().where(*visibles(actor), Observacion.id == identificador).first()
    if observacion is None or not puede_verla(actor, observacion):
        raise NoExiste()
    return observacion  # type: ignore[no-any-return]


def can_see(actor: Actor, identificador: int) -> bool:
    """Si hoy la ve: quien la recibió y ya no lleva el formato conserva su conversación, y nada más."""
    try:
        find_observacion(actor, identificador)
    except NoExiste:
        return False
    return True


def answer_observacion(actor: Actor, observacion: Observacion, crudo: str, envio: int) -> None:
    """Contesta. Si le toca atenderla y está abierta, queda atendida. Lanza ``ActoImposible``."""
    texto = read_texto(crudo, "la respuesta")
    if observacion.situacion == Situacion.CERRADA:
        raise ActoImposible("Ya está cerrada. Si hace falta algo más, pida a quien la hizo que la reabra.")
    with db.atomic():
        if _ya_escrito(observacion, envio):
            return
        _say(actor, observacion, texto, envio)
        if le_toca_atenderla(actor, observacion):
            _move(observacion, {Situacion.ABIERTA}, Situacion.ATENDIDA, obligado=False, atendida_por=actor.id,
                  atendida_en=ahora())


def close_observacion(actor: Actor, observacion: Observacion) -> None:
    """La cierra quien la hizo, atendida o no. Lanza ``NoPermitido`` o ``ActoImposible``."""
    _require_su_lado(actor, observacion)
    with db.atomic():
        _move(observacion, {Situacion.ABIERTA, Situacion.ATENDIDA}, Situacion.CERRADA, cerrada_por=actor.id, cerrada_en=ahora())
        _say(actor, observacion, "La observación quedó cerrada.")


def reopen_observacion(actor: Actor, observacion: Observacion, motivo: str, dias: int) -> None:
    """La reabre quien la hizo, con un motivo y otros días hábiles. Lanza ``NoPermitido`` o ``ActoImposible``."""
    _require_su_lado(actor, observacion)
    motivo = read_texto(motivo, "por qué se reabre")
    if not 1 <= dias <= DIAS:
        raise ActoImposible(f"Dé de 1 a {DIAS} días hábiles para atenderla.")
    with db.atomic():
        _move(observacion, {Situacion.ATENDIDA, Situacion.CERRADA}, Situacion.ABIERTA, vence=add_habiles(hoy(), dias),
              atendida_por=None, atendida_en=None, cerrada_por=None, cerrada_en=None)
        _say(actor, observacion, f"Se reabrió la observación: {motivo}")


def _require_su_lado(actor: Actor, observacion: Observacion) -> None:
    if not es_de_su_lado(actor, observacion):
        raise NoPermitido("Solo quien hizo la observación la cierra o la reabre.")


def _say(actor: Actor, observacion: Observacion, texto: str, envio: int | None = None) -> None:
    hilo = Hilo.get(Hilo.sujeto_id == observacion.sujeto_id, Hilo.id == observacion.id)
    ensure_entrada(actor, hilo)
    append(actor, hilo, texto, envio)


def _ya_escrito(observacion: Observacion, envio: int) -> bool:
    return bool(Mensaje.select().where(Mensaje.sujeto_id == observacion.sujeto_id, Mensaje.id == envio).exists())


def _move(observacion: Observacion, de: set[Situacion], a: Situacion, obligado: bool = True, **columnas: Any) -> None:
    """Cambia la situación solo si sigue en una de las esperadas: dos decisiones a la vez son una."""
    hecho = Observacion.update(situacion=a, **columnas).where(
        Observacion.sujeto_id == observacion.sujeto_id, Observacion.id == observacion.id,
        Observacion.situacion.in_([str(s) for s in de])).execute()
    if obligado and not hecho:
        raise ActoImposible("Alguien más ya cambió esta observación; vuelva a cargar la página.")
