"""Los libros de puro texto: se averigua con qué letras y con qué separador se escribieron, y se dice."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from models.hojas.libros.apertura import Hoja, Pestana
from models.hojas.libros.rechazo import LibroRechazado

NOMBRE = "Texto"
SEPARADORES = {",": "comas", ";": "punto y coma", "\t": "tabuladores", "|": "barras"}
_MUESTRA = 200_000
_LETRAS = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "las de Windows (cp1252)", "utf-16": "UTF-16",
           "mac_roman": "las de Mac", "cp850": "las de MS-DOS (cp850)"}
_ESPANOL = re.compile("[áéíóúüñÁÉÍÓÚÑ¿¡°ºª]")
_GUARDADA = re.compile(r"'[=+\-@\t\r|＝＋－＠]")


class HojaDeTexto:
    """Los renglones de un archivo separado; todas sus celdas son texto."""

    def __init__(self, filas: list[list[str]]) -> None:
        self.nombre, self._filas = NOMBRE, filas
        self.alto, self.ancho = len(filas), max(map(len, filas), default=0)

    def rows(self) -> Iterator[list[Any]]:
        ancho = self.ancho
        for fila in self._filas:
            yield fila if len(fila) == ancho else fila + [""] * (ancho - len(fila))


class LibroDeTexto:
    """Un .csv o .tsv."""

    forma: str = "csv"

    def __init__(self, ruta: Path) -> None:
        crudo = ruta.read_bytes()
        codigo = find_letras(crudo)
        texto = crudo.decode(codigo, errors="strict" if codigo != "cp1252" else "replace")
        separador = find_separador(texto[:_MUESTRA])
        self._hoja = HojaDeTexto(_read(texto, separador))
        self.pestanas: tuple[Pestana, ...] = (Pestana(NOMBRE, True),)
        self.avisos: tuple[str, ...] = (f"El archivo viene separado con {SEPARADORES[separador]} y con letras "
                                        f"{_LETRAS.get(codigo, codigo)}.",)

    def read_hoja(self, nombre: str) -> Hoja:
        return self._hoja


def find_letras(crudo: bytes) -> str:
    """El juego de letras: por su marca, UTF-8 si lo es de principio a fin y, si no, el que dé palabras en español."""
    if crudo.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig" if _cabe(crudo, "utf-8-sig") else "cp1252"
    if crudo.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _require_cabe(crudo, "utf-16")
    if b"\x00" in crudo[:_MUESTRA]:
        return _require_cabe(crudo, "utf-16-le" if crudo[1:2] == b"\x00" else "utf-16-be")
    if _cabe(crudo, "utf-8"):
        return "utf-8"
    raras = re.sub(rb"[\x00-\x7f]+", b" ", crudo)[:20_000]
    puntos = {codigo: len(_ESPANOL.findall(raras.decode(codigo, "replace"))) for codigo in ("cp1252", "cp850", "mac_roman")}
    mejor = max(puntos, key=lambda codigo: puntos[codigo])
    if puntos[mejor] * 3 >= len(raras.replace(b" ", b"")):
        return mejor
    dicho = from_bytes(crudo[:_MUESTRA]).best()
    return dicho.encoding if dicho is not None and _cabe(crudo, dicho.encoding) else "cp1252"


def find_separador(muestra: str) -> str:
    """El separador con que más renglones quedan del mismo ancho; el primer renglón cuenta doble."""
    renglones = [renglon for renglon in muestra.splitlines()[:50] if renglon.strip()]
    puntos = dict.fromkeys(SEPARADORES, 0.0)
    for separador in SEPARADORES:
        try:
            anchos = [len(fila) for fila in csv.reader(renglones, delimiter=separador) if fila]
        except csv.Error:
            continue
        if anchos and anchos[0] > 1:
            puntos[separador] = anchos[0] * (1 + sum(ancho == anchos[0] for ancho in anchos) / len(anchos))
    return max(puntos, key=lambda separador: puntos[separador])


def _read(texto: str, separador: str) -> list[list[str]]:
    """Los renglones. Un renglón de más con ``sep=;`` es de Excel y no se lee; lo que una descarga nuestra guardó con «'»
    para que no fuera fórmula vuelve a ser lo que era."""
    csv.field_size_limit(1_000_000)
    try:
        filas = list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))
    except csv.Error as error:
        raise LibroRechazado("El archivo de texto está dañado: una celda no se cierra. Ábralo en su hoja de cálculo, guárdelo "
                             "como «Libro de Excel (.xlsx)» y súbalo.") from error
    if filas and len(filas[0]) <= 2 and filas[0][:1] and filas[0][0].lower().startswith("sep="):
        filas[0] = []
    if "'" in texto:
        filas = [[celda[1:] if celda[:1] == "'" and _GUARDADA.match(celda) else celda for celda in fila] for fila in filas]
    return filas


def _cabe(crudo: bytes, codigo: str) -> bool:
    try:
        crudo.decode(codigo)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _require_cabe(crudo: bytes, codigo: str) -> str:
    if not _cabe(crudo, codigo):
        raise LibroRechazado("El archivo de texto está cortado o dañado. Ábralo en su hoja de cálculo, guárdelo como «Libro de "
                             "Excel (.xlsx)» y súbalo.")
    return codigo
