"""Lo que resultó de un acto sobre varios registros: a cuáles se les hizo, y cuáles quedaron fuera y por qué."""

from dataclasses import dataclass, field

from models.domain.huellas import Hecho


@dataclass(frozen=True, slots=True)
class Fuera:
    """Un registro al que no se le hizo el acto, y por qué."""

    id: int
    razon: str


@dataclass(slots=True)
class Resultado:
    """A cuáles se les hizo (con lo que su acuse necesita) y cuáles quedaron fuera."""

    hechos: list[int] = field(default_factory=list)
    fuera: list[Fuera] = field(default_factory=list)
    constancia: list[Hecho] = field(default_factory=list)
