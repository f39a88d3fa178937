"""El libro .xlsx por dentro: un comprimido con partes que se nombran unas a otras. Lo que no se cambia se copia tal cual."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from models.hojas.errores.empalme import children_of

TIPOS, RAIZ = "[Content_Types].xml", "_rels/.rels"
_OFICINA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ESTRICTA = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SIN_LIGAS = (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
             b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>')
"""La parte de ligas de quien no liga a nada."""

_PARTE_MAXIMA = 64 * 1024 * 1024
"""Bytes de una parte que se lee entera; las hojas, que pueden ser mayores, se recorren."""


class Paquete:
    """Un libro abierto para cambiarlo. ``read`` y ``put`` son de partes chicas; las hojas se copian con ``open``."""

    def __init__(self, ruta: Path) -> None:
        self._zip = zipfile.ZipFile(ruta)
        self._nombres = [info.filename for info in self._zip.infolist() if not info.is_dir()]
        self._de = {nombre.lower(): nombre for nombre in self._nombres}
        self._puestas: dict[str, bytes] = {}
        self.libro = self.targets(RAIZ, "officeDocument")[0]
        self.estricto = _ESTRICTA.encode() in self.read(self.libro)

    @property
    def espacio(self) -> str:
        """El espacio de nombres con que las partes dicen ``r:id``."""
        return _ESTRICTA if self.estricto else _OFICINA

    def close(self) -> None:
        self._zip.close()

    def __contains__(self, nombre: str) -> bool:
        return nombre in self._puestas or nombre.lower() in self._de

    def read(self, nombre: str) -> bytes:
        """Una parte entera. ``ValueError`` si es demasiado grande o define entidades; ``KeyError`` si no está."""
        if nombre in self._puestas:
            return self._puestas[nombre]
        with self._zip.open(self._de[nombre.lower()]) as flujo:
            parte = flujo.read(_PARTE_MAXIMA + 1)
        if len(parte) > _PARTE_MAXIMA or b"<!DOCTYPE" in parte[:2_000]:
            raise ValueError(f"La parte {nombre} no es como las de una hoja de cálculo.")
        return parte

    def open(self, nombre: str) -> IO[bytes]:
        """Una parte, para recorrerla."""
        return self._zip.open(self._de[nombre.lower()])

    def put(self, nombre: str, parte: bytes, tipo: str = "") -> None:
        """Cambia o agrega una parte. ``tipo`` es su tipo de contenido, si es nueva."""
        nueva = nombre not in self
        self._puestas[self._de.get(nombre.lower(), nombre)] = parte
        if nueva:
            self._nombres.append(nombre)
            self._de[nombre.lower()] = nombre
            if tipo:
                self._declare("Override", "PartName", f"/{nombre}", tipo)

    def free_name(self, patron: str) -> str:
        """El primer nombre libre de un patrón con ``{}``."""
        return next(nombre for n in range(1, 100_000) if (nombre := patron.format(n)) not in self)

    def targets(self, ligas: str, clase: str) -> list[str]:
        """Las partes de esa clase a las que liga una parte de ligas."""
        return [destino for _, de_clase, destino in self.links(ligas) if de_clase == clase]

    def links(self, ligas: str) -> Iterator[tuple[str, str, str]]:
        """(identificador, clase, parte) de cada liga a otra parte del libro."""
        if ligas not in self:
            return
        desde = posixpath.dirname(posixpath.dirname(ligas))
        for liga in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", self.read(ligas).decode("utf-8", "replace")):
            partes = dict(re.findall(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']", liga))
            if partes.get("TargetMode") != "External":
                destino = partes["Target"]
                ruta = destino.lstrip("/") if destino.startswith("/") else posixpath.normpath(posixpath.join(desde, destino))
                yield partes["Id"], partes["Type"].rpartition("/")[2], ruta

    def link(self, origen: str, clase: str, destino: str) -> str:
        """Liga una parte a otra y da el identificador de la liga."""
        ligas = ligas_de(origen)
        texto = (self.read(ligas) if ligas in self else SIN_LIGAS).decode()
        usados = set(re.findall(r"\sId\s*=\s*[\"']([^\"']*)[\"']", texto))
        nuevo = next(f"rId{n}" for n in range(1, 100_000) if f"rId{n}" not in usados)
        prefijo = children_of(texto.encode(), ())[0]
        liga = f'<{prefijo}Relationship Id="{nuevo}" Type="{self.espacio}/{clase}" Target={quoteattr("/" + destino)}/>'
        fin = r"/>\s*$|</[\w:]*Relationships>\s*$"
        self.put(ligas, re.sub(fin, lambda hallado: _closing(hallado[0], liga, prefijo), texto).encode())
        return nuevo

    def require_extension(self, extension: str, tipo: str) -> None:
        """Declara el tipo de las partes con esa extensión, si nadie lo ha hecho."""
        if not re.search(rf"Extension\s*=\s*[\"']{extension}[\"']", self.read(TIPOS).decode(), re.IGNORECASE):
            self._declare("Default", "Extension", extension, tipo)

    def write(self, destino: Path, hojas: dict[str, Path]) -> None:
        """Escribe el libro: las partes puestas, las ``hojas`` ya copiadas en otro archivo y, tal cual, las demás."""
        with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as salida:
            for nombre in sorted(self._nombres, key=lambda n: n != TIPOS):
                if nombre in self._puestas:
                    salida.writestr(nombre, self._puestas[nombre])
                elif nombre in hojas:
                    salida.write(hojas[nombre], nombre)
                else:
                    _copy(self._zip, salida, nombre)

    def _declare(self, cosa: str, llave: str, valor: str, tipo: str) -> None:
        texto = self.read(TIPOS).decode()
        prefijo = children_of(texto.encode(), ())[0]
        nueva = f"<{prefijo}{cosa} {llave}={quoteattr(valor)} ContentType={quoteattr(tipo)}/>"
        self.put(TIPOS, re.sub(r"(<(?:\w+:)?Types\b[^>]*>)", lambda abre: abre[0] + nueva, texto, count=1).encode())


def ligas_de(parte: str) -> str:
    """La parte que dice a qué liga otra."""
    return posixpath.join(posixpath.dirname(parte), "_rels", f"{posixpath.basename(parte)}.rels")


def _copy(entrada: zipfile.ZipFile, salida: zipfile.ZipFile, nombre: str) -> None:
    parte = zipfile.ZipInfo(nombre)
    parte.compress_type = zipfile.ZIP_DEFLATED
    with entrada.open(nombre) as de, salida.open(parte, "w", force_zip64=True) as a:
        while trozo := de.read(1 << 20):
            a.write(trozo)


def _closing(fin: str, liga: str, prefijo: str) -> str:
    """El final del documento de ligas con una más; puede que viniera cerrado en sí mismo."""
    return f"{liga}{fin}" if fin.startswith("</") else f">{liga}</{prefijo}Relationships>"
