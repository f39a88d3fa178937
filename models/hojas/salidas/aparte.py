"""Lo que se va juntando mientras se escribe otra cosa: las tablas de unos registros, que van después que ellos."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

EN_MEMORIA = 1_000_000
"""Bytes; lo que pase va a un archivo temporal que se borra solo."""

_TROZO = 256 * 1024


class Aparte:
    """Bytes guardados para después."""

    def __init__(self, carpeta: Path | None = None) -> None:
        """``carpeta``: dónde va el temporal, si no donde el sistema dice."""
        self._archivo = tempfile.SpooledTemporaryFile(max_size=EN_MEMORIA, dir=str(carpeta) if carpeta else None)  # noqa: SIM115 (lo cierra ``close``)

    def write(self, trozo: bytes) -> None:
        self._archivo.write(trozo)

    @property
    def pesa(self) -> int:
        """Los bytes que van."""
        return self._archivo.tell()

    def read(self) -> Iterator[bytes]:
        """Todo lo guardado, por trozos."""
        self._archivo.seek(0)
        while trozo := self._archivo.read(_TROZO):
            yield trozo

    def close(self) -> None:
        self._archivo.close()

    def __enter__(self) -> Aparte:
        return self

    def __exit__(self, tipo: type[BaseException] | None, error: BaseException | None, rastro: TracebackType | None) -> None:
        self.close()
