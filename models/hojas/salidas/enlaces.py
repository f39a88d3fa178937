"""A dónde llevan un registro y sus archivos, sin depender de una petición: el cuerpo se escribe cuando ya terminó."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Enlaces:
    """Las direcciones de una salida.

    ``base`` es ``https://ipomex.org.mx``; vacía, las direcciones empiezan en ``/``. Lo público lleva a la página permanente de
    la ciudadanía; lo de trabajo (``de_trabajo``), a la de la oficina, que también abre lo que todavía no es público.
    """

    base: str = ""
    de_trabajo: bool = False

    def registro(self, siglas: str, clave: str) -> str:
        """Con qué empieza la dirección de un registro: se le agrega su folio."""
        return f"{self.base}/ipo/f/{clave}/detalle?id=" if self.de_trabajo else f"{self.base}/{siglas}/{clave}/r/"

    def archivo(self, siglas: str, clave: str, dato: Mapping[str, Any]) -> str:
        """La descarga de un archivo; el nombre va solo para que se lea."""
        if self.de_trabajo:
            return f"{self.base}/ipo/f/{clave}/archivo/{dato['id']}"
        return f"{self.base}/{siglas}/archivo/{dato['id']}/{_quote(dato['nombre'])}"


@lru_cache(maxsize=4096)
def _quote(nombre: str) -> str:
    return quote(nombre, safe="")
