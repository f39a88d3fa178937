"""Abrir un libro ya inspeccionado y dar sus hojas como renglones de celdas. Solo lo hace el proceso con límites."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import python_calamine

from models.hojas.libros.marcas import Marcas, find_marcas
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.nuestras import NUESTRAS

DANADO = "El libro está dañado: {}. Ábralo en su hoja de cálculo, guárdelo de nuevo y súbalo otra vez."
CON_CLAVE = "El libro tiene contraseña. Quítesela en su hoja de cálculo (Guardar como…, sin contraseña) y súbalo otra vez."


@dataclass(frozen=True, slots=True)
class Pestana:
    """Una hoja del libro, todavía sin leer."""

    nombre: str
    visible: bool
    de_celdas: bool = True


class Hoja(Protocol):
    """Una hoja leída. ``alto`` es su última fila con algo; ``ancho``, su última columna."""

    nombre: str
    alto: int
    ancho: int

    def rows(self) -> Iterator[list[Any]]:
        """Sus renglones desde el primero, cada uno con sus celdas desde la A. Una celda en blanco es ``""``; las demás,
        ``str``, ``float``, ``bool``, ``date``, ``datetime``, ``time`` o ``timedelta``."""


class Libro(Protocol):
    """Un libro abierto."""

    forma: str
    pestanas: tuple[Pestana, ...]
    avisos: tuple[str, ...]

    def read_hoja(self, nombre: str) -> Hoja:
        """Lee una de sus hojas. Lanza ``LibroRechazado``."""


class HojaDeCalamine:
    """Una hoja de Excel o de LibreOffice; vive en la memoria de calamine y se vuelve celdas al recorrerla."""

    def __init__(self, hoja: Any, marcas: Marcas | None = None) -> None:
        self._hoja, self.marcas = hoja, marcas or {}
        inicio, fin = hoja.start, hoja.end
        self.nombre = str(hoja.name)
        self._sangria = [""] * (inicio[1] if inicio else 0)
        self.alto: int = fin[0] + 1 if fin else 0
        self.ancho: int = fin[1] + 1 if fin else 0

    def rows(self) -> Iterator[list[Any]]:
        if not self.alto:
            return
        if not self._sangria and not self.marcas:
            yield from self._hoja.iter_rows()
            return
        for numero, fila in enumerate(self._hoja.iter_rows(), start=1):
            yield self._marcar(numero, self._sangria + fila)

    def _marcar(self, numero: int, fila: list[Any]) -> list[Any]:
        """El renglón, con lo que calamine dio en blanco y no lo está."""
        for columna, dice in self.marcas.get(numero, {}).items():
            if columna < len(fila) and fila[columna] == "":
                fila[columna] = dice
        return fila


class LibroDeCalamine:
    """Un libro .xlsx, .xls u .ods. La primera hoja a la vista se lee al abrirlo: casi siempre es la que se quiere, y mientras
    tanto el proceso puede hacer otra cosa."""

    def __init__(self, ruta: Path, forma: str) -> None:
        self.forma, self.avisos = forma, tuple[str, ...]()
        self._marcas: dict[str, Marcas] = {}
        with ThreadPoolExecutor(1) as aparte:
            marcas = aparte.submit(find_marcas, ruta) if forma == "xlsx" else None
            self._open(ruta)
            self._marcas = _intentar(marcas.result) if marcas is not None else {}
        if self._lista is not None:
            self._lista.marcas = self._marcas.get(self._lista.nombre, {})

    def _open(self, ruta: Path) -> None:
        self._libro = _intentar(lambda: python_calamine.load_workbook(str(ruta)))
        self._lista: HojaDeCalamine | None = None
        self.pestanas = tuple(
            Pestana(str(m.name), m.visible == python_calamine.SheetVisibleEnum.Visible,
                    m.typ == python_calamine.SheetTypeEnum.WorkSheet)
            for m in self._libro.sheets_metadata)

        for pestana in self.pestanas:
            if pestana.visible and pestana.de_celdas and pestana.nombre not in NUESTRAS:
                self._lista = self._read(pestana.nombre)
                break

    def read_hoja(self, nombre: str) -> Hoja:
        if self._lista is not None and self._lista.nombre == nombre:
            return self._lista
        return self._read(nombre)

    def _read(self, nombre: str) -> HojaDeCalamine:
        hoja: HojaDeCalamine = _intentar(lambda: HojaDeCalamine(self._libro.get_sheet_by_name(nombre)))
        hoja.marcas = self._marcas.get(nombre, {})
        return hoja


def open_libro(ruta: Path, forma: str) -> Libro:
    """Abre un libro de la forma que dijo ``formas.inspect_libro``. Lanza ``LibroRechazado``."""
    if forma == "csv":
        from models.hojas.libros.letras import LibroDeTexto
        return LibroDeTexto(ruta)
    return LibroDeCalamine(ruta, forma)


def _intentar(abrir: Any) -> Any:
    """Lo que se pide a calamine; todo lo que pueda salir mal se dice a la persona."""
    try:
        return abrir()
    except python_calamine.PasswordError as error:
        raise LibroRechazado(CON_CLAVE) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise LibroRechazado(DANADO.format("no se pudo leer completo")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise LibroRechazado(DANADO.format("trae algo que ninguna hoja de cálculo escribe")) from error
