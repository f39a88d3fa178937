"""«Elija su municipio»: los que tienen instituciones, y la dirección que lleva a las de cada uno."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.domain.lectores.crudo import plegar
from models.publicados import Institucion
from portal.direcciones import with_query


@dataclass(frozen=True, slots=True)
class Municipio:
    """Un municipio: ``clave`` es como va en la dirección («ecatepec-de-morelos»)."""

    clave: str
    nombre: str
    n: int


def key_of(nombre: str) -> str:
    """El nombre, como va en una dirección."""
    return re.sub(r"[^a-z0-9]+", "-", plegar(nombre)).strip("-")


def to_municipio(nombre: str) -> str:
    """La dirección de las instituciones de un municipio."""
    return with_query("/instituciones", municipio=key_of(nombre))


def list_municipios(instituciones: list[Institucion]) -> list[Municipio]:
    """Los que tienen alguna institución, por nombre; los que solo difieren en acentos o mayúsculas son el mismo."""
    por_clave: dict[str, list[str]] = {}
    for institucion in instituciones:
        if institucion.municipio and key_of(institucion.municipio):
            por_clave.setdefault(key_of(institucion.municipio), []).append(institucion.municipio)
    return [Municipio(clave, nombres[0], len(nombres)) for clave, nombres in sorted(por_clave.items())]
