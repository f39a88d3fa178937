"""Una falta: la celda por corregir, qué se leyó en ella y qué se espera."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from models.hojas.receta import CLASES, Clase


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
        return f"Se leyó «{_breve(self.leido)}». {self.mensaje}"


def count_by_columna(faltas: list[Falta]) -> list[tuple[str, str, int]]:
    """(columna, clase, cuántas), de la más repetida a la menos."""
    cuentas = Counter((falta.columna, falta.clase) for falta in faltas)
    return [(columna, clase, n) for (columna, clase), n in sorted(cuentas.items(), key=lambda par: (-par[1], par[0]))]


def say_propuesta(clase: str, queda: str) -> str:
    """Lo que se dice de una corrección propuesta."""
    que = CLASES[Clase(clase)] if clase in CLASES else "Corregirlo"
    return f"Quedaría «{_breve(queda)}». {que}. Acéptela al subir el libro, o escríbala usted."


def _breve(texto: str) -> str:
    """El texto en un renglón y de 200 letras cuando más."""
    junto = " ".join(texto.split())
    return junto if len(junto) <= 200 else f"{junto[:199]}…"
