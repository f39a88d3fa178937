"""Una hoja con nuestra disposición, hecha renglón por renglón: las llaves en la primera fila y cada dato donde estaba en el
libro oficial, para que un error se señale en su celda. Lo que no tenía columna propia va al final."""

from __future__ import annotations

from typing import Any


class Mesa:
    """Una hoja que se va llenando. Las columnas cuentan desde 1."""

    def __init__(self, nombre: str, ancho: int) -> None:
        self.nombre = nombre
        self._columnas: dict[str, int] = {}
        self._siguiente = ancho + 1
        self._filas: dict[int, dict[int, Any]] = {}
        self._ultima = 1

    def place(self, llave: str, posicion: int) -> None:
        """La columna de una llave que sí está en el libro; si ya tiene una, se queda con la primera."""
        self._columnas.setdefault(llave, posicion)

    def put(self, fila: int, llave: str, valor: Any) -> None:
        """Un dato; si su llave no tiene columna, se le da la siguiente libre."""
        if llave not in self._columnas:
            self._columnas[llave] = self._siguiente
            self._siguiente += 1
        self._filas.setdefault(fila, {})[self._columnas[llave]] = valor
        self._ultima = max(self._ultima, fila)

    def is_free(self, fila: int) -> bool:
        return fila not in self._filas

    def next_after(self, fila: int) -> int:
        """Una fila libre, más abajo de ``fila``."""
        return max(self._ultima, fila) + 1

    def rows(self) -> list[list[Any]]:
        """Todas las filas, con ``""`` en lo que no hay."""
        ancho = max(self._columnas.values(), default=0)
        filas = [[""] * ancho for _ in range(self._ultima)]
        for llave, columna in self._columnas.items():
            filas[0][columna - 1] = llave
        for fila, celdas in self._filas.items():
            for columna, valor in celdas.items():
                filas[fila - 1][columna - 1] = valor
        return filas
