"""Los libros que por fuera son un .zip (.xlsx y .ods): se mira cada parte antes de que nadie la interprete.

Se descomprime a pedazos y se tira: lo que dice medir debe ser lo que mide, sin entidades, sin macros y sin celdas tan lejos que
abrirlo no quepa en la memoria.
"""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from models.hojas.libros.limites import Limites
from models.hojas.libros.rechazo import LibroRechazado

_COMO = "Ábralo en su hoja de cálculo, use «Guardar como…» y elija «Libro de Excel (.xlsx)»; luego súbalo."
_INCOMPLETO = f"El libro está incompleto o dañado: quizá se cortó al copiarlo o al descargarlo. {_COMO}"
_NO_DE_HOJA = "El libro no está hecho como los de una hoja de cálculo. Copie sus datos en la plantilla y súbala."
_DE_MAS = "El libro trae demasiado por dentro. Copie solo sus datos en la plantilla y súbala."

_PEDAZO = 1024 * 1024
_INDICE_MAXIMO = 2 * 1024 * 1024
_RAZON, _DESDE = 300, 20 * 1024 * 1024
"""Veces que una parte puede inflarse, si pasa de ``_DESDE`` bytes."""

_FILA = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"']([0-9]{1,9})[\"']")
_COLUMNA, _MUY_LEJOS = re.compile(rb" r=\"([A-Z]{2,3})[0-9]"), re.compile(rb" r=\"([A-Z]{3})[0-9]")
_ORILLA = 64 * 1024
"""Bytes de cada pedazo en que se busca la última columna: un pedazo trae cientos de renglones."""
_REPETIDAS = re.compile(rb"<table:table-(?:cell|row)\b[^>]*?number-(?:columns|rows)-repeated=\"([0-9]{5,})\"[^>]*?(/?)>")
_CON_VALOR = re.compile(rb"<(?:\w+:)?(?:v|is)\b")


def inspect_paquete(ruta: Path, limites: Limites) -> str:
    """``xlsx`` u ``ods``. Lanza ``LibroRechazado`` con lo que tenga de malo."""
    _require_indice(ruta)
    try:
        with zipfile.ZipFile(ruta) as libro:
            partes = libro.infolist()
            forma = _forma_de({parte.filename for parte in partes}, libro)
            _require_partes(partes, limites)
            for parte in partes:
                _require_parte(libro, parte, limites)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error) as error:
        raise LibroRechazado(_INCOMPLETO) from error
    except Exception as error:
        if type(error).__module__ not in ("zlib", "lzma", "_lzma"):
            raise
        raise LibroRechazado(_INCOMPLETO) from error
    return forma


def _require_indice(ruta: Path) -> None:
    """Que el índice del .zip no sea enorme: ``zipfile`` lo carga entero."""
    with ruta.open("rb") as archivo:
        archivo.seek(max(0, ruta.stat().st_size - 66_000))
        cola = archivo.read()
    fin = cola.rfind(b"PK\x05\x06")
    if fin < 0 or len(cola) < fin + 22:
        raise LibroRechazado(_INCOMPLETO)
    grande = cola.rfind(b"PK\x06\x06", 0, fin)
    tamano = struct.unpack("<Q", cola[grande + 40:grande + 48])[0] if 0 <= grande <= fin - 56 else (
        struct.unpack("<L", cola[fin + 12:fin + 16])[0])
    if tamano > _INDICE_MAXIMO:
        raise LibroRechazado(_DE_MAS)


def _forma_de(nombres: set[str], libro: zipfile.ZipFile) -> str:
    minusculas = {nombre.lower().replace("\\", "/") for nombre in nombres}
    if any("vbaproject" in nombre or nombre.startswith(("basic/", "scripts/")) and nombre.endswith(".xml")
           and not nombre.endswith(("script-lc.xml", "script-lb.xml")) for nombre in minusculas):
        raise LibroRechazado(f"El libro trae macros, y no se abren libros con macros. {_COMO}")
    if "xl/workbook.bin" in minusculas:
        raise LibroRechazado(f"El libro es binario (.xlsb). {_COMO}")
    if "xl/workbook.xml" in minusculas and "[content_types].xml" in minusculas:
        return "xlsx"
    if "mimetype" in nombres and b"opendocument.spreadsheet" in libro.read("mimetype")[:200]:
        if "META-INF/manifest.xml" in nombres and b"encryption-data" in libro.open("META-INF/manifest.xml").read(200_000):
            raise LibroRechazado("El libro tiene contraseña. Quítesela en su hoja de cálculo (Guardar como…, sin contraseña) y "
                                 "súbalo otra vez.")
        return "ods"
    if "word/document.xml" in minusculas or "ppt/presentation.xml" in minusculas or "mimetype" in nombres:
        raise LibroRechazado("El archivo es un documento o una presentación, no una hoja de cálculo. Copie sus datos en la "
                             "plantilla y súbala.")
    raise LibroRechazado("El archivo es un comprimido (.zip), no un libro. Sáquele el libro y suba solo el libro.")


def _require_partes(partes: list[zipfile.ZipInfo], limites: Limites) -> None:
    """Lo que el índice dice de las partes, antes de abrir ninguna."""
    if any(parte.flag_bits & 1 for parte in partes):
        raise LibroRechazado(f"El libro tiene contraseña. Quítesela. {_COMO}")
    if len(partes) > limites.partes or sum(parte.file_size for parte in partes) > limites.inflado:
        raise LibroRechazado(_DE_MAS)
    if any(parte.file_size > _DESDE and parte.file_size > _RAZON * max(parte.compress_size, 1) for parte in partes):
        raise LibroRechazado(_DE_MAS)
    if len({parte.filename for parte in partes}) != len(partes):
        raise LibroRechazado(_NO_DE_HOJA)


def _require_parte(libro: zipfile.ZipFile, parte: zipfile.ZipInfo, limites: Limites) -> None:
    """Una parte, descomprimida a pedazos: que mida lo que dice y no traiga entidades; si es una hoja, hasta dónde llega."""
    es_hoja = parte.filename.startswith("xl/worksheets/") and parte.filename.endswith(".xml")
    extension = _Extension(limites) if es_hoja else None
    es_xml = parte.filename.endswith((".xml", ".rels"))
    leido, cola = 0, b""
    with libro.open(parte) as flujo:
        while pedazo := flujo.read(_PEDAZO):
            leido += len(pedazo)
            visto = cola + pedazo
            if leido > parte.file_size or es_xml and _con_entidades(visto, leido == len(pedazo)):
                raise LibroRechazado(_NO_DE_HOJA)
            if extension is not None:
                extension.look(visto)
            elif parte.filename == "content.xml":
                _require_repetidas(visto, limites)
            cola = visto[-256:]
    if leido != parte.file_size:
        raise LibroRechazado(_INCOMPLETO)
    if extension is not None:
        extension.require()


def _con_entidades(visto: bytes, primero: bool) -> bool:
    """Definiciones de entidades; y las letras de dos bytes, que ninguna hoja de cálculo usa y las esconderían."""
    if primero and (visto[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in visto[:64]):
        return True
    return b"!" in visto and (b"<!DOCTYPE" in visto or b"<!ENTITY" in visto)  # una sola letra se busca diez veces más aprisa


def _require_repetidas(visto: bytes, limites: Limites) -> None:
    """En un .ods, una celda o una fila con algo que dice repetirse cien mil veces; las vacías del final son normales."""
    for repetida in _REPETIDAS.finditer(visto):
        con_valor = not repetida[2] and b"office:value" in visto[repetida.start():repetida.end() + 200]
        if con_valor and int(repetida[1]) > limites.renglones:
            raise LibroRechazado(_DE_MAS)


class _Extension:
    """Hasta qué fila y qué columna llega una hoja. Calamine aparta el rectángulo entero, así que una celda perdida lo infla."""

    def __init__(self, limites: Limites) -> None:
        self._limites, self._fila, self._columna = limites, 0, 26

    def look(self, visto: bytes) -> None:
        ultima = visto.rfind(b"row ")
        fila = _FILA.search(visto, max(visto.rfind(b"<", 0, ultima), 0)) if ultima >= 0 else None
        if fila is not None and int(fila[1]) > self._limites.renglones + 1_000:
            self._look_lejos(visto)
        elif fila is not None:
            self._fila = max(self._fila, int(fila[1]))
        for letras in {*_COLUMNA.findall(visto, 0, _ORILLA), *_MUY_LEJOS.findall(visto)}:
            self._columna = max(self._columna, _numero_de(letras))

    def _look_lejos(self, visto: bytes) -> None:
        """Renglones más allá del tope: si son puro formato, no importan; si dicen algo, no caben."""
        for fila in _FILA.finditer(visto):
            numero = int(fila[1])
            if numero > self._limites.renglones + 1_000 and _CON_VALOR.search(visto, fila.end()):
                self._reject(f"tiene algo escrito en la fila {numero:,} y se leen {self._limites.renglones:,} renglones")

    def require(self) -> None:
        if self._columna > self._limites.columnas:
            self._reject(f"tiene celdas hasta la columna {self._columna:,}, muy lejos de los datos")
        if self._fila * self._columna > self._limites.celdas:
            raise LibroRechazado(f"El libro trae {self._fila:,} filas por {self._columna:,} columnas: es demasiado para leerlo "
                                 "de una vez. Divídalo, o borre las columnas que no se usan.")

    def _reject(self, que: str) -> None:
        raise LibroRechazado(f"Una hoja {que}. Borre las filas y columnas que sobran (selecciónelas y elija «Eliminar»), "
                             "guarde el libro y súbalo otra vez; si trae más registros, divídalo.")


def _numero_de(letras: bytes) -> int:
    numero = 0
    for letra in letras:
        numero = numero * 26 + letra - 64
    return numero
