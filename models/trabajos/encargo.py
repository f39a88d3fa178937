"""Confirmar un lote: hacerlo en el acto si es corto, o encargarlo al trabajador si es largo."""

from __future__ import annotations

from models.base import db
from models.domain.catalogo_vigente import CatalogoMovido, vigente
from models.domain.lotes import confirm_lote, find_lote, parametros_de, run_rebanada
from models.domain.permissions import Actor
from models.formatos import Tabla
from models.tareas import Lote, Trabajo
from models.trabajos.cola import enqueue

EN_LINEA = 200
"""Renglones de un lote que se hacen en la misma petición; los demás van al trabajador."""


def confirm_and_do(actor: Actor, tabla: Tabla, lote: Lote, motivo: str) -> Trabajo | None:
    """Confirma el lote una sola vez, y lo hace o lo encarga. Da el trabajo encargado; ``None`` si ya quedó (o ya estaba).

    Todo va en una transacción: si matan al proceso a la mitad, tampoco quedó confirmado, y confirmar de nuevo lo hace.
    Si el formato cambia entretanto, se empieza otra vez con el nuevo: cada registro se vuelve a revisar.
    """
    while True:
        try:
            with db.atomic():
                return _confirm_and_do(actor, tabla, lote, motivo)
        except CatalogoMovido:
            tabla = vigente.recargar().tablas[tabla.clave]


def _confirm_and_do(actor: Actor, tabla: Tabla, lote: Lote, motivo: str) -> Trabajo | None:
    if not confirm_lote(actor, lote, motivo):
        return None
    if lote.n > EN_LINEA:
        return enqueue(lote.sujeto_id, "lote", parametros_de(lote), actor.id, lote.n)
    confirmado = find_lote(actor, lote.id)
    assert confirmado is not None
    run_rebanada(actor, tabla, confirmado, tamano=EN_LINEA)
    return None
