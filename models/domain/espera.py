"""Lo que espera a alguien: cuánto lleva cada formato y quién lo movió al último, y lo devuelto, registro por registro.

Cada cosa en una sola consulta, sean cuantos sean los formatos y los registros.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

from peewee import Value

from models.base import db
from models.domain.estados import Estado
from models.domain.permissions import Accion, Actor, Rol, condiciones
from models.formatos import Tabla, waits
from models.preparadas import Preparada, fetch_juntas

POR_CONSULTA = 100
"""Formatos por consulta: SQLite no une más de 500."""


@dataclass(frozen=True, slots=True)
class Espera:
    """De un formato: el instante en que empezó a esperar lo más viejo, y quién hizo el último cambio y cuándo."""

    desde: int
    ultimo: int
    quien: int


def waits_of(actor: Actor, tablas: Iterable[Tabla], estados: Sequence[Estado]) -> dict[str, Espera]:
    """clave → su espera, de los formatos que tienen algo en alguno de esos estados."""
    todas = list(tablas)
    esperas: dict[str, Espera] = {}
    for i in range(0, len(todas), POR_CONSULTA):
        esperas |= _waits(actor, todas[i:i + POR_CONSULTA], estados)
    return esperas


def _waits(actor: Actor, tablas: list[Tabla], estados: Sequence[Estado]) -> dict[str, Espera]:
    limites = {tabla.clave: actor.areas.get(tabla.clave) for tabla in tablas}
    partes = [_extremo(actor.rol, limites[tabla.clave], tabla, estado, al_reves)
              for tabla in tablas for estado in estados for al_reves in (False, True)]
    if not partes:
        return {}
    hallados: dict[str, list[tuple[int, int]]] = {}
    for clave, instante, quien in fetch_juntas(db.obj, partes, actor.sujeto_id, actor.id):
        hallados.setdefault(clave, []).append((instante, quien))
    return {clave: Espera(min(pares)[0], *max(pares)) for clave, pares in hallados.items()}


@lru_cache(maxsize=4096)
def _extremo(rol: Rol, areas: frozenset[int] | None, tabla: Tabla, estado: Estado, al_reves: bool) -> Preparada:
    """El registro que lleva más (o menos) tiempo en un estado, por el índice de lo que espera. Redactarla cuesta más que
    hacerla, y con sesenta formatos son cientos: se redacta una vez por formato."""
    modelo = tabla.trabajo
    orden = modelo.cambiado_en.desc() if al_reves else modelo.cambiado_en

    def redactar(sujeto_id: Any, persona_id: Any) -> Any:
        quien = Actor(persona_id, "", rol, sujeto_id, frozenset({tabla.clave}), {} if areas is None else {tabla.clave: areas})
        uno = modelo.select(Value(tabla.clave).alias("clave"), modelo.cambiado_en, modelo.cambiado_por).where(
            *condiciones(quien, Accion.VER, tabla), waits(modelo), modelo.estado == str(estado),
        ).order_by(orden).limit(1).alias("uno")
        return modelo.select(uno.c.clave, uno.c.cambiado_en, uno.c.cambiado_por).from_(uno)

    return Preparada(redactar)


def returned_of(actor: Actor, tablas: Iterable[Tabla], hasta: int = 6) -> list[tuple[Tabla, Any]]:
    """Los últimos registros devueltos que la persona puede corregir, con su tabla; el más reciente primero."""
    por_clave = {tabla.clave: tabla for tabla in list(tablas)[:POR_CONSULTA]}
    if not por_clave:
        return []
    filas = reduce(lambda junto, otra: junto.union_all(otra), (_devueltos(actor, t, hasta) for t in por_clave.values()))
    leidas = [(por_clave[fila.clave], fila) for fila in filas.objects()]
    return sorted(leidas, key=lambda par: -par[1].cambiado_en)[:hasta]


def _devueltos(actor: Actor, tabla: Tabla, hasta: int) -> Any:
    modelo = tabla.trabajo
    uno = modelo.select(
        Value(tabla.clave).alias("clave"), modelo.id, modelo.contenido, modelo.motivo, modelo.cambiado_en,
    ).where(*condiciones(actor, Accion.EDITAR, tabla), waits(modelo), modelo.estado == str(Estado.DEVUELTO)).order_by(
        modelo.cambiado_en.desc()).limit(hasta).alias("uno")
    return modelo.select(uno.c.clave, uno.c.id, uno.c.contenido, uno.c.motivo, uno.c.cambiado_en).from_(uno)
