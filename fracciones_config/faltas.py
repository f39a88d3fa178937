"""Una falta del catálogo: dónde está, qué pasa y cómo se remedia."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Falta:
    """Una falta en un archivo del catálogo; ``linea`` y ``columna`` empiezan en 1."""

    archivo: str
    linea: int
    columna: int
    mensaje: str
    remedio: str

    def __str__(self) -> str:
        return f"{self.archivo}:{self.linea}:{self.columna}: {self.mensaje} {self.remedio}".rstrip()
