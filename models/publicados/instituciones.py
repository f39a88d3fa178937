"""Las instituciones (sujetos obligados) tal como se publicaron."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import Database

from models.preparadas import Preparada
from models.sujetos import PubSujeto, SiglasAnteriores


@dataclass(frozen=True, slots=True)
class Logo:
    """El logotipo: su huella, sus medidas en píxeles y el texto que lo dice con palabras."""

    sha256: str
    bytes: int
    ancho: int
    alto: int
    texto: str


@dataclass(frozen=True, slots=True)
class Institucion:
    """Una institución. ``datos`` trae domicilio, teléfono, horario…; ``claves``, los formatos que le aplican.

    ``enlaces`` son (nombre, dirección).
    Una extinta trae el día (ISO) en que lo fue y por qué: lo que publicó se sigue leyendo.
    """

    id: int
    siglas: str
    nombre: str
    nombre_corto: str
    poder: str
    municipio: str | None
    datos: Mapping[str, str] = field(default_factory=dict)
    claves: frozenset[str] = frozenset()
    extinto_en: str | None = None
    extinto_motivo: str | None = None
    enlaces: tuple[tuple[str, str], ...] = ()
    logo: Logo | None = None


_COLUMNAS = (PubSujeto.sujeto_id, PubSujeto.siglas, PubSujeto.nombre, PubSujeto.nombre_corto, PubSujeto.poder,
             PubSujeto.municipio, PubSujeto.datos, PubSujeto.claves, PubSujeto.extinto_en, PubSujeto.extinto_motivo)
_POR_SIGLAS = Preparada(lambda siglas: PubSujeto.select(*_COLUMNAS).where(PubSujeto.siglas == siglas))


def read_instituciones(base: Database, ids: Iterable[int] | None = None) -> list[Institucion]:
    """Las instituciones por nombre; con ``ids``, solo esas."""
    consulta = PubSujeto.select(*_COLUMNAS).order_by(PubSujeto.nombre, PubSujeto.sujeto_id)
    if ids is not None:
        consulta = consulta.where(PubSujeto.sujeto_id.in_(sorted(set(ids))))
    return [build_institucion(*fila) for fila in consulta.bind(base).tuples()]


def find_institucion(base: Database, siglas: str) -> Institucion | None:
    """La institución que hoy tiene esas siglas."""
    filas = _POR_SIGLAS(base, siglas)
    return build_institucion(*filas[0]) if filas else None


def find_siglas_de_hoy(base: Database, anteriores: str) -> str | None:
    """Las siglas que hoy tiene quien antes tuvo ``anteriores``; ``None`` si nadie las tuvo."""
    consulta = (PubSujeto.select(PubSujeto.siglas)
                .join(SiglasAnteriores, on=(SiglasAnteriores.sujeto_id == PubSujeto.sujeto_id))
                .where(SiglasAnteriores.siglas == anteriores))
    fila = consulta.bind(base).first()
    return str(fila.siglas) if fila else None


def build_institucion(
    id: int, siglas: str, nombre: str, nombre_corto: str, poder: str, municipio: str | None, datos: str, claves: str,
    extinto_en: str | None, extinto_motivo: str | None,
) -> Institucion:
    """La institución de las columnas de ``PubSujeto`` que se leen."""
    leidos = json.loads(datos)
    leidos = leidos if isinstance(leidos, dict) else {}
    return Institucion(id, siglas, nombre, nombre_corto, poder, municipio or None, _textos(leidos),
                       frozenset(json.loads(claves)), extinto_en, extinto_motivo, _enlaces(leidos), _logo(leidos))


def _textos(leidos: Mapping[str, Any]) -> dict[str, str]:
    """Solo los datos que son texto y dicen algo: lo demás no se sabría enseñar."""
    return {llave: valor.strip() for llave, valor in leidos.items() if isinstance(valor, str) and valor.strip()}


def _enlaces(leidos: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    enlaces = leidos.get("enlaces")
    return tuple((uno["nombre"], uno["direccion"]) for uno in enlaces) if isinstance(enlaces, list) else ()


def _logo(leidos: Mapping[str, Any]) -> Logo | None:
    logo = leidos.get("logo")
    return Logo(**logo) if isinstance(logo, dict) else None
