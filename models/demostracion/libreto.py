"""Lee los datos de la demostración: ``textos/*.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

CARPETA = Path(__file__).parent / "textos"


@dataclass(frozen=True, slots=True)
class Ficha:
    """Una institución de la demostración. ``clase`` dice qué organigrama y qué normas le tocan."""

    siglas: str
    nombre: str
    nombre_corto: str
    poder: str
    clase: str
    municipio: str
    domicilio: str
    no_le_obliga_el_articulo: int | None = None

    @property
    def lugar(self) -> str:
        """Lo que va donde un ejemplo dice «Metepec»."""
        return self.municipio if self.clase == "ayuntamiento" else self.nombre_corto


@lru_cache
def read(nombre: str) -> Any:
    """El contenido de ``textos/<nombre>.yaml``."""
    return yaml.safe_load((CARPETA / f"{nombre}.yaml").read_text(encoding="utf-8"))


def fichas() -> list[Ficha]:
    """Las instituciones, en el orden en que se dan de alta."""
    return [Ficha(**datos) for datos in read("instituciones")]
