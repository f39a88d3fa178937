"""Los números que unen la hoja principal con sus subtablas: los que traía el libro mientras no choquen, o nuevos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from models.hojas.sipot.celdas import Celda
from models.hojas.sipot.memoria import Memoria, RenglonDeTabla
from models.hojas.sipot.renglon_oficial import Celdas, Escrito
from models.hojas.sipot.renglones import split_ids


class Numerador:
    """Reparte los números de cada subtabla y junta sus renglones. ``previas`` son las memorias de lo que se va a escribir."""

    def __init__(self, columnas: dict[str, int], previas: Iterable[Memoria]) -> None:
        """``columnas`` dice, de cada subtabla, en qué columna de la hoja principal va su número."""
        self._columnas = columnas
        self._siguiente: dict[str, int] = defaultdict(lambda: 1)
        for memoria in previas:
            for hoja, filas in memoria.tablas.items():
                mayores = [int(n) + 1 for fila in filas for n in split_ids(fila.id) if n.isdecimal() and len(n) < 15]
                self._siguiente[hoja] = max([self._siguiente[hoja], *mayores])
        self._de: dict[tuple[str, str], list[Celdas]] = {}
        self.renglones: dict[str, list[RenglonDeTabla]] = defaultdict(list)

    def number(self, escrito: Escrito) -> None:
        """Numera los renglones de un registro y pone los números en su hoja principal."""
        for hoja, filas in escrito.tablas.items():
            if all(fila.id is None for fila in filas):
                self._assign(hoja, filas, escrito)
            elif self._claim(hoja, filas):
                continue
            else:
                self._assign(hoja, filas, escrito)
                for renglon in escrito.renglones[1:]:
                    renglon.pop(self._columnas[hoja], None)

    def _assign(self, hoja: str, filas: list[RenglonDeTabla], escrito: Escrito) -> None:
        """Un número nuevo, el mismo para todos."""
        numero = self._siguiente[hoja]
        self._siguiente[hoja] += 1
        for fila in filas:
            fila.id, fila.fila = numero, 0
        self.renglones[hoja] += filas
        if hoja in self._columnas:
            for renglon in escrito.renglones[:1]:
                renglon[self._columnas[hoja]] = numero

    def _claim(self, hoja: str, filas: list[RenglonDeTabla]) -> bool:
        """Toma los números que traían; falso si alguno ya es de otros renglones. Los compartidos no se escriben dos veces."""
        suyos: dict[str, list[Celdas]] = defaultdict(list)
        for fila in filas:
            for numero in split_ids(fila.id):
                suyos[numero].append(fila.literales)
        tomados = {numero: self._de.get((hoja, numero)) for numero in suyos}
        if any(previos is not None and previos != suyos[numero] for numero, previos in tomados.items()):
            return False
        self._de.update({(hoja, numero): celdas for numero, celdas in suyos.items()})
        self.renglones[hoja] += [fila for fila in filas if not _shared(fila.id, tomados)]
        return True


def _shared(numero: Celda, tomados: dict[str, list[Celdas] | None]) -> bool:
    return any(tomados.get(parte) is not None for parte in split_ids(numero))
