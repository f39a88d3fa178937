"""De qué tamaño se mide y dónde: lo dicen las variables ``BENCH_…``.

``BENCH_FILAS``     registros del formato grande (1000000)
``BENCH_RAPIDO=1``  50,000 registros y menos repeticiones, para la integración continua
``BENCH_CARPETA``   dónde quedan las bases; si ya están ahí, se usan otra vez. Sin ella, se hacen y se borran
``BENCH_FIGURAS``   cuáles medir, por su nombre y separadas por comas; sin ella, todas
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

COMPLETO, RAPIDO = 1_000_000, 50_000


@dataclass(frozen=True, slots=True)
class Plan:
    """``vueltas``: cuántas veces se pide cada página que se compara; siempre se informa la mediana.

    ``arranques`` y ``cambios``: cuántas veces se levanta el sistema y se cambia el catálogo. ``peticiones``: las que hace
    cada persona de la multitud con que se mide la memoria. ``capturas`` y ``lote``: registros que se capturan de uno en
    uno, y que se publican juntos. ``areas``: las del organigrama grande; ``renglones_de_libro``: los del que se carga.
    ``rondas`` y ``segundos``: cuántas veces, y cuánto cada una, se aprieta a cada servidor que se compara; ``muchedumbre``, los
    segundos que dura la de lectores y escritores.
    """

    filas: int
    instituciones: int
    vueltas: int
    arranques: int
    cambios: int
    peticiones: int
    capturas: int
    lote: int
    areas: int
    renglones_de_libro: int
    rondas: int
    segundos: float
    muchedumbre: float
    carpeta: Path | None
    figuras: tuple[str, ...]

    @property
    def es_completo(self) -> bool:
        """Si hay bastantes registros para exigir lo que solo se nota con un millón."""
        return self.filas >= COMPLETO

    @property
    def pocas(self) -> int:
        """El tamaño chico con que se compara la oficina."""
        return min(1000, self.filas)

    @property
    def medianas(self) -> int:
        """El tamaño chico con que se compara el portal."""
        return min(10_000, self.filas)


def read_plan(variables: Mapping[str, str] = os.environ) -> Plan:
    """El plan que piden las variables."""
    filas = int(variables.get("BENCH_FILAS") or (RAPIDO if variables.get("BENCH_RAPIDO") == "1" else COMPLETO))
    carpeta = variables.get("BENCH_CARPETA")
    return Plan(
        filas, **_repeticiones(filas), carpeta=Path(carpeta).resolve() if carpeta else None,
        figuras=tuple(filter(None, variables.get("BENCH_FIGURAS", "").split(","))))


def _repeticiones(filas: int) -> dict[str, int]:
    if filas >= COMPLETO:
        return {"instituciones": 300, "vueltas": 41, "arranques": 7, "cambios": 7, "peticiones": 40, "capturas": 300,
                "lote": 10_000, "areas": 2000, "renglones_de_libro": 100_000,
                "rondas": 5, "segundos": 2.0, "muchedumbre": 30.0}
    if filas >= RAPIDO:
        return {"instituciones": 300, "vueltas": 15, "arranques": 3, "cambios": 3, "peticiones": 10, "capturas": 100,
                "lote": 10_000, "areas": 2000, "renglones_de_libro": 20_000,
                "rondas": 3, "segundos": 1.0, "muchedumbre": 8.0}
    return {"instituciones": 5, "vueltas": 2, "arranques": 1, "cambios": 1, "peticiones": 1, "capturas": 3,
            "lote": filas, "areas": 40, "renglones_de_libro": 50, "rondas": 1, "segundos": 0.2,
            "muchedumbre": 1.0}  # apenas para probar que la medida corre
