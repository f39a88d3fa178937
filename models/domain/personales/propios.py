"""Los teléfonos, correos y dominios de la propia institución: esos son públicos, aunque estén en medio de un texto."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from models.sujetos import SujetoObligado

PARTICULARES = re.compile(
    r"(?:g(?:oogle)?mail|hotmail|outlook|ya?hoo|ymail|rocketmail|live|msn|icloud|me|mac|prodigy|aol|proton(?:mail)?|pm|gmx|zoho"
    r"|infinitum|telmexmail|terra|latinmail)\.(?:com|net|org|es|mx|me|ch|de)(?:\.[a-z]{2})?")
"""Los dominios donde cualquiera abre su correo."""


@dataclass(frozen=True, slots=True)
class Propios:
    """Lo que es de la institución. Teléfonos de diez cifras; correos y dominios, en minúsculas."""

    telefonos: frozenset[str] = frozenset()
    correos: frozenset[str] = frozenset()
    dominios: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, list[str]]:
        """Para mandarlo a otro proceso."""
        return {"telefonos": sorted(self.telefonos), "correos": sorted(self.correos), "dominios": sorted(self.dominios)}

    @classmethod
    def from_json(cls, dicho: Mapping[str, Iterable[str]]) -> Propios:
        """Lo que ``to_json`` dio."""
        return cls(**{parte: frozenset(dicho.get(parte, ())) for parte in ("telefonos", "correos", "dominios")})

    def has_dominio(self, dominio: str) -> bool:
        """Si el dominio es suyo, o está dentro de uno suyo."""
        return any(dominio == propio or dominio.endswith(f".{propio}") for propio in self.dominios)


SIN_PROPIOS = Propios()


def propios_of(datos: Mapping[str, Any]) -> Propios:
    """Los que dice la configuración de una institución (``SujetoObligado.datos``, ya leído)."""
    telefonos = frozenset(ten_digits(str(datos[llave])) for llave in ("telefono", "unidad_telefono") if datos.get(llave))
    correos = frozenset(str(datos[llave]).lower() for llave in ("correo", "unidad_correo") if datos.get(llave))
    dominios = {correo.rpartition("@")[2] for correo in correos}
    dominios.add((urlsplit(str(datos.get("sitio") or "")).hostname or "").removeprefix("www."))
    propios = frozenset(dominio for dominio in dominios if "." in dominio and not PARTICULARES.fullmatch(dominio))
    return Propios(telefonos - {""}, correos, propios)


def read_propios(sujeto_id: int) -> Propios:
    """Los de una institución, de la base."""
    datos = SujetoObligado.select(SujetoObligado.datos).where(SujetoObligado.id == sujeto_id).scalar()
    return propios_of(json.loads(datos or "{}"))


_PREFIJO = re.compile(r"(?:521?|01|04[45])(?=\d{10}$)")


def ten_digits(escrito: str) -> str:
    """Las diez cifras de un teléfono, sin prefijo ni extensión; ``""`` si no son diez."""
    cifras = _PREFIJO.sub("", re.sub(r"\D", "", re.split(r"[A-Za-z]", escrito, maxsplit=1)[0]))
    return cifras if len(cifras) == 10 else ""
