"""Quién hace, ve, contesta y cierra una observación. La tabla de permisos dice lo primero; lo demás sale de ella."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from peewee import Expression

from models.domain.permissions import (
    Accion,
    Actor,
    Alcance,
    Objeto,
    Rol,
    alcance_de,
    puede,
    puede_en_todo,
)
from models.mensajes import Observacion
from models.sujetos import SujetoObligado

DE_NADIE = -1
"""Ninguna institución lleva ese número: la consulta la nombra y no encuentra nada."""


class Origen(StrEnum):
    """Quién la hizo."""

    GARANTE = "garante"
    UNIDAD = "unidad"
    AREA = "area"


class Situacion(StrEnum):
    """En qué va."""

    ABIERTA = "abierta"
    ATENDIDA = "atendida"
    CERRADA = "cerrada"


ORIGEN_DE: dict[Rol, Origen] = {Rol.GARANTE: Origen.GARANTE, Rol.UNIDAD: Origen.UNIDAD, Rol.ADMINISTRADOR: Origen.AREA}


def puede_observar(actor: Actor, objeto: Objeto) -> bool:
    """Si puede hacerla: en la institución, según su papel; del órgano garante, quien verifica, y sobre lo público."""
    if actor.rol is Rol.GARANTE:
        return puede_en_todo(actor, Accion.VERIFICAR) and (objeto.a_cargo_de is None or objeto.numero_publico > 0)
    return puede(actor, Accion.OBSERVAR, objeto)


def objeto_de(observacion: Observacion) -> Objeto:
    """El formato o el registro del que habla."""
    return Objeto(observacion.sujeto_id, observacion.clave, observacion.a_cargo_de, 0, observacion.area_id)


def puede_verla(actor: Actor, observacion: Observacion) -> bool:
    """El órgano garante ve las suyas; los demás, las de lo que pueden ver."""
    if actor.rol is Rol.GARANTE:
        return puede_en_todo(actor, Accion.VERIFICAR) and observacion.origen == Origen.GARANTE
    return puede(actor, Accion.VER, objeto_de(observacion))


def es_de_su_lado(actor: Actor, observacion: Observacion) -> bool:
    """Si es de quienes la hicieron: ellos la cierran y la reabren. A una del área la puede cerrar también su Unidad."""
    if not puede_verla(actor, observacion):
        return False
    if observacion.origen == Origen.AREA:
        return bool(actor.id == observacion.responsable_id) or actor.rol is Rol.UNIDAD
    return bool(ORIGEN_DE.get(actor.rol) == observacion.origen)


def le_toca_atenderla(actor: Actor, observacion: Observacion) -> bool:
    """Si su respuesta la da por atendida: quien la ve y no la hizo."""
    return puede_verla(actor, observacion) and not es_de_su_lado(actor, observacion)


def visibles(actor: Actor) -> list[Expression]:
    """El WHERE de las que ve, el mismo que ``puede_verla``. Siempre nombra al sujeto."""
    nada = [Observacion.sujeto_id == DE_NADIE]
    if actor.rol is Rol.GARANTE:
        if not puede_en_todo(actor, Accion.VERIFICAR):
            return nada
        todos = [fila.id for fila in SujetoObligado.select(SujetoObligado.id)]
        return [Observacion.sujeto_id.in_(todos or [0]), Observacion.origen == Origen.GARANTE]
    alcance = alcance_de(actor, Accion.VER)
    if alcance is None or actor.sujeto_id is None:
        return nada
    suyas = [Observacion.sujeto_id == actor.sujeto_id]
    if alcance is Alcance.SUJETO:
        return suyas
    return [*suyas, _de_sus_formatos(actor), *_de_su_cargo(actor, alcance)]


def _de_sus_formatos(actor: Actor) -> Any:
    """De sus formatos y, en los limitados a unas áreas, las del formato entero o de esas áreas."""
    libres = sorted(clave for clave in actor.claves if clave not in actor.areas)
    condicion = Observacion.clave.in_(libres or [""])
    for clave, areas in actor.areas.items():
        del_area = Observacion.a_cargo_de.is_null() | Observacion.area_id.in_(sorted(areas) or [0])
        condicion |= (Observacion.clave == clave) & del_area
    return condicion


def _de_su_cargo(actor: Actor, alcance: Alcance) -> list[Any]:
    if alcance is not Alcance.CARGO:
        return []
    return [Observacion.a_cargo_de.is_null() | (Observacion.a_cargo_de == actor.id)]
