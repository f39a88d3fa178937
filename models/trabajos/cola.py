"""La cola: encolar, tomar con arriendo, avanzar y terminar. Todo por comparación, para que dos nunca hagan lo mismo."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.base import db
from models.folios import nuevo_id
from models.reloj import ahora
from models.tareas import Trabajo

ARRIENDO = 30_000
"""Milisegundos que un trabajador tiene un trabajo sin dar señales."""

INTENTOS = 5

APARTE = frozenset({"volcado"})
"""Los tipos que no hacen cola con los demás: nadie los espera y duran mucho."""


@dataclass(frozen=True, slots=True)
class Avance:
    """Por dónde va un trabajo. Sin ``firme``, lo hecho no sobrevive a una muerte: el siguiente empieza otra vez, así que
    avanzar no le perdona intentos. ``total`` nulo: el que ya tenía."""

    hecho: int
    total: int | None = None
    firme: bool = True


Rendirse = Callable[[Trabajo], None]
"""Qué hacer, además de darlo por fallido, con el trabajo que se interrumpió demasiadas veces."""



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


def is_libre(aparte: bool = False) -> Any:
    """Que un trabajo espere quien lo tome: los de todos o, con ``aparte``, los que no hacen cola con ellos."""
    suyos = Trabajo.tipo.in_(sorted(APARTE)) if aparte else Trabajo.tipo.not_in(sorted(APARTE))
    return Trabajo.estado.in_(["pendiente", "en_curso"]) & (Trabajo.arriendo < ahora()) & suyos


def take(dueno: str, rendirse: Mapping[str, Rendirse] | None = None, aparte: bool = False) -> Trabajo | None:
    """Toma el trabajo más antiguo que esté libre o cuyo arriendo venció; ``None`` si no hay.

    El que ya se interrumpió ``INTENTOS`` veces no se toma más: se da por fallido, y ``rendirse`` dice qué más se le hace.
    """
    instante = ahora()
    with db.atomic():
        libre = Trabajo.select().where(is_libre(aparte)).order_by(Trabajo.id).first()
        if libre is None:
            return None
        if libre.intentos >= INTENTOS:
            finish(libre, "fallido", {"mensaje": "Se interrumpió varias veces; avise a soporte."})
            if rendirse and libre.tipo in rendirse:
                rendirse[libre.tipo](libre)
            return None
        tomado = Trabajo.update(
            estado="en_curso", dueno=dueno, arriendo=instante + ARRIENDO, intentos=Trabajo.intentos + 1,
        ).where(_es(libre), Trabajo.arriendo == libre.arriendo).execute()
    return Trabajo.get_or_none(_es(libre)) if tomado else None


def claim(trabajo: Trabajo, dueno: str) -> Trabajo | None:
    """Toma ese trabajo, aunque esté a la espera, para hacerlo aquí mismo; ``None`` si otro ya lo tiene."""
    tomado = Trabajo.update(
        estado="en_curso", dueno=dueno, arriendo=ahora() + ARRIENDO, intentos=Trabajo.intentos + 1,
    ).where(_es(trabajo), Trabajo.estado == "pendiente").execute()
    return Trabajo.get_or_none(_es(trabajo)) if tomado else None


def advance(trabajo: Trabajo, dueno: str, hecho: int | Avance) -> bool:
    """Apunta el avance y renueva el arriendo. Falso si ya no es de ``dueno`` o la persona lo canceló."""
    avance = hecho if isinstance(hecho, Avance) else Avance(hecho)
    cambios: dict[str, Any] = {"hecho": avance.hecho, "cambiado_en": ahora(), "arriendo": ahora() + ARRIENDO}
    cambios |= {} if avance.total is None else {"total": avance.total}
    cambios |= {"intentos": 0} if avance.firme else {}
    return bool(Trabajo.update(**cambios).where(
        _es(trabajo), Trabajo.dueno == dueno, Trabajo.estado == "en_curso").execute())


def renew(trabajo: Trabajo, dueno: str) -> bool:
    """Renueva el arriendo mientras se hace algo largo que no avisa."""
    return bool(Trabajo.update(arriendo=ahora() + ARRIENDO).where(
        _es(trabajo), Trabajo.dueno == dueno, Trabajo.estado == "en_curso").execute())


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
