"""La cola: encolar, tomar con arriendo, avanzar y terminar. Todo por comparación, para que dos nunca hagan lo mismo."""

from __future__ import annotations

import json
from typing import Any

from models.base import db
from models.folios import nuevo_id
from models.reloj import ahora
from models.tareas import Trabajo

ARRIENDO = 30_000
"""Milisegundos que un trabajador tiene un trabajo sin dar señales."""

INTENTOS = 5


def enqueue(
    sujeto_id: int, tipo: str, parametros: dict[str, Any], creado_por: int, total: int, desde: int | None = None,
) -> Trabajo:
    """Deja un trabajo pendiente y lo da. Antes del instante ``desde`` nadie puede tomarlo: está arrendado a la espera."""
    instante = ahora()
    return Trabajo.create(  # type: ignore[no-any-return]
        sujeto_id=sujeto_id, id=nuevo_id(), tipo=tipo, parametros=json.dumps(parametros), total=total,
        arriendo=desde or 0, creado_por=creado_por, creado_en=instante, cambiado_en=instante)


def undo(trabajo: Trabajo, mensaje: str) -> bool:
    """Cancela un trabajo que nadie ha tomado. Falso si ya empezó: entonces ya se está viendo lo que hizo."""
    return bool(Trabajo.update(
        estado="cancelado", resultado=json.dumps({"mensaje": mensaje}, ensure_ascii=False), arriendo=0, cambiado_en=ahora(),
    ).where(_es(trabajo), Trabajo.estado == "pendiente").execute())


def take(dueno: str) -> Trabajo | None:
    """Toma el trabajo más antiguo que esté libre o cuyo arriendo venció; ``None`` si no hay."""
    instante = ahora()
    with db.atomic():
        libre = Trabajo.select().where(
            Trabajo.estado.in_(["pendiente", "en_curso"]), Trabajo.arriendo < instante,
        ).order_by(Trabajo.id).first()
        if libre is None:
            return None
        if libre.intentos >= INTENTOS:
            finish(libre, "fallido", {"mensaje": "Se interrumpió varias veces; avise a soporte."})
            return None
        tomado = Trabajo.update(
            estado="en_curso", dueno=dueno, arriendo=instante + ARRIENDO, intentos=Trabajo.intentos + 1,
        ).where(_es(libre), Trabajo.arriendo == libre.arriendo).execute()
    return Trabajo.get_or_none(_es(libre)) if tomado else None


def advance(trabajo: Trabajo, dueno: str, hecho: int) -> bool:
    """Apunta el avance y renueva el arriendo. Falso si ya no es de ``dueno`` o la persona lo canceló."""
    instante = ahora()
    return bool(Trabajo.update(
        hecho=hecho, arriendo=instante + ARRIENDO, intentos=0, cambiado_en=instante,
    ).where(_es(trabajo), Trabajo.dueno == dueno, Trabajo.estado == "en_curso").execute())


def finish(trabajo: Trabajo, estado: str, resultado: dict[str, Any]) -> None:
    """Cierra un trabajo: ``terminado``, ``fallido`` o ``cancelado``."""
    Trabajo.update(
        estado=estado, resultado=json.dumps(resultado, ensure_ascii=False), arriendo=0, cambiado_en=ahora(),
    ).where(_es(trabajo)).execute()


def find_trabajo(sujeto_id: int, usuario_id: int, identificador: int) -> Trabajo | None:
    """El trabajo de esa persona; ``None`` si no existe o no es suyo."""
    return Trabajo.get_or_none(  # type: ignore[no-any-return]
        Trabajo.sujeto_id == sujeto_id, Trabajo.id == identificador, Trabajo.creado_por == usuario_id)


def _es(trabajo: Trabajo) -> Any:
    return (Trabajo.sujeto_id == trabajo.sujeto_id) & (Trabajo.id == trabajo.id)
