"""Leer una hoja de Excel que alguien sube: primero se mira el paquete por fuera, y luego otro proceso la abre.

Los topes son para listas cortas (un padrón, un organigrama): lo que pese o se infle de más no se abre.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from models.archivos.subida import sniff
from models.domain.errores import ReglaRota

BYTES = 2 * 1024 * 1024
PARTES, INFLADO = 200, 40 * 1024 * 1024
"""Partes de un libro, y bytes de todas ya infladas, que se aceptan siquiera abrir."""

ESPERA = 30
"""Segundos que se espera al proceso que lee."""

_HIJO = Path(__file__).with_name("hijo.py")


class HojaRechazada(ReglaRota):
    """La hoja no se puede leer; el mensaje dice por qué y qué hacer."""


def read_filas(contenido: bytes, filas: int, columnas: int, formulas: bool = False) -> list[list[str]]:
    """Las primeras ``filas`` de la primera hoja, celda por celda en texto; las de en blanco también cuentan. Con
    ``formulas``, las celdas con fórmula llegan como ``=…``: quien las recibe puede decir cuáles son.

    Lanza ``HojaRechazada``. Se pide una fila de más a quien quiera saber si hay de más.
    """
    _require_sano(contenido)
    try:
        orden = [sys.executable, "-I", str(_HIJO), str(filas), str(columnas), *(["formulas"] if formulas else [])]
        hecho = subprocess.run(orden, input=contenido, capture_output=True, timeout=ESPERA, check=True)
        return [[str(celda) for celda in fila] for fila in json.loads(hecho.stdout)]
    except (subprocess.SubprocessError, ValueError) as error:
        raise HojaRechazada("No se pudo leer el libro: parece dañado o demasiado grande por dentro. Copie sus datos a la "
                            "plantilla y súbala.") from error


def _require_sano(contenido: bytes) -> None:
    if not contenido:
        raise HojaRechazada("Elija el archivo de Excel.")
    if len(contenido) > BYTES:
        raise HojaRechazada("El archivo pesa más de 2 MB. Deje en él solo la lista, sin imágenes, y vuelva a subirlo.")
    if sniff(contenido) != "xlsx":
        raise HojaRechazada("No es un libro de Excel (.xlsx). Ábralo en su hoja de cálculo y guárdelo como «Libro de Excel».")
    with zipfile.ZipFile(io.BytesIO(contenido)) as libro:
        partes = libro.infolist()
        if len(partes) > PARTES or sum(parte.file_size for parte in partes) > INFLADO:
            raise HojaRechazada("El libro trae demasiado por dentro. Copie la lista a la plantilla y súbala.")
        if any("vbaproject" in parte.filename.lower() for parte in partes):
            raise HojaRechazada("El libro trae macros. Guárdelo como «Libro de Excel (.xlsx)», sin macros.")
        for parte in partes:
            _require_parte(libro, parte)


def _require_parte(libro: zipfile.ZipFile, parte: zipfile.ZipInfo) -> None:
    """Lo que la parte dice medir es lo que mide, y no define entidades."""
    try:
        with libro.open(parte) as flujo:
            texto = flujo.read(parte.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise HojaRechazada("El libro está dañado. Ábralo en su hoja de cálculo, guárdelo de nuevo y súbalo.") from error
    if len(texto) > parte.file_size or b"<!DOCTYPE" in texto or b"<!ENTITY" in texto:
        raise HojaRechazada("El libro no está hecho como los de una hoja de cálculo. Copie la lista a la plantilla y súbala.")
