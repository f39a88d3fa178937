"""Las primeras filas de cada hoja de un libro ya abierto, vistas como celdas: bastan para reconocer la forma oficial."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from fracciones_config.sipot import LibroInvalido, LibroSipot
from fracciones_config.sipot.libro import find_principal, read_forma
from models.hojas.libros.apertura import Libro

A_LA_VISTA = 14
"""Filas que se miran de cada hoja."""


class Asomo:
    """Un libro, por sus primeras filas. Sus listas no se leen: las opciones las dice el formato."""

    def __init__(self, libro: Libro) -> None:
        self.nombres = tuple(p.nombre for p in libro.pestanas if p.de_celdas and not p.nombre.startswith("Hidden_"))
        self._libro = libro
        self._vistas: dict[str, list[list[Any]]] = {}
        self._propios: Mapping[str, str] = {nombre.casefold(): nombre for nombre in reversed(self.nombres)}

    def __contains__(self, nombre: str) -> bool:
        return nombre in self.nombres

    def propio(self, nombre: str) -> str | None:
        return self._propios.get(nombre.casefold())

    def valor(self, hoja: str, fila: int, columna: int) -> Any:
        filas = self._filas(hoja)
        valor = filas[fila - 1][columna - 1] if fila <= len(filas) and columna <= len(filas[fila - 1]) else None
        return None if valor == "" else valor

    def ancho(self, hoja: str) -> int:
        return max((len(fila) for fila in self._filas(hoja)), default=0)

    def alto(self, hoja: str) -> int:
        return len(self._filas(hoja))

    def textos(self, hoja: str) -> tuple[str, ...]:
        return ()

    def listas_validadas(self, hoja: str) -> Iterator[tuple[int, str]]:
        return iter(())

    def _filas(self, hoja: str) -> list[list[Any]]:
        if hoja not in self._vistas:
            self._vistas[hoja] = list(islice(self._libro.read_hoja(hoja).rows(), A_LA_VISTA))
        return self._vistas[hoja]


def find_forma(libro: Libro) -> LibroSipot | None:
    """La forma oficial de un libro; ``None`` si no es de los de SIPOT."""
    asomo = Asomo(libro)
    try:
        return read_forma(asomo, "El libro") if find_principal(asomo) else None
    except LibroInvalido:
        return None
