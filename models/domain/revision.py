"""La cola de revisión de un formato: qué registro sigue, cuál va antes y en cuál se va.

Revisar es caminar por los registros en el orden en que se capturaron. Cada paso se busca estado por estado, por su índice:
cuesta lo mismo con cien registros publicados que con un millón.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from peewee import Select, fn

from models.actos import Acto
from models.base import db
from models.domain.estados import Estado
from models.domain.listas import TOPE, Filtro, where_of
from models.domain.permissions import Accion, Actor, Rol, puede_en_formato
from models.formatos import Tabla
from models.tareas import LoteRenglon
from models.trabajos.espera import programados

POR_REVISAR: dict[Rol, tuple[Estado, ...]] = {
    Rol.UNIDAD: (Estado.CAPTURADO, Estado.REVISADO),
    Rol.ADMINISTRADOR: (Estado.CAPTURADO,),
}
"""Lo que espera a cada quien: al administrador, lo rojo; a la Unidad, también lo amarillo. Lo devuelto, a quien captura."""

ACTO_DE: dict[Rol, str] = {Rol.UNIDAD: "publicar", Rol.ADMINISTRADOR: "revisar"}
"""El acto con que cada quien aprueba."""


@dataclass(frozen=True, slots=True)
class Vecinos:
    """Dónde está un registro en su cola. ``lugar`` es nulo si ya no está en ella; con ``mas``, el total pasa del tope."""

    anterior: int | None
    siguiente: int | None
    lugar: int | None
    total: int
    mas: bool


@dataclass(frozen=True, slots=True)
class Antecedentes:
    """Quién revisó el contenido actual y la última devolución; nulo si no los hubo."""

    revision: Acto | None
    devolucion: Acto | None


def reviews(actor: Actor, tabla: Tabla) -> bool:
    """Si esta persona revisa ese formato."""
    return (actor.rol in POR_REVISAR and tabla.clave in actor.claves
            and puede_en_formato(actor, Accion.REVISAR, actor.sujeto_id or 0, tabla.clave))


def first_of(actor: Actor, tabla: Tabla, filtro: Filtro) -> int | None:
    """El primer registro de la cola; ``None`` si no hay."""
    return _extremo(actor, tabla, filtro, despues_de=0)


def neighbors_of(actor: Actor, tabla: Tabla, filtro: Filtro, registro: int) -> Vecinos:
    """El de antes y el de después, y en qué lugar de cuántos va."""
    total, antes = (_count(actor, tabla, filtro, hasta) for hasta in (None, registro))
    esta = _count(actor, tabla, filtro, registro + 1) > antes
    return Vecinos(
        anterior=_extremo(actor, tabla, filtro, antes_de=registro),
        siguiente=_extremo(actor, tabla, filtro, despues_de=registro),
        lugar=antes + 1 if esta and antes < TOPE else None, total=min(total, TOPE), mas=total > TOPE)


def antecedentes_of(fila: Any) -> Antecedentes:
    """Lo que hay que saber antes de decidir sobre un registro: se miran sus últimos veinte actos."""
    actos = list(Acto.select().where(Acto.sujeto_id == fila.sujeto_id, Acto.registro_id == fila.id)
                 .order_by(Acto.id.desc()).limit(20))
    cambio = next((i for i, acto in enumerate(actos) if acto.acto in ("capturar", "editar")), len(actos))
    revision = next((acto for acto in actos[:cambio] if acto.acto in ("revisar", "responder")), None)
    return Antecedentes(revision, next((acto for acto in actos if acto.acto == "devolver"), None))


def _estados(actor: Actor, filtro: Filtro) -> Sequence[Estado]:
    suyos = POR_REVISAR[actor.rol]
    return [estado for estado in suyos if filtro.estado in (None, estado)]


def _en_cola(actor: Actor, tabla: Tabla, filtro: Filtro) -> list[Any]:
    """Lo que la persona revisa y todavía nadie confirmó: lo que ya está por salir no se vuelve a preguntar."""
    partes = where_of(actor, tabla, filtro, Accion.REVISAR)
    lotes = [uno.lote for uno in programados(actor, tabla.clave)]
    if lotes:
        ya = LoteRenglon.select(LoteRenglon.registro_id).where(
            LoteRenglon.sujeto_id == actor.sujeto_id, LoteRenglon.lote_id.in_(lotes))
        partes.append(tabla.trabajo.id.not_in(ya))
    return partes


def _extremo(
    actor: Actor, tabla: Tabla, filtro: Filtro, despues_de: int | None = None, antes_de: int | None = None,
) -> int | None:
    modelo, hallados = tabla.trabajo, []
    for estado in _estados(actor, filtro):
        partes = _en_cola(actor, tabla, replace(filtro, estado=estado))
        if despues_de is not None:
            consulta = modelo.select(modelo.id).where(*partes, modelo.id > despues_de).order_by(modelo.id)
        else:
            consulta = modelo.select(modelo.id).where(*partes, modelo.id < antes_de).order_by(modelo.id.desc())
        hallados += [fila.id for fila in consulta.limit(1)]
    if not hallados:
        return None
    return int(min(hallados) if despues_de is not None else max(hallados))


def _count(actor: Actor, tabla: Tabla, filtro: Filtro, antes_de: int | None) -> int:
    """Cuántos hay en la cola (antes de un registro), sin contar más allá del tope."""
    modelo, n = tabla.trabajo, 0
    for estado in _estados(actor, filtro):
        partes = _en_cola(actor, tabla, replace(filtro, estado=estado))
        if antes_de is not None:
            partes.append(modelo.id < antes_de)
        interior = modelo.select(modelo.id).where(*partes).order_by(modelo.id).limit(TOPE + 1)
        n += int(Select([interior], [fn.COUNT(interior.c.id)]).bind(db).scalar())
    return min(n, TOPE + 1)
