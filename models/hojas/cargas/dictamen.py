"""Lo que el cotejo va resolviendo de cada renglón, para anotarlo de una vez; lo malo queda también como problema del libro."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Dictamen:
    """``(fila, accion, causa)`` por anotar. Lo malo se marca en la celda del folio, si el libro la tiene."""

    def __init__(self, base: Any) -> None:
        self._base = base
        self._por_anotar: list[tuple[int, str, str | None]] = []
        principal = base.execute("SELECT nombre FROM hoja WHERE clase = 'principal'").fetchone()
        self._hoja = principal[0] if principal else None
        letra = base.execute("SELECT letra FROM columna WHERE campo = 'folio' AND letra IS NOT NULL").fetchone()
        self._letra = letra[0] if letra else None

    def add(self, resueltos: Iterable[tuple[int, str, str | None]]) -> None:
        self._por_anotar += resueltos

    def write(self) -> None:
        """Anota lo junto y vacía la lista."""
        malos = [(fila, causa) for fila, accion, causa in self._por_anotar if accion == "malo"]
        self._base.execute("BEGIN")
        self._base.executemany("UPDATE renglon SET accion = ?2, causa = ?3 WHERE fila = ?1", self._por_anotar)
        self._base.executemany(
            "INSERT INTO problema (fila, hoja, celda, campo, etiqueta, leido, mensaje, clase) "
            "SELECT fila, ?2, ?3 || fila, 'folio', 'Renglón', coalesce(folio, ''), ?4, 'cotejo' FROM renglon WHERE fila = ?1",
            [(fila, self._hoja, self._letra, causa) for fila, causa in malos])
        self._base.execute("COMMIT")
        self._por_anotar.clear()
