"""Los datos personales hallados, como se le dicen a una persona: dónde están, qué son (tapados) y por qué importa."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fracciones_config import Formato
from models.domain.personales import CLASES, Hallazgo, is_blocking

FALTA_DECIR = "Trae datos personales: falta decir por qué se publican"
NO_SE_PUBLICA = "Trae datos personales que no se publican"


@dataclass(frozen=True, slots=True)
class Senal:
    """Un dato personal en pantalla. ``que`` ya viene tapado; ``donde`` es la etiqueta de su celda."""

    campo: str
    donde: str
    que: str
    porque: str
    bloquea: bool


def senales_of(formato: Formato, hallazgos: Iterable[Hallazgo]) -> list[Senal]:
    """Las señales de unos hallazgos, en el orden en que se hallaron."""
    return [Senal(uno.campo, where_is(formato, uno), uno.oculto, CLASES[uno.clase].porque, uno.bloquea) for uno in hallazgos]


def where_is(formato: Formato, hallazgo: Hallazgo) -> str:
    """«Observaciones», «Participantes, renglón 2: RFC» o «Monto: el motivo de que esté vacío»."""
    campo = formato.por_nombre.get(hallazgo.campo)
    if campo is None:
        return "Un campo que ya no se usa"
    if hallazgo.fila is not None:
        columna = next((c.etiqueta for c in campo.campos if c.nombre == hallazgo.columna), "")
        return f"{campo.etiqueta}, renglón {hallazgo.fila}: {columna}"
    return f"{campo.etiqueta}: el motivo de que esté vacío" if hallazgo.columna else campo.etiqueta


def summary_of(personales: str | None, motivo: str | None) -> str:
    """Lo que se lee junto al estado; ``""`` si no hay nada que lo detenga."""
    if is_blocking(personales):
        return NO_SE_PUBLICA
    return FALTA_DECIR if personales and not motivo else ""
