"""Recordar lo que falta: la Unidad se lo manda al buzón de quien lo lleva, y queda dicho qué día."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import fn

from fracciones_config import Catalogo
from models.base import db
from models.domain.cumplimiento import Cumplimiento
from models.domain.errores import NoPermitido
from models.domain.mensajes.avisos import Aviso, accrue
from models.domain.mensajes.entregas import Entrega, entrega_de, say_entrega, say_entregas
from models.domain.permissions import Accion, Actor, Objeto, Rol, puede
from models.domain.personal import Ficha, fichas_activas
from models.folios import nuevo_id
from models.mensajes import Recordatorio
from models.presentacion.numeros import contar


@dataclass(frozen=True, slots=True)
class Recordado:
    """Cuántas entregas se recordaron y a cuántas personas, cuántas ya se habían recordado hoy y cuántas no lleva nadie."""

    entregas: int
    personas: int
    ya_recordadas: int
    sin_nadie: int


@dataclass(frozen=True, slots=True)
class Reparto:
    """Lo que se recordaría a cada persona, y lo que no lleva nadie."""

    por_persona: list[tuple[Ficha, list[Cumplimiento]]]
    sin_nadie: list[Cumplimiento]


def distribute(actor: Actor, faltan: Iterable[Cumplimiento], catalogo: Catalogo) -> Reparto:
    """Reparte lo que falta entre quienes lo llevan: capturistas y administradores."""
    todas = list(faltan)
    gente = [ficha for ficha in fichas_activas(actor.sujeto_id or 0, catalogo) if ficha.rol is not Rol.UNIDAD]
    por_persona = [(ficha, suyas) for ficha in sorted(gente, key=lambda f: (f.usuario.nombre, f.usuario.id))
                   if (suyas := [uno for uno in todas if uno.formato.clave in ficha.limites])]
    llevadas = {uno.formato.clave for _, suyas in por_persona for uno in suyas}
    return Reparto(por_persona, [uno for uno in todas if uno.formato.clave not in llevadas])


def remind(actor: Actor, faltan: Iterable[Cumplimiento], catalogo: Catalogo, hoy: dt.date) -> Recordado:
    """Recuerda esas entregas, las que hoy no se han recordado. Lanza ``NoPermitido`` si no es la Unidad."""
    todas = list(faltan)
    _require(actor, todas)
    with db.atomic():
        ya = {entrega for entrega, dia in recordados_de(actor).items() if dia == hoy.isoformat()}
        nuevas = [uno for uno in todas if entrega_de(uno) not in ya]
        reparto = distribute(actor, nuevas, catalogo)
        sin_nadie = {entrega_de(uno) for uno in reparto.sin_nadie}
        recordadas = [entrega_de(uno) for uno in nuevas if entrega_de(uno) not in sin_nadie]
        _note(actor, recordadas, hoy)
        accrue(_aviso(actor, ficha, suyas) for ficha, suyas in reparto.por_persona)
    return Recordado(len(recordadas), len(reparto.por_persona), len(todas) - len(nuevas), len(sin_nadie))


def recordados_de(actor: Actor) -> dict[Entrega, str]:
    """Entrega → el último día (ISO) en que se recordó."""
    lugar = (Recordatorio.clave, Recordatorio.ejercicio, Recordatorio.periodo)
    filas = Recordatorio.select(*lugar, fn.MAX(Recordatorio.dia)).where(
        Recordatorio.sujeto_id == actor.sujeto_id).group_by(*lugar).tuples()
    return {Entrega(clave, ejercicio, periodo): dia for clave, ejercicio, periodo, dia in filas}


def _require(actor: Actor, faltan: Iterable[Cumplimiento]) -> None:
    for uno in faltan:
        if actor.sujeto_id is None or not puede(actor, Accion.PUBLICAR, Objeto(actor.sujeto_id, uno.formato.clave)):
            raise NoPermitido("Solo la Unidad de Información manda recordatorios.")


def _aviso(actor: Actor, ficha: Ficha, suyas: list[Cumplimiento]) -> Aviso:
    que = say_entrega(suyas[0]) if len(suyas) == 1 else contar(len(suyas), "entrega pendiente", "entregas pendientes")
    return Aviso(ficha.usuario.sujeto_id, ficha.usuario.id, "recordatorio", f"Recordatorio: {que}", say_entregas(suyas),
                 de=actor.nombre, de_rol=str(actor.rol), clave=suyas[0].formato.clave if len(suyas) == 1 else None)


def _note(actor: Actor, entregas: list[Entrega], hoy: dt.date) -> None:
    filas = [{"sujeto_id": actor.sujeto_id, "id": nuevo_id(), **entrega._asdict(), "dia": hoy.isoformat(), "por": actor.id}
             for entrega in entregas]
    for i in range(0, len(filas), 100):
        Recordatorio.insert_many(filas[i:i + 100]).on_conflict_ignore().execute()
