"""Cargar lo que un plan dice: cada renglón como un registro en rojo, por rebanadas, y su maestro igual que él.

Volver a cargar la misma hoja no cambia nada: si algo la interrumpe, se carga otra vez y sigue donde iba.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from models.base import db
from models.domain.actos_de_sujeto import log_acto
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import ActoImposible, ReglaRota
from models.domain.masters import require_projection, save_maestro, unproject
from models.domain.permissions import Actor
from models.domain.workflow import guardar
from models.folios import nuevo_id
from models.formatos import Tabla
from models.hojas.maestros.plan import NO_CABE, NUEVO, Plan, Renglon

REBANADA = 200
"""Renglones por transacción."""


@dataclass(slots=True)
class Volcado:
    """Cuántos nacieron, cuántos cambiaron, y los que al final no se pudieron: (fila, por qué)."""

    nuevos: int = 0
    cambiados: int = 0
    fuera: list[tuple[int, str]] = field(default_factory=list)


class _YaEstaba(Exception):
    """Otra confirmación de la misma hoja ya hizo este renglón: el maestro que se empezaba se deshace."""

    def __init__(self, identificador: int) -> None:
        super().__init__()
        self.id = identificador


def load_plan(actor: Actor, tabla: Tabla, plan: Plan, solo_buenos: bool, carga: str = "") -> Volcado:
    """Carga lo nuevo y lo que cambia. Con algo que no cabe y sin ``solo_buenos``, no carga nada.

    ``carga`` nombra a la hoja subida: dos confirmaciones de la misma, aun al mismo tiempo, hacen una sola vez cada renglón.
    Lanza ``ActoImposible`` o ``NoPermitido``.
    """
    require_projection(actor, tabla)
    assert actor.sujeto_id is not None
    if plan.de(NO_CABE) and not solo_buenos:
        raise ActoImposible("Hay renglones con errores: corríjalos, o elija cargar solo los buenos.")
    contexto, volcado = ContextoDeSujeto(actor.sujeto_id), Volcado()
    por_hacer = plan.por_hacer
    for inicio in range(0, len(por_hacer), REBANADA):
        with db.atomic():
            for renglon in por_hacer[inicio:inicio + REBANADA]:
                _load(actor, tabla, renglon, contexto, volcado, carga)
    if volcado.nuevos or volcado.cambiados:
        log_acto(actor, tabla.clave, f"Cargó desde Excel: {volcado.nuevos} nuevos y {volcado.cambiados} cambiados")
    return volcado


def _load(actor: Actor, tabla: Tabla, renglon: Renglon, contexto: ContextoDeSujeto, volcado: Volcado, carga: str,
          ) -> None:
    assert tabla.formato.proyeccion is not None and actor.sujeto_id is not None
    nuevo = renglon.id or nuevo_id()
    if renglon.lugar is not None:
        renglon.lugar.id = renglon.lugar.id or nuevo
    datos = renglon.merged()
    try:
        with db.atomic():
            save_maestro(actor.sujeto_id, tabla.formato.proyeccion.maestro, unproject(tabla.formato, datos), nuevo)
            if renglon.version is None:
                guardado = guardar(actor, tabla, datos, renglon.vacios, identificador=nuevo, contexto=contexto,
                                   envio=_envio(carga, renglon))
                if guardado.id != nuevo:
                    raise _YaEstaba(guardado.id)
            else:
                guardar(actor, tabla, datos, renglon.vacios, registro=nuevo, version=renglon.version, contexto=contexto)
    except _YaEstaba as ya:
        if renglon.lugar is not None:
            renglon.lugar.id = ya.id
        return
    except ReglaRota as error:
        volcado.fuera.append((renglon.fila, str(error)))
        return
    volcado.nuevos += renglon.accion == NUEVO
    volcado.cambiados += renglon.accion != NUEVO


def _envio(carga: str, renglon: Renglon) -> str | None:
    """El número del envío de un renglón nuevo: el mismo renglón de la misma hoja da el mismo."""
    if not carga or renglon.accion != NUEVO:
        return None
    return hashlib.sha256(f"{carga}|{renglon.fila}".encode()).hexdigest()[:32]
