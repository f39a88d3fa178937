"""Las marcas dentro de una hoja: se ponen las de hoy y se quitan las de antes; ni un valor se toca."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import IO

from models.hojas.errores.empalme import Empalme, with_attributes
from models.hojas.errores.estilos import Estilos

Marcas = Mapping[int, Mapping[int, str]]
"""De cada fila (desde 1), sus columnas (desde 1) y la clase de marca que les toca."""

_TRAS_LAS_NOTAS = frozenset({"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
                             "tableParts", "extLst", "AlternateContent"})
"""Lo que en una hoja va después de las notas."""

_ULTIMA = 1 << 30


class MarcadorDeHoja(Empalme):
    """Copia una hoja con sus marcas. ``liga`` es el elemento que la une a sus notas, si hay que ponérselo."""

    def __init__(self, salida: IO[bytes], estilos: Estilos, marcas: Marcas, liga: str = "") -> None:
        super().__init__(salida)
        self._estilos, self._marcas, self._liga = estilos, marcas, liga
        self._filas = sorted(marcas, reverse=True)
        self._faltan: list[int] = []
        self._fila = self._columna = 0
        self._en_datos = False
        self._abiertas: set[str] = set()
        self._de_columna: list[tuple[int, int, int]] = []
        self.anchos: dict[int, int] = {}

    def open_(self, nombre: str, atributos: dict[str, str]) -> None:
        if self._en_datos:
            if nombre == "c":
                self._open_celda(atributos)
            elif nombre == "row":
                self._open_fila(atributos)
        elif nombre == "sheetData":
            self._en_datos = True
            self._open_padre(nombre, self._filas)
        elif nombre == "sheetView" and "tabSelected" in atributos:
            self.replace_tag(with_attributes(self.tag(), {"tabSelected": None}))
        elif nombre == "col":
            self._note_columna(atributos)
        elif self.hondura == 2 and nombre in _TRAS_LAS_NOTAS:
            self._link()

    def close_(self, nombre: str) -> None:
        if nombre == "row" and self._en_datos:
            self._fill_celdas(_ULTIMA)
            self._close_padre(nombre)
        elif nombre == "sheetData":
            self._fill_filas(_ULTIMA)
            self._close_padre(nombre)
            self._en_datos = False
        elif self.hondura == 1:
            self._link()

    def _open_fila(self, atributos: dict[str, str]) -> None:
        self._fila, self._columna = int(atributos.get("r", self._fila + 1)), 0
        self._fill_filas(self._fila)
        if self._filas and self._filas[-1] == self._fila:
            self._faltan = sorted(self._marcas[self._filas.pop()], reverse=True)
            self._open_padre("row", self._faltan)

    def _open_celda(self, atributos: dict[str, str]) -> None:
        self._columna = column_of(atributos["r"]) if "r" in atributos else self._columna + 1
        estilo = int(atributos.get("s", 0))
        if self._faltan:
            self._fill_celdas(self._columna)
            if self._faltan and self._faltan[-1] == self._columna:
                clase = self._marcas[self._fila][self._faltan.pop()]
                self.replace_tag(with_attributes(self.tag(), {"s": str(self._estilos.mark(estilo, clase))}))
                return
        if self._estilos.is_marcado(estilo):
            self.replace_tag(with_attributes(self.tag(), {"s": str(self._estilos.unmark(estilo))}))

    def _fill_celdas(self, hasta: int) -> None:
        """Las celdas marcadas que la hoja no trae (están en blanco), antes de la columna ``hasta``."""
        while self._faltan and self._faltan[-1] < hasta:
            self.insert(self._celda(self._fila, self._faltan.pop()))

    def _fill_filas(self, hasta: int) -> None:
        """Los renglones marcados que la hoja no trae, antes de la fila ``hasta``."""
        while self._filas and self._filas[-1] < hasta:
            fila = self._filas.pop()
            self.insert(self.element("row", {"r": fila}, "".join(self._celda(fila, c) for c in sorted(self._marcas[fila]))))

    def _celda(self, fila: int, columna: int) -> str:
        comun = next((estilo for desde, hasta, estilo in self._de_columna if desde <= columna <= hasta), 0)
        return self.element("c", {"r": f"{letters_of(columna)}{fila}",
                                  "s": self._estilos.mark(comun, self._marcas[fila][columna])})

    def _open_padre(self, nombre: str, hijos: list[int]) -> None:
        """Si se le van a agregar hijos: que se abra, aunque viniera cerrado en sí mismo, y sin decir qué columnas ocupa."""
        if hijos:
            etiqueta = with_attributes(self.tag(), {"spans": None})
            if etiqueta.endswith("/>"):
                self._abiertas.add(nombre)
            self.replace_tag(etiqueta.replace("/>", ">"))

    def _close_padre(self, nombre: str) -> None:
        if nombre in self._abiertas:
            self._abiertas.discard(nombre)
            self.insert(f"</{self.prefijo}{nombre}>")

    def _note_columna(self, atributos: dict[str, str]) -> None:
        """El ancho (en pixeles) y el estilo que la hoja da a sus columnas."""
        desde, hasta = int(atributos["min"]), int(atributos["max"])
        self._de_columna.append((desde, hasta, int(atributos.get("style", 0))))
        if "width" in atributos and hasta - desde < 1_000:
            oculta = atributos.get("hidden") in ("1", "true")
            self.anchos |= dict.fromkeys(range(desde, hasta + 1), 0 if oculta else int(float(atributos["width"]) * 7 + 5))

    def _link(self) -> None:
        if self._liga:
            self.insert(self._liga.replace("<", f"<{self.prefijo}", 1))
            self._liga = ""


def column_of(celda: str) -> int:
    """La columna (desde 1) de una celda: ``"AB12"`` → ``28``."""
    return _numero_de(celda.rstrip("0123456789").lstrip("$"))


def split_celda(celda: str) -> tuple[int, int]:
    """Fila y columna, desde 1: ``"F12"`` → ``(12, 6)``. ``ValueError`` si no es una celda."""
    partes = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]{0,6})", celda)
    if not partes:
        raise ValueError(f"{celda} no es una celda.")
    return int(partes[2]), _numero_de(partes[1])


def letters_of(columna: int) -> str:
    """Las letras de una columna desde 1: ``28`` → ``"AB"``."""
    letras = ""
    while columna:
        columna, resto = divmod(columna - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


@lru_cache(maxsize=20_000)
def _numero_de(letras: str) -> int:
    numero = 0
    for letra in letras:
        numero = numero * 26 + ord(letra) - 64
    return numero
