"""El índice de un libro (``workbook.xml``): qué hojas dice tener, en qué orden y en cuál se abre."""

from __future__ import annotations

import io
from dataclasses import dataclass

from models.hojas.errores.empalme import Empalme, with_attributes
from models.hojas.errores.paquete import Paquete, ligas_de


@dataclass(frozen=True, slots=True)
class HojaDelLibro:
    """Una hoja de celdas: su nombre y su parte. ``numero`` es su lugar entre todas, desde 1."""

    nombre: str
    parte: str
    numero: int


def read_hojas(paquete: Paquete) -> list[HojaDelLibro]:
    """Las hojas de celdas, en su orden."""
    de = {liga: parte for liga, clase, parte in paquete.links(ligas_de(paquete.libro)) if clase == "worksheet"}
    lector = _Lector(io.BytesIO())
    lector.run(io.BytesIO(paquete.read(paquete.libro)))
    return [HojaDelLibro(nombre, de[liga], numero) for numero, (nombre, liga) in enumerate(lector.hojas, start=1) if liga in de]


def add_hoja(paquete: Paquete, nombre: str, liga: str) -> None:
    """Pone una hoja nueva al frente y deja el libro abierto en ella."""
    lector = _Lector(io.BytesIO())
    lector.run(io.BytesIO(paquete.read(paquete.libro)))
    _edit(paquete, _ConHoja(io.BytesIO(), {
        "name": nombre, "sheetId": lector.mayor + 1, "xmlns:r": paquete.espacio, "r:id": liga}))


def reopen_hoja(paquete: Paquete, hoja: HojaDelLibro) -> None:
    """Deja el libro abierto en una de sus hojas, a la vista."""
    _edit(paquete, _AbiertoEn(io.BytesIO(), hoja.numero - 1))


def _edit(paquete: Paquete, editor: _AbiertoEn) -> None:
    editor.run(io.BytesIO(paquete.read(paquete.libro)))
    paquete.put(paquete.libro, editor.escrito.getvalue())


class _Lector(Empalme):
    """Las hojas: (nombre, liga); y el mayor de sus números."""

    def __init__(self, salida: io.BytesIO) -> None:
        super().__init__(salida)
        self.hojas: list[tuple[str, str]] = []
        self.mayor = 0

    def open_(self, nombre: str, atributos: dict[str, str]) -> None:
        if nombre == "sheet" and self.hondura == 3:
            liga = next((valor for llave, valor in atributos.items() if llave.rpartition(":")[2] == "id"), "")
            self.hojas.append((atributos.get("name", ""), liga))
            self.mayor = max(self.mayor, int(atributos.get("sheetId", 0)))


class _AbiertoEn(Empalme):
    """El índice, con el libro abierto en la hoja de ese ``lugar`` (desde 0)."""

    def __init__(self, salida: io.BytesIO, lugar: int) -> None:
        super().__init__(salida)
        self.escrito, self._lugar, self._vistas = salida, lugar, 0

    def open_(self, nombre: str, atributos: dict[str, str]) -> None:
        if nombre == "workbookView":
            self.replace_tag(with_attributes(self.tag(), {"activeTab": str(self._lugar), "firstSheet": None}))
        elif nombre == "sheet" and self.hondura == 3:
            if self._vistas == self._lugar and "state" in atributos:
                self.replace_tag(with_attributes(self.tag(), {"state": None}))
            self._vistas += 1


class _ConHoja(_AbiertoEn):
    """El índice con una hoja más, al frente. Los nombres que son de una hoja se recorren con ella."""

    def __init__(self, salida: io.BytesIO, nueva: dict[str, object]) -> None:
        super().__init__(salida, 0)
        self._nueva, self._vistas = nueva, 1

    def open_(self, nombre: str, atributos: dict[str, str]) -> None:
        if nombre == "sheets" and self.hondura == 2:
            self.replace_tag(self.tag() + self.element("sheet", self._nueva))
        elif nombre == "definedName" and "localSheetId" in atributos:
            self.replace_tag(with_attributes(self.tag(), {"localSheetId": str(int(atributos["localSheetId"]) + 1)}))
        else:
            super().open_(nombre, atributos)
