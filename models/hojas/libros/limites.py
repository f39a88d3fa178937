"""Cuánto se acepta leer de un libro."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limites:
    """Topes de un libro: ``bytes`` del archivo tal como llega, ``inflado`` de todas sus partes ya descomprimidas,
    ``partes`` de un comprimido, y renglones, columnas y hojas que se leen."""

    bytes: int = 30 * MB
    renglones: int = 200_000
    columnas: int = 600
    hojas: int = 150
    partes: int = 1_000
    inflado: int = 600 * MB
    memoria: int = 1024 * MB
    segundos: int = 300


SEGUIDOS_EN_BLANCO = 1_000
"""Renglones vacíos seguidos con que se da por terminada una hoja."""
