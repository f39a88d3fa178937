"""El pulso de lo público: lo que dice si una página que se recordó todavía vale."""

from __future__ import annotations

from collections.abc import Iterable

from peewee import Database, fn

from models.preparadas import Preparada
from models.pulso import PubPulso

_DE = Preparada(lambda sujeto_id: PubPulso.select(PubPulso.n).where(PubPulso.sujeto_id == sujeto_id))
_DE_TODOS = Preparada(lambda: PubPulso.select(fn.SUM(PubPulso.n), fn.MAX(PubPulso.n)))


class Pulso:
    """Lee el pulso. Léalo antes que lo que va a recordar: si algo cambia entre medio, lo recordado ya no valdrá."""

    def __init__(self, base: Database) -> None:
        self.base = base

    def de(self, sujeto_id: int) -> int:
        """El de una institución; 0 si nunca ha publicado nada. Es también el instante de su último cambio."""
        filas = _DE(self.base, sujeto_id)
        return int(filas[0][0]) if filas else 0

    def de_todos(self) -> int:
        """Uno que cambia cuando cambia el de cualquiera: la suma, porque cada uno solo crece."""
        [(suma, _)] = _DE_TODOS(self.base)
        return int(suma or 0)

    def de_varios(self, ids: Iterable[int]) -> int:
        """Uno que cambia cuando cambia el de cualquiera de esas instituciones."""
        filas = PubPulso.select(fn.SUM(PubPulso.n)).where(PubPulso.sujeto_id.in_(sorted(ids) or [0]))
        [(suma,)] = filas.bind(self.base).tuples()
        return int(suma or 0)

    def ultimo(self) -> int:
        """El instante del último cambio de todos; 0 si nadie ha publicado."""
        [(_, ultimo)] = _DE_TODOS(self.base)
        return int(ultimo or 0)
