"""Cuántas páginas se pintan a la vez: una, y salen más.

Pintar es puro procesador, y Python solo deja trabajar a un hilo: con ocho a la vez se arrebatan el turno en cada consulta, y
salían 382 páginas por segundo; de dos en dos, 578; de una en una, 620. Se midió en SQLite. Lo que se manda por partes (una
descarga) no ocupa turno.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

A_LA_VEZ = 1

PACIENCIA = 0.1
"""Segundos: quien espera más que esto pasa sin turno, para que una página lenta no detenga a todas."""


class Turnos:
    """Una fila para pintar."""

    def __init__(self, a_la_vez: int = A_LA_VEZ, paciencia: float = PACIENCIA) -> None:
        self._fila, self._paciencia = threading.Semaphore(a_la_vez), paciencia

    @contextmanager
    def turno(self) -> Iterator[bool]:
        """Espera su turno, y al salir lo cede. Da falso si se cansó de esperar."""
        tocado = self._fila.acquire(timeout=self._paciencia)
        try:
            yield tocado
        finally:
            if tocado:
                self._fila.release()
