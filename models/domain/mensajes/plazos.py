"""Avisar cada día lo que está por vencer y lo que venció: una vez por formato, periodo y persona.

Lo hace el proceso trabajador. Lo ya avisado queda escrito en la misma transacción que el aviso: si lo matan a la mitad o
son dos, nadie recibe lo mismo dos veces.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fracciones_config import Catalogo
from models.base import db
from models.domain.aplicabilidad import formatos_de
from models.domain.cumplimiento import FALTA, Cumplimiento, Situacion, read_cumplimiento
from models.domain.mensajes.avisos import Aviso, post_once
from models.domain.mensajes.entregas import Entrega, entrega_de, say_entregas
from models.domain.permissions import Rol
from models.domain.personal import Ficha, fichas_activas
from models.mensajes import PlazoAvisado, TareaDiaria
from models.presentacion.numeros import contar
from models.sujetos import SujetoObligado

TAREA = "plazos"
_POR_INSERCION = 100


def notify_plazos_de_todos(catalogo: Catalogo, hoy: dt.date) -> int:
    """Avisa en cada institución que hoy no lo ha hecho. Da en cuántas."""
    activos = SujetoObligado.select(SujetoObligado.id).where(SujetoObligado.activo)
    todos = [fila.id for fila in activos.order_by(SujetoObligado.id)]
    hechas = {fila.sujeto_id for fila in TareaDiaria.select().where(
        TareaDiaria.sujeto_id.in_(todos or [0]), TareaDiaria.tarea == TAREA, TareaDiaria.dia == hoy.isoformat())}
    pendientes = [sujeto_id for sujeto_id in todos if sujeto_id not in hechas]
    for sujeto_id in pendientes:
        notify_plazos(sujeto_id, catalogo, hoy)
    return len(pendientes)


def notify_plazos(sujeto_id: int, catalogo: Catalogo, hoy: dt.date) -> int:
    """Avisa en una institución; da cuántos avisos dejó."""
    faltan = [uno for uno in read_cumplimiento(sujeto_id, formatos_de(sujeto_id, catalogo), hoy)
              if uno.situacion in FALTA and uno.limite is not None]
    with db.atomic():
        TareaDiaria.insert(sujeto_id=sujeto_id, tarea=TAREA, dia=hoy.isoformat()).on_conflict_ignore().execute()
        gente = fichas_activas(sujeto_id, catalogo) if faltan else []
        avisos = [aviso for ficha in gente for aviso in _para(ficha, faltan, hoy)]
        post_once(avisos)
    return len(avisos)


def _para(ficha: Ficha, faltan: Iterable[Cumplimiento], hoy: dt.date) -> Iterable[Aviso]:
    suyas = [uno for uno in faltan if uno.formato.clave in ficha.limites or ficha.rol is Rol.UNIDAD]
    ya = {(Entrega(p.clave, p.ejercicio, p.periodo), p.situacion) for p in PlazoAvisado.select().where(
        PlazoAvisado.sujeto_id == ficha.usuario.sujeto_id, PlazoAvisado.usuario_id == ficha.usuario.id)}
    nuevas = [uno for uno in suyas if (entrega_de(uno), str(uno.situacion)) not in ya]
    _note(ficha, nuevas, hoy)
    for situacion in (Situacion.VENCIDO, Situacion.POR_VENCER):
        de_esta = sorted((uno for uno in nuevas if uno.situacion is situacion), key=lambda uno: uno.limite or hoy, reverse=True)
        if de_esta:
            yield _aviso(ficha, situacion, de_esta, hoy)


def _aviso(ficha: Ficha, situacion: Situacion, cuales: list[Cumplimiento], hoy: dt.date) -> Aviso:
    cuantas = contar(len(cuales), "entrega", "entregas")
    asunto = f"Por vencer: {cuantas}" if situacion is Situacion.POR_VENCER else f"Ya venció el plazo de {cuantas}"
    return Aviso(ficha.usuario.sujeto_id, ficha.usuario.id, str(situacion), asunto, say_entregas(cuales),
                 llave=f"plazo:{situacion}:{hoy.isoformat()}")


def _note(ficha: Ficha, nuevas: list[Cumplimiento], hoy: dt.date) -> None:
    filas = [{"sujeto_id": ficha.usuario.sujeto_id, "usuario_id": ficha.usuario.id, **entrega_de(uno)._asdict(),
              "situacion": str(uno.situacion), "dia": hoy.isoformat()} for uno in nuevas]
    for i in range(0, len(filas), _POR_INSERCION):
        PlazoAvisado.insert_many(filas[i:i + _POR_INSERCION]).on_conflict_ignore().execute()
