"""El directorio: las personas de una institución por área, y su baja con fecha. Sus datos se llenan en su formato.

Dar de baja a alguien retira su registro del portal y la quita de las listas; lo que ya la nombra se sigue leyendo igual.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import TipoCampo
from models.base import db
from models.domain.actos_de_sujeto import log_acto
from models.domain.bajas import (
    Freno,
    frenos_de_registros,
    parse_baja,
    require_sin_frenos,
    restore_registro,
    withdraw_registro,
)
from models.domain.errores import ActoImposible, NoExiste
from models.domain.lectores.crudo import plegar
from models.domain.masters import require_projection
from models.domain.permissions import Actor
from models.domain.proyeccion import bring_one
from models.folios import a_folio
from models.formatos import Tabla
from models.maestros import Area, Organo, Persona
from models.organos import OrganoIntegrante
from models.reloj import ahora, hoy
from models.usuarios import Usuario

TOPE = 1000
"""Personas que se enseñan de una vez; con más, se busca."""

SIN_AREA = "Sin área"


@dataclass(frozen=True, slots=True)
class Tarjeta:
    """Una persona. ``estado`` es el de su registro en el formato; nulo, todavía no lo tiene."""

    id: int
    nombre: str
    datos: dict[str, Any]
    baja_en: int | None
    estado: str | None
    publica: bool


@dataclass(slots=True)
class Grupo:
    """Las personas de un área."""

    area: str
    area_id: int | None
    personas: list[Tarjeta] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Directorio:
    """Lo que se enseña. ``total`` cuenta a todas las que coinciden, aunque no quepan."""

    grupos: list[Grupo]
    total: int


def read_directorio(sujeto_id: int, tabla: Tabla, busca: str = "", bajas: bool = False) -> Directorio:
    """Las personas vivas (o las dadas de baja) por área, en el orden del organigrama. Tres consultas, sean cuantas sean.

    ``busca`` son palabras del nombre, del cargo o del área; acentos y mayúsculas no importan.
    """
    areas = {a.id: a for a in Area.select(Area.id, Area.nombre, Area.orden).where(Area.sujeto_id == sujeto_id)}
    de_baja = Persona.baja_en.is_null(False) if bajas else Persona.baja_en.is_null()
    personas = [p for p in Persona.select().where(Persona.sujeto_id == sujeto_id, de_baja).order_by(Persona.nombre, Persona.id)
                if _coincide(p, areas, busca)]
    modelo, visibles = tabla.trabajo, personas[:TOPE]
    registros: dict[int, tuple[str, Any]] = {i: (estado, publica) for i, estado, publica in modelo.select(
        modelo.id, modelo.estado, modelo.publica).where(
        modelo.sujeto_id == sujeto_id, modelo.id.in_([p.id for p in visibles] or [0])).tuples()}
    grupos: dict[int | None, Grupo] = {}
    for persona in visibles:
        area = areas.get(persona.area_id)
        estado, publica = registros.get(persona.id, (None, None))
        cual = (area.nombre, area.id) if area else (SIN_AREA, None)
        grupo = grupos.setdefault(cual[1], Grupo(*cual))
        grupo.personas.append(Tarjeta(persona.id, persona.nombre, json.loads(persona.datos), persona.baja_en, estado,
                                      publica is not None))
    return Directorio(sorted(grupos.values(), key=lambda g: (g.area_id is None, g.area)), len(personas))


def find_persona(actor: Actor, identificador: int) -> Persona:
    """Una persona de la institución de quien pregunta, esté o no de baja. Lanza ``NoExiste``."""
    persona = Persona.get_or_none(Persona.sujeto_id == actor.sujeto_id, Persona.id == identificador)
    if persona is None:
        raise NoExiste()
    return persona  # type: ignore[no-any-return]


def frenos_de_persona(persona: Persona, tablas: Iterable[Tabla]) -> list[Freno]:
    """Dónde está: en qué órganos y con qué cuenta (la detienen), y en qué registros."""
    cuentas = Usuario.select().where(
        Usuario.sujeto_id == persona.sujeto_id, Usuario.persona_id == persona.id, Usuario.activo)
    frenos = [Freno(f"tiene la cuenta «{cuenta.usuario}»: relévela o bloquéela", "usuario", a_folio(cuenta.id), True)
              for cuenta in cuentas]
    sigue = OrganoIntegrante.hasta.is_null() | (OrganoIntegrante.hasta >= hoy())
    ids = [fila.organo_id for fila in OrganoIntegrante.select(OrganoIntegrante.organo_id).where(
        OrganoIntegrante.sujeto_id == persona.sujeto_id, OrganoIntegrante.persona_id == persona.id, sigue)]
    organos = Organo.select().where(
        Organo.sujeto_id == persona.sujeto_id, Organo.id.in_(ids or [0]), Organo.baja_en.is_null())
    frenos += [Freno(f"integra {organo.nombre}: diga hasta cuándo", "organo", a_folio(organo.id), True) for organo in organos]
    return frenos + frenos_de_registros(persona.sujeto_id, TipoCampo.SERVIDOR_PUBLICO, persona.id, tablas)


def retire_persona(actor: Actor, tabla: Tabla, persona: Persona, dia: str, tablas: Collection[Tabla]) -> None:
    """La da de baja desde un día (ISO). Lanza ``ActoImposible`` con lo que la detiene, o ``CamposInvalidos``."""
    require_projection(actor, tabla)
    if persona.baja_en is not None:
        raise ActoImposible("Esa persona ya está dada de baja.")
    instante = parse_baja(dia)
    with db.atomic():
        require_sin_frenos(frenos_de_persona(persona, tablas))
        withdraw_registro(actor, tabla, persona.id, "Dejó el cargo.")
        _mark(persona, instante)
        log_acto(actor, "directorio", f"Dio de baja a {persona.nombre}", persona.datos, persona.id)


def restore_persona(actor: Actor, tabla: Tabla, persona: Persona) -> None:
    """Deshace la baja: vuelve a las listas, y su registro queda por revisar y publicar."""
    require_projection(actor, tabla)
    if persona.baja_en is None:
        raise ActoImposible("Esa persona no está dada de baja.")
    with db.atomic():
        _mark(persona, None)
        restore_registro(actor, tabla, persona.id)
        bring_one(actor, tabla, find_persona(actor, persona.id))
        log_acto(actor, "directorio", f"Deshizo la baja de {persona.nombre}", "{}", persona.id)


def _mark(persona: Persona, baja_en: int | None) -> None:
    Persona.update(baja_en=baja_en, cambiado_en=ahora()).where(
        Persona.sujeto_id == persona.sujeto_id, Persona.id == persona.id).execute()


def _coincide(persona: Persona, areas: dict[int, Area], busca: str) -> bool:
    """Si todas las palabras están, enteras o empezadas."""
    palabras = plegar(busca).split()
    if not palabras:
        return True
    area = areas.get(persona.area_id)
    cargo = json.loads(persona.datos).get("cargo", "")
    suyas = plegar(f"{persona.nombre} {cargo} {area.nombre if area else ''}").split()
    return all(any(suya.startswith(palabra) for suya in suyas) for palabra in palabras)
