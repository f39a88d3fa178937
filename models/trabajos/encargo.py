"""Confirmar un lote: hacerlo en el acto si es corto, o encargarlo al trabajador si es largo."""

from __future__ import annotations

from models.base import db
from models.domain.catalogo_vigente import CatalogoMovido, vigente
from models.domain.lotes import Confirmacion, confirm_lote, find_lote, parametros_de, run_rebanada
from models.domain.permissions import Actor
from models.formatos import Tabla
from models.tareas import Lote, Trabajo
from models.trabajos.cola import enqueue

EN_LINEA = 200
"""Renglones de un lote que se hacen en la misma petición; los demás van al trabajador."""


def confirm_and_do(actor: Actor, tabla: Tabla, lote: Lote, dicho: Confirmacion) -> Trabajo | None:
    """Confirma el lote una sola vez, y lo hace o lo encarga. Da el trabajo encargado; ``None`` si ya quedó (o ya estaba).

    Todo va en una transacción: si matan al proceso a la mitad, tampoco quedó confirmado, y confirmar de nuevo lo hace.
    Si el formato cambia entretanto, se empieza otra vez con el nuevo: cada registro se vuelve a revisar.
    """
    while True:
        try:
            with db.atomic():
                return _confirm_and_do(actor, tabla, lote, dicho)
        except CatalogoMovido:
            tabla = vigente.recargar().tablas[tabla.clave]


def _confirm_and_do(actor: Actor, tabla: Tabla, lote: Lote, dicho: Confirmacion) -> Trabajo | None:
    if not confirm_lote(actor, lote, dicho):
        return None
    if lote.n > EN_LINEA or dicho.desde is not None:
        return _entrust(actor, lote, dicho.desde)
    confirmado = find_lote(actor, lote.id)
    assert confirmado is not None
    run_rebanada(actor, tabla, confirmado, tamano=EN_LINEA)
    return None


def _entrust(actor: Actor, lote: Lote, desde: int | None) -> Trabajo:
    trabajo = enqueue(lote.sujeto_id, "lote", parametros_de(lote), actor.id, lote.n, desde)
    Lote.update(trabajo_id=trabajo.id).where(Lote.sujeto_id == lote.sujeto_id, Lote.id == lote.id).execute()
    return trabajo
