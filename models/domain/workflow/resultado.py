"""Lo que resultó de un acto sobre varios registros: a cuáles se les hizo, y cuáles quedaron fuera y por qué."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fuera:
    """Un registro al que no se le hizo el acto, y por qué."""

    id: int
    razon: str


@dataclass(slots=True)
class Resultado:
    """A cuáles se les hizo, en el orden de su id, y cuáles quedaron fuera."""

    hechos: list[int] = field(default_factory=list)
    fuera: list[Fuera] = field(default_factory=list)
