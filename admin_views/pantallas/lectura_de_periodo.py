"""El ejercicio y el periodo que se eligen al pedir una plantilla o al cargar un libro; lo que no se entiende es «todos»."""

from __future__ import annotations

from collections.abc import Mapping

from fracciones_config import Formato
from models.domain.lectores.tiempos import ANIO_MAXIMO, ANIO_MINIMO
from models.domain.periods import claves


def read_periodo(formato: Formato, dicho: Mapping[str, str]) -> tuple[int | None, str | None]:
    """``(ejercicio, periodo)``. Un formato vigente no los tiene, y un periodo sin su ejercicio no dice nada."""
    if formato.es_vigente:
        return None, None
    anio, periodo = dicho.get("ejercicio", ""), dicho.get("periodo", "")
    es_anio = anio.isascii() and anio.isdigit() and len(anio) == 4 and ANIO_MINIMO <= int(anio) <= ANIO_MAXIMO
    if not es_anio:
        return None, None
    return int(anio), periodo if periodo in claves(formato.periodicidad) else None
