"""Recordar un rato lo que costó mucho averiguar, para que la portada no recorra todo el resumen en cada visita."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

BARATO = 0.02
"""Segundos: lo que cuesta menos no se recuerda, y así siempre está al instante."""

VECES = 20
"""Lo caro se recuerda por veinte veces lo que costó: cuando más, el 5 % del tiempo se va en averiguarlo."""


class Memoria(Generic[T]):
    """Guarda el último valor de ``averiguar``. Un solo hilo lo averigua a la vez; los demás esperan el suyo."""

    def __init__(self, averiguar: Callable[[], T], reloj: Callable[[], float] = time.monotonic) -> None:
        self._averiguar, self._reloj = averiguar, reloj
        self._candado = threading.Lock()
        self._guardado: tuple[T, float] | None = None

    def __call__(self) -> T:
        with self._candado:
            inicio = self._reloj()
            if self._guardado is not None and inicio < self._guardado[1]:
                return self._guardado[0]
            valor = self._averiguar()
            fin = self._reloj()
            costo = fin - inicio
            self._guardado = (valor, fin + costo * VECES) if costo > BARATO else None
            return valor
