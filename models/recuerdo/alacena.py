"""Donde se guardan las páginas recordadas: lo que hace más que nadie pide sale primero, y nunca pasa de sus bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict

from models.recuerdo.pagina import Recordada

Llave = tuple[str, str, str]
"""``(esquema y anfitrión, ruta, consulta)``"""

CON_CONSULTA = 4
"""Las direcciones con ``?…`` caben en una de tantas partes: son sin fin, y no sacan a las páginas que todos piden."""


class Alacena:
    """Dos repisas, una para las direcciones con consulta y otra para las demás. La usan varios hilos."""

    def __init__(self, bytes_: int) -> None:
        self._con_consulta = Repisa(bytes_ // CON_CONSULTA)
        self._sin_consulta = Repisa(bytes_ - bytes_ // CON_CONSULTA)

    def sacar(self, llave: Llave) -> Recordada | None:
        """La que se guardó, si sigue ahí."""
        return self._repisa(llave).sacar(llave)

    def poner(self, llave: Llave, pagina: Recordada) -> None:
        """La guarda, o la pesa otra vez si ya estaba."""
        self._repisa(llave).poner(llave, pagina)

    @property
    def bytes(self) -> int:
        return self._con_consulta.bytes + self._sin_consulta.bytes

    def _repisa(self, llave: Llave) -> Repisa:
        return self._con_consulta if llave[2] else self._sin_consulta


class Repisa:
    """Las páginas, de la que hace más que nadie pide a la última pedida, y lo que pesa cada una."""

    def __init__(self, caben: int) -> None:
        self.caben, self.bytes = caben, 0
        self._paginas: OrderedDict[Llave, tuple[Recordada, int]] = OrderedDict()
        self._candado = threading.Lock()

    def sacar(self, llave: Llave) -> Recordada | None:
        with self._candado:
            guardada = self._paginas.get(llave)
            if guardada is None:
                return None
            self._paginas.move_to_end(llave)
            return guardada[0]

    def poner(self, llave: Llave, pagina: Recordada) -> None:
        peso = pagina.peso + sum(map(len, llave))
        with self._candado:
            self.bytes -= self._paginas.pop(llave, (pagina, 0))[1]
            if peso > self.caben:
                return
            self._paginas[llave] = pagina, peso
            self.bytes += peso
            while self.bytes > self.caben:
                self.bytes -= self._paginas.popitem(last=False)[1][1]
