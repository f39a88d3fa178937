"""El almacén en disco: ``ab/cd/<sha256>``. Una interfaz pequeña, para que otro almacén (S3) quepa después."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

TROZO = 1 << 20


class AlmacenEnDisco:
    """Guarda contenidos por su huella: lo mismo subido dos veces es un solo archivo, y nada se sobrescribe."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        carpeta.mkdir(parents=True, exist_ok=True)

    def guardar(
        self, flujo: BinaryIO, tope: int | None = None, de_mas: Callable[[], Exception] = ValueError,
        revisar: Callable[[Path], object] = lambda _ruta: None,
    ) -> tuple[str, int]:
        """Guarda lo que trae ``flujo`` y da (sha256, bytes). Al volver ya está en el disco, sincronizado.

        Si trae más de ``tope`` bytes lanza lo que dé ``de_mas``. ``revisar`` mira lo recibido antes de que tenga su nombre:
        si lanza, no queda nada.
        """
        huella, tamano = hashlib.sha256(), 0
        descriptor, temporal = tempfile.mkstemp(dir=self.carpeta, prefix=".subiendo-")
        try:
            with os.fdopen(descriptor, "wb") as salida:
                while trozo := flujo.read(TROZO):
                    huella.update(trozo)
                    tamano += len(trozo)
                    if tope is not None and tamano > tope:
                        raise de_mas()
                    salida.write(trozo)
                salida.flush()
                os.fsync(salida.fileno())
            sha256 = huella.hexdigest()
            revisar(Path(temporal))
            self._poner(temporal, self.ruta(sha256))
        finally:
            Path(temporal).unlink(missing_ok=True)
        return sha256, tamano

    def abrir(self, sha256: str) -> BinaryIO:
        """Abre un contenido; ``FileNotFoundError`` si no está."""
        return self.ruta(sha256).open("rb")

    def existe(self, sha256: str) -> bool:
        return self.ruta(sha256).is_file()

    def ruta(self, sha256: str) -> Path:
        """Dónde está un contenido. Solo acepta huellas: ninguna ruta de fuera llega al disco."""
        if len(sha256) != 64 or not all(letra in "0123456789abcdef" for letra in sha256):
            raise ValueError("Eso no es una huella SHA-256.")
        return self.carpeta / sha256[:2] / sha256[2:4] / sha256

    def libre(self) -> int:
        """Bytes libres en el disco."""
        return shutil.disk_usage(self.carpeta).free

    def _poner(self, temporal: str, destino: Path) -> None:
        destino.parent.mkdir(parents=True, exist_ok=True)
        if not destino.exists():
            os.replace(temporal, destino)
            descriptor = os.open(destino.parent, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        else:
            os.utime(destino)  # alguien lo vuelve a querer: la limpieza no tira lo recién tocado
