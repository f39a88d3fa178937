"""Dónde está el último volcado. Su nombre lo dice todo —de cuándo es y su huella—: nada puede contradecirlo."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.domain.errores import ReglaRota

_NOMBRE = re.compile(r"volcado-(\d{13})-([0-9a-f]{64})\.zip")
_PROVISIONAL = ".haciendo-"

CARPETA = "volcado"
"""La suya, en los datos del sitio."""


class EnObra(ReglaRota):
    """Ya lo está haciendo otro proceso."""


@dataclass(frozen=True, slots=True)
class Volcado:
    """Un volcado terminado. ``creado``: el instante (ms UTC) del que dice lo público; ``sha256``, la huella del .zip entero."""

    ruta: Path
    creado: int
    sha256: str
    bytes: int


class Deposito:
    """La carpeta del volcado. ``hora`` es la de la Ciudad de México desde la que se hace cada día; nula, no se hace solo."""

    def __init__(self, carpeta: Path, hora: int | None = None) -> None:
        self.carpeta, self.hora = carpeta, hora

    def actual(self) -> Volcado | None:
        """El último; ``None`` si nunca se ha hecho."""
        hallados = sorted(self._todos(), key=lambda uno: uno.creado)
        return hallados[-1] if hallados else None

    def abrir(self) -> tuple[Volcado, BinaryIO] | None:
        """El último, abierto: aunque el siguiente lo quite de la carpeta, se sigue leyendo entero."""
        for _ in range(3):
            volcado = self.actual()
            if volcado is None:
                return None
            with contextlib.suppress(FileNotFoundError):
                return volcado, volcado.ruta.open("rb")
        return None

    def libre(self) -> int:
        """Bytes libres en su disco."""
        self.carpeta.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.carpeta).free

    @contextmanager
    def obra(self) -> Iterator[Path]:
        """La ruta provisional donde escribir; lo que quede en ella al salir se tira. Lanza ``EnObra`` si otro está en eso.

        El candado lo suelta el sistema aunque maten al proceso, y lo que dejó a medias lo barre el siguiente.
        """
        self.carpeta.mkdir(parents=True, exist_ok=True)
        with (self.carpeta / ".candado").open("w") as candado:
            try:
                fcntl.flock(candado, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise EnObra("Otro proceso está haciendo el volcado en este momento.") from error
            self._barrer()
            try:
                yield self.carpeta / f"{_PROVISIONAL}{os.getpid()}.zip"
            finally:
                self._barrer()

    def poner(self, provisional: Path, creado: int, sha256: str) -> Volcado:
        """Le da su nombre a lo escrito, ya en el disco, y quita los anteriores. Antes de esto nadie lo ve; después, todos."""
        destino = self.carpeta / f"volcado-{creado:013}-{sha256}.zip"
        os.replace(provisional, destino)
        _sync(self.carpeta)
        for viejo in self._todos():
            if viejo.ruta != destino:
                viejo.ruta.unlink(missing_ok=True)
        return Volcado(destino, creado, sha256, destino.stat().st_size)

    def quitar_hasta(self, instante: int) -> int:
        """Tira los que dicen de lo público en ese instante o antes. Da cuántos."""
        viejos = [uno for uno in self._todos() if uno.creado <= instante]
        for viejo in viejos:
            viejo.ruta.unlink(missing_ok=True)
        return len(viejos)

    def _todos(self) -> Iterator[Volcado]:
        for ruta in self.carpeta.glob("volcado-*.zip"):
            if partes := _NOMBRE.fullmatch(ruta.name):
                with contextlib.suppress(FileNotFoundError):
                    yield Volcado(ruta, int(partes[1]), partes[2], ruta.stat().st_size)

    def _barrer(self) -> None:
        for resto in self.carpeta.glob(f"{_PROVISIONAL}*"):
            resto.unlink(missing_ok=True)


def _sync(carpeta: Path) -> None:
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
