"""Las instituciones (sujetos obligados) tal como se publicaron."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import Database

from models.sujetos import PubSujeto, SiglasAnteriores


@dataclass(frozen=True, slots=True)
class Institucion:
    """Una institución. ``datos`` trae domicilio, teléfono, horario…; ``claves``, los formatos que le aplican."""

    id: int
    siglas: str
    nombre: str
    nombre_corto: str
    poder: str
    municipio: str | None
    datos: Mapping[str, str] = field(default_factory=dict)
    claves: frozenset[str] = frozenset()


def read_instituciones(base: Database, ids: Iterable[int] | None = None) -> list[Institucion]:
    """Las instituciones por nombre; con ``ids``, solo esas."""
    consulta = PubSujeto.select().order_by(PubSujeto.nombre, PubSujeto.sujeto_id)
    if ids is not None:
        consulta = consulta.where(PubSujeto.sujeto_id.in_(sorted(set(ids))))
    return [_institucion(fila) for fila in consulta.bind(base)]


def find_institucion(base: Database, siglas: str) -> Institucion | None:
    """La institución que hoy tiene esas siglas."""
    fila = PubSujeto.select().where(PubSujeto.siglas == siglas).bind(base).first()
    return _institucion(fila) if fila else None


def find_siglas_de_hoy(base: Database, anteriores: str) -> str | None:
    """Las siglas que hoy tiene quien antes tuvo ``anteriores``; ``None`` si nadie las tuvo."""
    consulta = (PubSujeto.select(PubSujeto.siglas)
                .join(SiglasAnteriores, on=(SiglasAnteriores.sujeto_id == PubSujeto.sujeto_id))
                .where(SiglasAnteriores.siglas == anteriores))
    fila = consulta.bind(base).first()
    return str(fila.siglas) if fila else None


def _institucion(fila: Any) -> Institucion:
    return Institucion(
        id=fila.sujeto_id, siglas=fila.siglas, nombre=fila.nombre, nombre_corto=fila.nombre_corto, poder=fila.poder,
        municipio=fila.municipio or None, datos=_textos(fila.datos), claves=frozenset(json.loads(fila.claves)))


def _textos(datos: str) -> dict[str, str]:
    """Solo los datos que son texto y dicen algo: lo demás no se sabría enseñar."""
    leidos = json.loads(datos)
    if not isinstance(leidos, dict):
        return {}
    return {llave: valor.strip() for llave, valor in leidos.items() if isinstance(valor, str) and valor.strip()}
