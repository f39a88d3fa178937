"""Los renglones de las subtablas de un libro oficial, hallados por el número que los une a la hoja principal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fracciones_config.oficial import TablaOficial
from models.hojas.sipot.celdas import Celda
from models.hojas.sipot.renglones import Celdas, cells_of, id_column, split_ids


@dataclass(slots=True)
class RenglonUnido:
    """Un renglón de una subtabla; ``dueno`` es la fila del primer registro que lo pidió."""

    fila: int
    id: Celda
    celdas: Celdas
    dueno: int | None = None


class Subtabla:
    """Una hoja ``Tabla_…`` con sus renglones por número."""

    def __init__(self, tabla: TablaOficial, filas: Iterable[tuple[int, Sequence[Any]]]) -> None:
        self.tabla = tabla
        self._por_id: dict[str, list[RenglonUnido]] = defaultdict(list)
        self._todos: list[RenglonUnido] = []
        self.ultima = 0
        columna = id_column(tabla)
        for numero, fila in filas:
            celdas = cells_of(fila)
            if not celdas:
                continue
            renglon = RenglonUnido(numero, celdas.pop(columna, None), celdas)
            self._todos.append(renglon)
            self.ultima = numero
            for identificador in split_ids(renglon.id):
                self._por_id[identificador].append(renglon)

    def take(self, ids: Iterable[str], dueno: int) -> list[RenglonUnido]:
        """Los renglones de esos números: los propios, en el orden de la hoja, y luego los que otro registro pidió antes."""
        hallados = {renglon.fila: renglon for numero in ids for renglon in self._por_id.get(numero, ())}
        for renglon in hallados.values():
            renglon.dueno = renglon.dueno or dueno
        return sorted(hallados.values(), key=lambda renglon: (renglon.dueno != dueno, renglon.fila))

    def sueltos(self) -> list[RenglonUnido]:
        """Los que ningún registro pidió."""
        return [renglon for renglon in self._todos if renglon.dueno is None]
