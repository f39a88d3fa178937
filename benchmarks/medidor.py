"""Medir comparando: las alternativas se turnan, para que lo que estorbe a una estorbe a todas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median

CALENTAMIENTO = 3

Tarea = Callable[[], float]
"""Hace algo una vez y da lo que tardó, en milisegundos."""


def turnar(tareas: Mapping[str, Tarea], vueltas: int) -> dict[str, float]:
    """La mediana de cada tarea, después de calentar. Una vuelta hace todas, y cada vuelta empieza por otra."""
    for _ in range(CALENTAMIENTO):
        for tarea in tareas.values():
            tarea()
    nombres = list(tareas)
    tiempos: dict[str, list[float]] = {nombre: [] for nombre in nombres}
    for vuelta in range(vueltas):
        giro = vuelta % len(nombres)
        for nombre in nombres[giro:] + nombres[:giro]:
            tiempos[nombre].append(tareas[nombre]())
    return {nombre: median(medidos) for nombre, medidos in tiempos.items()}
