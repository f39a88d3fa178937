"""Una falta: la celda por corregir, qué se leyó en ella y qué se espera."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Falta:
    """Una celda por corregir. ``fila`` es la del registro; ``celda`` puede ser de la hoja de una tabla, o no estar: entonces
    la falta es del libro entero."""

    fila: int | None
    hoja: str
    celda: str | None
    columna: str
    leido: str
    mensaje: str
    clase: str

    @property
    def nota(self) -> str:
        """Lo que dice la nota de la celda: qué se leyó y qué se espera."""
        if not self.leido or self.leido in self.mensaje:
            return self.mensaje
        return f"Se leyó «{shorten(self.leido, 80)}». {self.mensaje}"


def count_by_columna(faltas: list[Falta]) -> list[tuple[str, str, int]]:
    """(columna, clase, cuántas), de la más repetida a la menos."""
    cuentas = Counter((falta.columna, falta.clase) for falta in faltas)
    return [(columna, clase, n) for (columna, clase), n in sorted(cuentas.items(), key=lambda par: (-par[1], par[0]))]


def say_propuesta(queda: str) -> str:
    """Lo que se dice de una corrección propuesta."""
    return f"Escríbalo así: «{shorten(queda, 200)}»; o acepte la corrección en la página de la carga."


def shorten(texto: str, letras: int) -> str:
    """El texto en un renglón y de esas letras cuando más."""
    junto = " ".join(texto.split())
    return junto if len(junto) <= letras else f"{junto[:letras - 1]}…"
