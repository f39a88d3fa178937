"""Las hojas de un libro abierto con openpyxl: sus celdas por lugar, y las listas atadas por validación de datos.

Solo se miran las celdas que el libro trae: uno que dice llegar hasta XFD1048576 no cuesta más que lo que tiene escrito.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol

from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]

OPCIONES_MAXIMAS = 10_000
"""Lo que pase de aquí no se lee; la lista más larga que se ha visto tiene 41."""

_RANGO = re.compile(r"'?([^'!]+)'?!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)")


def limpiar(valor: object) -> str:
    """El texto de una celda en un renglón y sin espacios de sobra; vacío si no hay nada."""
    return " ".join(str(valor).split()) if valor is not None else ""


class Celdas(Protocol):
    """Un libro abierto, visto como celdas; filas y columnas desde 1. Las hojas se nombran sin importar mayúsculas."""

    nombres: tuple[str, ...]

    def __contains__(self, nombre: str) -> bool: ...

    def propio(self, nombre: str) -> str | None:
        """El nombre de la hoja tal como está en el libro; ``None`` si no hay una así."""

    def valor(self, hoja: str, fila: int, columna: int) -> Any:
        """Lo escrito en una celda; ``None`` si nada."""

    def ancho(self, hoja: str) -> int: ...

    def alto(self, hoja: str) -> int: ...

    def textos(self, hoja: str) -> tuple[str, ...]:
        """La primera columna de una hoja, celda por celda y tal cual, hasta la última escrita."""

    def listas_validadas(self, hoja: str) -> Iterator[tuple[int, str]]:
        """(columna, hoja de su lista) de cada validación de datos."""


class Hojas:
    """Un libro abierto con openpyxl."""

    def __init__(self, libro: Any) -> None:
        self._libro = libro
        self._celdas = {hoja.title: getattr(hoja, "_cells", {}) for hoja in libro}
        self.nombres: tuple[str, ...] = tuple(libro.sheetnames)
        self._propios = {nombre.casefold(): nombre for nombre in reversed(self.nombres)}

    def __contains__(self, nombre: str) -> bool:
        return nombre in self._celdas

    def propio(self, nombre: str) -> str | None:
        return self._propios.get(nombre.casefold())

    def valor(self, hoja: str, fila: int, columna: int) -> Any:
        celda = self._celdas[hoja].get((fila, columna))
        return None if celda is None else celda.value

    def ancho(self, hoja: str) -> int:
        return max((columna for _, columna in self._celdas[hoja]), default=0)

    def alto(self, hoja: str) -> int:
        return max((fila for fila, _ in self._celdas[hoja]), default=0)

    def textos(self, hoja: str) -> tuple[str, ...]:
        filas = {fila: celda.value for (fila, columna), celda in self._celdas.get(hoja, {}).items()
                 if columna == 1 and celda.value is not None and fila <= OPCIONES_MAXIMAS}
        return tuple(str(filas.get(fila, "")) for fila in range(1, max(filas, default=0) + 1))

    def listas_validadas(self, hoja: str) -> Iterator[tuple[int, str]]:
        """Por nombre definido (lo usual) o por rango directo."""
        for validacion in getattr(self._libro[hoja], "data_validations", _NADA).dataValidation:
            formula = (validacion.formula1 or "").lstrip("=")
            nombre = self._libro.defined_names.get(formula)
            rango = _RANGO.fullmatch((nombre.attr_text if nombre else formula) or "")
            lista = self.propio(rango[1]) if rango else self.propio(formula)
            if lista is None or (rango and range_boundaries(rango[2])[0] != 1):
                continue
            for zona in validacion.sqref.ranges:
                yield from ((columna, lista) for columna in range(zona.min_col, min(zona.max_col, zona.min_col + 400) + 1))


class _Nada:
    dataValidation: tuple[Any, ...] = ()


_NADA = _Nada()
