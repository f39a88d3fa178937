"""Un .zip que se escribe conforme se manda: lo que se va comprimiendo sale de inmediato y no se guarda."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, cast

NIVEL = 1
"""De 1 a 9: el XML es tan repetido que con 1 ya pesa la décima parte; con 6 tarda el triple y pesa cuatro quintos."""

TROZO = 64 * 1024


class _Tubo:
    """Lo escrito y todavía no mandado. No sabe volver atrás: así el .zip lleva los tamaños después de cada parte."""

    def __init__(self) -> None:
        self._trozos: list[bytes] = []
        self.pendiente = 0

    def write(self, trozo: bytes) -> int:
        self._trozos.append(bytes(trozo))
        self.pendiente += len(trozo)
        return len(trozo)

    def flush(self) -> None:
        """Nada que empujar: lo saca quien manda."""

    def vaciar(self) -> bytes:
        todo = b"".join(self._trozos)
        self._trozos.clear()
        self.pendiente = 0
        return todo


class Paquete:
    """El .zip en curso: cada método da los bytes que ya se pueden mandar."""

    def __init__(self) -> None:
        self._tubo = _Tubo()
        self._zip = zipfile.ZipFile(cast(IO[bytes], self._tubo), "w", zipfile.ZIP_DEFLATED, compresslevel=NIVEL)

    def add(self, nombre: str, trozos: Iterable[bytes], grande: bool = False) -> Iterator[bytes]:
        """Agrega una parte, con la fecha en que empieza el tiempo de los .zip: los mismos datos dan los mismos bytes.

        ``grande``: puede pasar de 2 GiB. Su tamaño irá en 64 bits (ZIP64), que se decide antes de saberlo: los lectores más
        viejos no lo entienden, así que lo que cabe en 32 bits no lo lleva.
        """
        with self._zip.open(nombre, "w", force_zip64=grande) as destino:
            yield self._tubo.vaciar()  # quien espera ya ve que empezó
            for trozo in trozos:
                destino.write(trozo)
                if self._tubo.pendiente >= TROZO:
                    yield self._tubo.vaciar()
        yield self._tubo.vaciar()

    def close(self) -> bytes:
        """El índice del .zip, que va al final."""
        self._zip.close()
        return self._tubo.vaciar()
