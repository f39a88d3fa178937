"""Cambiar unas cuantas etiquetas de un XML y copiar lo demás byte por byte, sin tenerlo entero en la memoria.

El libro es de la persona: lo que no se marca sale idéntico, también lo que ninguna biblioteca de hojas de cálculo conoce.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping
from typing import IO, Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_TROZO = 1 << 20
_ILEGALES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARECE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Empalme:
    """Recorre un XML. Las clases hijas dicen qué hacer en ``open_`` y ``close_`` y cambian con ``replace_tag`` e ``insert``."""

    def __init__(self, salida: IO[bytes]) -> None:
        self._salida = salida
        self._bufer, self._desde = bytearray(), 0
        self.hondura, self.prefijo = 0, ""
        self._lector = expat.ParserCreate()
        self._lector.StartElementHandler = self._abre
        self._lector.EndElementHandler = self._cierra

    def run(self, entrada: IO[bytes]) -> None:
        """Copia ``entrada`` a la salida, con los cambios. ``ValueError`` si no es XML."""
        try:
            for trozo in _trozos(entrada):
                self._bufer += trozo
                self._lector.Parse(trozo, False)
                self._soltar(self._lector.CurrentByteIndex)
            self._lector.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValueError("Una parte del libro no es XML.") from error
        self._soltar(self._desde + len(self._bufer))

    def open_(self, nombre: str, atributos: dict[str, str]) -> None:
        """Empieza un elemento; ``nombre`` va sin prefijo."""

    def close_(self, nombre: str) -> None:
        """Termina un elemento. El que se cierra solo (``<c/>``) también pasa por aquí."""

    def tag(self) -> str:
        """La etiqueta que empieza aquí, tal como está escrita."""
        inicio = self._lector.CurrentByteIndex - self._desde
        return self._bufer[inicio:self._bufer.index(b">", inicio) + 1].decode()

    def insert(self, texto: str) -> None:
        """Escribe ``texto`` antes de la etiqueta en curso."""
        self._soltar(self._lector.CurrentByteIndex)
        self._salida.write(texto.encode())

    def replace_tag(self, texto: str) -> None:
        """Escribe ``texto`` en lugar de la etiqueta que empieza aquí."""
        self.insert(texto)
        fin = self._bufer.index(b">") + 1
        del self._bufer[:fin]
        self._desde += fin

    def element(self, nombre: str, atributos: Mapping[str, Any], dentro: str = "") -> str:
        """Un elemento con el prefijo de este documento; ``dentro`` ya es XML."""
        abre = "".join([f"<{self.prefijo}{nombre}", *(f" {llave}={quoteattr(str(v))}" for llave, v in atributos.items())])
        return f"{abre}>{dentro}</{self.prefijo}{nombre}>" if dentro else f"{abre}/>"

    def _abre(self, nombre: str, atributos: dict[str, str]) -> None:
        if not self.hondura:
            self.prefijo = f"{nombre.rpartition(':')[0]}:".lstrip(":")
        self.hondura += 1
        self.open_(nombre.rpartition(":")[2], atributos)

    def _cierra(self, nombre: str) -> None:
        self.close_(nombre.rpartition(":")[2])
        self.hondura -= 1

    def _soltar(self, hasta: int) -> None:
        """Copia lo que va antes de ``hasta``, que ya nadie va a cambiar."""
        cuanto = hasta - self._desde
        if cuanto > 0:
            self._salida.write(self._bufer[:cuanto])
            del self._bufer[:cuanto]
            self._desde = hasta


def with_attributes(etiqueta: str, cambios: Mapping[str, str | None]) -> str:
    """La etiqueta con esos atributos puestos o, si son ``None``, quitados."""
    for nombre, valor in cambios.items():
        etiqueta = re.sub(rf"\s{nombre}\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", etiqueta, count=1)
        if valor is not None:
            fin = len(etiqueta) - (2 if etiqueta.endswith("/>") else 1)
            etiqueta = f"{etiqueta[:fin].rstrip()} {nombre}={quoteattr(valor)}{etiqueta[fin:]}"
    return etiqueta


def children_of(parte: bytes, padres: Collection[str]) -> tuple[str, dict[str, list[str]]]:
    """El prefijo de un documento y, de cada uno de esos elementos bajo su raíz, sus hijos tal como están escritos."""
    hijos: dict[str, list[str]] = {padre: [] for padre in padres}
    camino: list[tuple[str, int]] = []
    prefijo = ""
    lector = expat.ParserCreate()

    def abre(nombre: str, _: dict[str, str]) -> None:
        nonlocal prefijo
        if not camino:
            prefijo = f"{nombre.rpartition(':')[0]}:".lstrip(":")
        camino.append((nombre.rpartition(":")[2], lector.CurrentByteIndex))

    def cierra(_: str) -> None:
        _, inicio = camino.pop()
        if len(camino) == 2 and camino[1][0] in hijos:
            fin = parte.index(b">", inicio)
            if parte[fin - 1:fin] != b"/":
                fin = parte.index(b">", lector.CurrentByteIndex)
            hijos[camino[1][0]].append(parte[inicio:fin + 1].decode())

    lector.StartElementHandler, lector.EndElementHandler = abre, cierra
    try:
        lector.Parse(parte, True)
    except expat.ExpatError as error:
        raise ValueError("Una parte del libro no es XML.") from error
    return prefijo, hijos


def to_xml(texto: str) -> str:
    """El texto, listo para ir dentro de una etiqueta: sin signos que XML no admite ni escapes de Excel sin querer."""
    return escape(_PARECE_ESCAPE.sub("_x005F_", _ILEGALES.sub("·", texto)))


def _trozos(entrada: IO[bytes]) -> Any:
    """El XML en UTF-8 y de a poco; el que venga en UTF-16 se vuelve UTF-8."""
    primero = entrada.read(_TROZO)
    if primero[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        while primero:
            yield primero
            primero = entrada.read(_TROZO)
        return
    texto = (primero + entrada.read()).decode("utf-16")
    yield re.sub(r"^\s*<\?xml[^>]*\?>", "", texto).encode()
