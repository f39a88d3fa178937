"""Qué es un archivo, por sus bytes y no por su nombre, y si se puede abrir sin peligro.

Corre en el servidor: lee a pedazos, nunca lo carga entero en memoria ni interpreta lo que dice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.hojas.libros.limites import Limites
from models.hojas.libros.paquete import inspect_paquete
from models.hojas.libros.rechazo import LibroRechazado

SIN_LIMITES_PROPIOS = Limites()
_PEDAZO = 256 * 1024
_COMO = "Ábralo en su hoja de cálculo, use «Guardar como…» y elija «Libro de Excel (.xlsx)»; luego súbalo."

_FIRMAS = (
    (b"%PDF-", "es un PDF, no una hoja de cálculo. Suba el libro de donde salió, o copie sus datos en la plantilla."),
    (b"\x89PNG", "es una imagen, no una hoja de cálculo. Copie sus datos en la plantilla y súbala."),
    (b"\xff\xd8\xff", "es una imagen, no una hoja de cálculo. Copie sus datos en la plantilla y súbala."),
    (b"GIF8", "es una imagen, no una hoja de cálculo. Copie sus datos en la plantilla y súbala."),
    (b"BM", "es una imagen, no una hoja de cálculo. Copie sus datos en la plantilla y súbala."),
    (b"RIFF", "es una imagen o un sonido, no una hoja de cálculo."),
    (b"Rar!", "es un archivo comprimido (.rar). Sáquele el libro y suba solo el libro."),
    (b"7z\xbc\xaf", "es un archivo comprimido (.7z). Sáquele el libro y suba solo el libro."),
    (b"\x1f\x8b", "es un archivo comprimido (.gz). Sáquele el libro y suba solo el libro."),
    (b"{\\rtf", "es un documento de texto (.rtf), no una hoja de cálculo. Copie sus datos en la plantilla y súbala."),
    (b"MZ", "es un programa, no una hoja de cálculo."),
    (b"\x7fELF", "es un programa, no una hoja de cálculo."),
    (b"SQLite format 3", "es una base de datos, no una hoja de cálculo. Expórtela a CSV o a Excel y súbala."),
)
_WEB = (b"<!doctype", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<div", b"<script")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def inspect_libro(ruta: Path, limites: Limites = SIN_LIMITES_PROPIOS) -> str:
    """La forma del libro: ``xlsx``, ``xls``, ``ods`` o ``csv`` (cualquier texto separado). Lanza ``LibroRechazado``."""
    tamano = ruta.stat().st_size
    if not tamano:
        raise LibroRechazado("El archivo está vacío (0 bytes). Ábralo, compruebe que tiene datos, guárdelo y súbalo otra vez.")
    if tamano > limites.bytes:
        raise LibroRechazado(f"El archivo pesa {tamano / 1_048_576:,.0f} MB y se aceptan {limites.bytes // 1_048_576}. Quítele "
                             "imágenes y hojas que no se usan, o divídalo en varios.")
    with ruta.open("rb") as archivo:
        cabeza = archivo.read(4_096)
    if cabeza.startswith(b"PK"):
        return inspect_paquete(ruta, limites)
    if cabeza.startswith(_OLE):
        return _inspect_ole(ruta)
    _reject_otros(cabeza)
    return _require_texto(ruta, cabeza)


def _inspect_ole(ruta: Path) -> str:
    """Los de Excel 97 a 2003, y lo que se guarda igual: libros con contraseña y documentos de Word."""
    hallados = _find_en(ruta, {palabra: palabra.encode("utf-16-le") for palabra in (
        "EncryptedPackage", "_VBA_PROJECT", "Workbook", "Book", "WordDocument", "PowerPoint Document")})
    if "EncryptedPackage" in hallados:
        raise LibroRechazado("El libro tiene contraseña. Quítesela en su hoja de cálculo (Guardar como…, sin contraseña) y "
                             "súbalo otra vez.")
    if not hallados & {"Workbook", "Book"}:
        que = "es un documento de Word" if "WordDocument" in hallados else "no es un libro de Excel completo"
        raise LibroRechazado(f"El archivo {que}. {_COMO}")
    if "_VBA_PROJECT" in hallados:
        raise LibroRechazado(f"El libro trae macros, y no se abren libros con macros. {_COMO}")
    return "xls"


def _reject_otros(cabeza: bytes) -> None:
    for firma, que in _FIRMAS:
        if cabeza.startswith(firma):
            raise LibroRechazado(f"El archivo {que}")
    inicio = cabeza.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if inicio.startswith(_WEB) or inicio.startswith(b"<") and b"<html" in inicio:
        raise LibroRechazado(f"El archivo es una página de internet con nombre de libro: así los da algún sistema. {_COMO}")
    if inicio.startswith(b"<?xml") or inicio.startswith(b"<"):
        raise LibroRechazado(f"El archivo es XML, no un libro de Excel. {_COMO}")
    if inicio.startswith((b'{"', b"[{", b"{\n", b"{\r\n")):
        raise LibroRechazado("El archivo es JSON, no una hoja de cálculo. Pase sus datos a la plantilla y súbala.")


def _require_texto(ruta: Path, cabeza: bytes) -> str:
    """Que sea texto: en UTF-16 son normales los ceros; en lo demás, ninguno."""
    if cabeza.startswith((b"\xff\xfe", b"\xfe\xff")) or _parece_utf16(cabeza):
        return "csv"
    raros = sum(letra < 32 and letra not in b"\t\n\r\x0c\x1a" for letra in cabeza)
    if raros > len(cabeza) // 100 or any(b"\x00" in pedazo for pedazo in _pedazos(ruta)):
        raise LibroRechazado(f"El archivo no es una hoja de cálculo (.xlsx, .xls, .ods o .csv), o está dañado. {_COMO}")
    return "csv"


def _parece_utf16(cabeza: bytes) -> bool:
    pares, nones = cabeza[::2].count(0), cabeza[1::2].count(0)
    return max(pares, nones) > len(cabeza) * 0.35 and min(pares, nones) < len(cabeza) * 0.02


def _find_en(ruta: Path, palabras: dict[str, bytes]) -> set[str]:
    """Cuáles de esas secuencias de bytes están en el archivo."""
    hallados, cola = set[str](), b""
    for pedazo in _pedazos(ruta):
        visto = cola + pedazo
        hallados |= {nombre for nombre, bytes_ in palabras.items() if bytes_ in visto}
        cola = visto[-64:]
    return hallados


def _pedazos(ruta: Path) -> Iterator[bytes]:
    with ruta.open("rb") as archivo:
        while pedazo := archivo.read(_PEDAZO):
            yield pedazo
