"""Abrir un libro ajeno con openpyxl, o decir en español por qué no se puede."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

INFLADO_MAXIMO = 200 * 1024 * 1024
"""Bytes de todas las partes ya infladas que se aceptan siquiera abrir."""

ENTIDADES = (b"<!DOCTYPE", b"<!ENTITY")


class LibroInvalido(ValueError):
    """El archivo no es un libro de carga de SIPOT; el mensaje dice por qué."""


def open_libro(ruta: Path) -> Any:
    """El libro abierto, con sus fórmulas sin calcular. Lanza ``LibroInvalido`` u ``OSError`` si no existe."""
    _require_sano(ruta)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return openpyxl.load_workbook(ruta, keep_links=False)
    except OSError as error:
        raise LibroInvalido(_no_es(ruta)) from error
    except Exception as error:  # openpyxl deja pasar lo que lance quien lee cada parte: KeyError, ParseError, IndexError…
        raise LibroInvalido(_no_es(ruta)) from error


def _require_sano(ruta: Path) -> None:
    try:
        with zipfile.ZipFile(ruta) as paquete:
            partes = paquete.infolist()
            if sum(parte.file_size for parte in partes) > INFLADO_MAXIMO:
                raise LibroInvalido(f"{ruta.name} trae demasiado por dentro. Deje solo las hojas del formato.")
            for parte in partes:
                with paquete.open(parte) as flujo:
                    principio = flujo.read(4096)
                if any(marca in principio for marca in ENTIDADES):
                    raise LibroInvalido(f"{ruta.name} no está hecho como los de una hoja de cálculo: guárdelo en ella.")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise LibroInvalido(_no_es(ruta)) from error
    except ValueError as error:
        raise error if isinstance(error, LibroInvalido) else LibroInvalido(_no_es(ruta)) from error


def _no_es(ruta: Path) -> str:
    return f"{ruta.name} no es un libro de Excel (.xlsx), o está dañado o cifrado. Ábralo en su hoja de cálculo y guárdelo así."
