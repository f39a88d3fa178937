"""El relevo de los mensajes: quien recibe ve y contesta lo de quien se va. Quién escribió cada cosa no cambia nunca."""

from __future__ import annotations

from typing import Any

from models.domain.mensajes.avisos import Aviso, accrue
from models.domain.mensajes.envio import insert_all
from models.domain.mensajes.trato import particion_de
from models.domain.permissions import Actor
from models.folios import nuevo_id
from models.mensajes import Entrada, Observacion
from models.presentacion.numeros import contar
from models.usuarios import Usuario


def hand_over_mensajes(de: Usuario, a: Usuario) -> int:
    """Copia al buzón de quien recibe las conversaciones de quien se va, y pone a su cargo sus observaciones sin cerrar.

    Da cuántas conversaciones recibió. En la transacción de quien llama. Las que ya tenía no se le duplican.
    """
    particion = particion_de(de.sujeto_id)
    suyas = (Entrada.sujeto_id == particion) & (Entrada.usuario_id == de.id) & Entrada.hilo_id.is_null(False)
    tiene = {fila.hilo_id for fila in Entrada.select(Entrada.hilo_id).where(
        Entrada.sujeto_id == particion, Entrada.usuario_id == a.id, Entrada.hilo_id.is_null(False))}
    nuevas = [_copia(entrada, a) for entrada in Entrada.select().where(suyas) if entrada.hilo_id not in tiene]
    insert_all(Entrada, nuevas)
    for columna in (Observacion.responsable_id, Observacion.a_cargo_de):
        Observacion.update({columna: a.id}).where(
            Observacion.sujeto_id == particion, columna == de.id, Observacion.situacion != "cerrada").execute()
    return len(nuevas)


def notify_relevo(actor: Actor, de: Usuario, a: Usuario, registros: int, conversaciones: int) -> None:
    """Le dice a quien recibe qué recibió."""
    que = " y ".join([contar(registros, "registro", "registros"), contar(conversaciones, "conversación", "conversaciones")])
    accrue([Aviso(particion_de(a.sujeto_id), a.id, "relevo", f"Recibió lo que llevaba {de.nombre}",
                  f"Ahora está a su cargo: {que}. Quién capturó cada registro no cambia.", de=actor.nombre,
                  de_rol=str(actor.rol))])


def _copia(entrada: Entrada, a: Usuario) -> dict[str, Any]:
    """La misma entrada, en otro buzón: lo que estaba sin leer sigue sin leer."""
    return {**entrada.__data__, "id": nuevo_id(), "usuario_id": a.id, "llave": f"hilo:{entrada.hilo_id}"}
