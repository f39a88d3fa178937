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

FILAS, FILAS_RAPIDAS = 1_000_000, 50_000


@dataclass(frozen=True, slots=True)
class Plan:
    """``vueltas``: cuántas veces se pide cada página que se compara; siempre se informa la mediana."""

    filas: int
    vueltas: int
    arranques: int
    carpeta: Path | None
    figuras: tuple[str, ...]

    @property
    def instituciones(self) -> int:
        """Las trescientas del Estado, salvo cuando apenas se prueba que la medida corra."""
        return 300 if self.filas >= FILAS_RAPIDAS else 10

    @property
    def completo(self) -> bool:
        """Si hay bastantes registros para exigir lo que solo se nota con un millón."""
        return self.filas >= FILAS

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
    rapido = variables.get("BENCH_RAPIDO") == "1"
    filas = int(variables.get("BENCH_FILAS") or (FILAS_RAPIDAS if rapido else FILAS))
    carpeta = variables.get("BENCH_CARPETA")
    return Plan(filas, vueltas=15 if rapido else 41, arranques=3 if rapido else 5,
                carpeta=Path(carpeta).resolve() if carpeta else None,
                figuras=tuple(filter(None, variables.get("BENCH_FIGURAS", "").split(","))))
