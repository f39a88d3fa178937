"""Recordar lo que costó averiguar, mientras siga siendo cierto: la portada no recorre todo el resumen en cada visita."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Memoria(Generic[T]):
    """Guarda el último valor de ``averiguar`` mientras ``version`` dé lo mismo.

    Un solo hilo lo averigua a la vez; los demás esperan el suyo. La versión se lee antes: si algo cambia mientras se
    averigua, la siguiente vez se averigua otra vez.
    """

    def __init__(self, averiguar: Callable[[], T], version: Callable[[], object]) -> None:
        self._averiguar, self._version = averiguar, version
        self._candado = threading.Lock()
        self._guardado: tuple[object, T] | None = None

    def __call__(self) -> T:
        with self._candado:
            version = self._version()
            if self._guardado is None or self._guardado[0] != version:
                self._guardado = version, self._averiguar()
            return self._guardado[1]
