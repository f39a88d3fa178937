"""Lo que una corrección necesita saber del libro: los nombres de la institución y los periodos del formato."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fracciones_config import Formato, TipoCampo
from models.domain.periods import claves
from models.hojas.receta.nombres import Maestro, Nombres


@dataclass(frozen=True, slots=True)
class ContextoDeReceta:
    """``nombres`` va por tipo de maestro; ``periodos`` son las claves que el formato admite (vacío: cualquiera), y
    ``ejercicio``, el elegido al subir el libro."""

    nombres: Mapping[TipoCampo, Nombres] = field(default_factory=dict)
    periodos: frozenset[str] = frozenset()
    ejercicio: int | None = None


def build_contexto(formato: Formato, maestros: Mapping[str, Sequence[Maestro]], ejercicio: int | None = None
                   ) -> ContextoDeReceta:
    """El contexto de un libro. ``maestros`` va por tipo de campo (``area``, ``servidor_publico``, ``organo_colegiado``)."""
    nombres = {TipoCampo(tipo): Nombres(lista) for tipo, lista in maestros.items()}
    return ContextoDeReceta(nombres, frozenset(claves(formato.periodicidad)), ejercicio)
