"""Los archivos que manda un navegador, uno por uno o dentro de un ``.zip``: sus nombres y sus contenidos, con topes propios.

De un ``.zip`` solo importa el nombre final de cada parte: nada se escribe con el nombre que trae, así que ninguna ruta sale de
donde debe. Lo que se infla de más, va cifrado o se encima no se abre.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from models.archivos.subida import TAMANO_MAXIMO, ArchivoRechazado

PARTES, INFLADO, VECES = 2000, 600 * 1024 * 1024, 200
"""Partes de un ``.zip``, bytes de todas ya infladas, y cuántas veces puede inflarse una."""

_IGNORADOS = (".ds_store", "thumbs.db", "desktop.ini")
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Subido:
    """Un archivo tal como lo mandó el navegador: su nombre y lo que trae. Un ``.zip`` son los que lleva adentro."""

    nombre: str
    flujo: BinaryIO


@dataclass(frozen=True, slots=True)
class Rechazado:
    """Uno que no se abre, y por qué."""

    nombre: str
    razon: str


def unpack(subidos: Iterable[Subido]) -> Iterator[Subido | Rechazado]:
    """Los archivos sueltos, y los de adentro de cada ``.zip``, de uno en uno. Lanza ``ArchivoRechazado`` por uno malo."""
    for subido in subidos:
        if not subido.nombre.lower().endswith(".zip"):
            yield subido
            continue
        try:
            with zipfile.ZipFile(subido.flujo) as paquete:
                yield from _parts(subido.nombre, paquete)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
            raise ArchivoRechazado(f"«{subido.nombre}» no es un .zip que se pueda abrir: está dañado o incompleto. Hágalo de "
                                   "nuevo, o elija los archivos sueltos.") from error


def _parts(zip_: str, paquete: zipfile.ZipFile) -> Iterator[Subido | Rechazado]:
    partes = [parte for parte in paquete.infolist() if not _se_ignora(parte)]
    _require_cabal(zip_, paquete, partes)
    for parte in partes:
        nombre = _nombre_de(parte)
        if razon := _razon(parte):
            yield Rechazado(nombre, razon)
            continue
        with paquete.open(parte) as flujo:
            yield Subido(nombre, flujo)  # type: ignore[arg-type]


def _require_cabal(zip_: str, paquete: zipfile.ZipFile, partes: list[zipfile.ZipInfo]) -> None:
    if len(partes) > PARTES:
        raise ArchivoRechazado(f"«{zip_}» trae {len(partes):,} archivos y se aceptan {PARTES:,} por vez. Divídalo en varios.")
    if sum(parte.file_size for parte in partes) > INFLADO:
        raise ArchivoRechazado(f"«{zip_}» pesa demasiado ya descomprimido. Divídalo en varios.")
    flujo = paquete.fp
    assert flujo is not None
    if sum(parte.compress_size for parte in partes) > flujo.seek(0, 2):
        raise ArchivoRechazado(f"«{zip_}» no está hecho como los de un compresor: sus partes se enciman. Hágalo de nuevo.")


def _razon(parte: zipfile.ZipInfo) -> str | None:
    """Por qué no se abre una parte; ``None`` si se abre."""
    ruta = parte.filename.replace("\\", "/")
    if ruta.startswith("/") or ".." in ruta.split("/") or ":" in ruta.split("/")[0]:
        return "Su nombre apunta fuera del .zip."
    if parte.flag_bits & 0x1:
        return "Está cifrado con contraseña. Quítesela y súbalo de nuevo."
    if parte.file_size > TAMANO_MAXIMO:
        return "Pesa más de 25 MB. Redúzcalo o divídalo."
    if parte.file_size > VECES * max(parte.compress_size, 1024):
        return "Se infla demasiado al descomprimirlo."
    return None


def _nombre_de(parte: zipfile.ZipInfo) -> str:
    """El nombre final. Sin la marca de UTF-8, los compresores de Windows escriben en la página de su consola."""
    nombre = parte.filename
    if not parte.flag_bits & _UTF8:
        crudo = nombre.encode("cp437", "replace")
        try:
            nombre = crudo.decode("utf-8")
        except UnicodeDecodeError:
            nombre = crudo.decode("cp850")
    return nombre.replace("\\", "/").rsplit("/", 1)[-1]


def _se_ignora(parte: zipfile.ZipInfo) -> bool:
    ultimo = parte.filename.replace("\\", "/").rsplit("/", 1)[-1].lower()
    return parte.is_dir() or parte.filename.startswith("__MACOSX/") or ultimo in _IGNORADOS or ultimo.startswith("._")
