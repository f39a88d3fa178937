"""Cuánto se acepta leer de un libro."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limites:
    """Topes de un libro: ``bytes`` del archivo tal como llega, ``inflado`` de todas sus partes ya descomprimidas,
    ``partes`` de un comprimido, y renglones, columnas y celdas que
    se leen. ``memoria`` (bytes) y ``segundos`` son los del proceso que lo lee."""

    bytes: int = 30 * MB
    renglones: int = 200_000
    columnas: int = 600
    celdas: int = 9_000_000
    partes: int = 1_000
    inflado: int = 500 * MB
    memoria: int = 1024 * MB
    segundos: int = 300
