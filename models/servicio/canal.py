"""Una conexión de waitress, con lo que esta casa necesita de ella."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

GRACIA = 1.0
"""Segundos sin actividad tras los que una conexión se da por ociosa y se cierra al parar."""


class Contestacion(WSGITask):
    """La de waitress, que manda los encabezados y lo primero del cuerpo en un solo envío, y no en dos."""

    def write(self, data: bytes) -> None:
        with self.channel.one_envio():
            super().write(data)


class Canal(HTTPChannel):
    """La de waitress; se despide al parar, y mientras alguien contesta por ella el hilo principal la deja en paz."""

    task_class = Contestacion
    _juntas: list[bytes] | None = None

    @contextmanager
    def one_envio(self) -> Iterator[None]:
        """Lo que se escriba dentro sale junto. Cada envío le cuesta a quien contesta volver a pedir el candado de Python."""
        self._juntas = []
        try:
            yield
        finally:
            juntas, self._juntas = self._juntas, None
            if juntas:
                super().write_soon(juntas[0] if len(juntas) == 1 else b"".join(juntas))

    def write_soon(self, data: bytes) -> int:
        """Lo manda, o lo deja para salir con lo demás de ``one_envio``. Da sus bytes."""
        if self._juntas is None or not isinstance(data, bytes):
            return int(super().write_soon(data))
        self._juntas.append(data)
        return len(data)

    def service(self) -> None:
        if not self.server.accepting:
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()

    def writable(self) -> bool:
        """Si el hilo principal tiene algo que mandar por ella.

        Mientras quien contesta la tiene apartada para mandar, no. waitress dice que sí, y como no puede, vuelve a preguntar sin
        parar: con cien conexiones y dos núcleos desocupados se comía el candado de Python y salían 60 páginas por segundo.
        Quien contesta avisa al terminar si le quedó algo.
        """
        if self.requests and self.total_outbufs_len:
            if not self.outbuf_lock.acquire(False):
                return False
            self.outbuf_lock.release()
        return bool(super().writable())

    @property
    def ociosa(self) -> bool:
        """Nada que leer, que hacer ni que mandar desde hace un rato."""
        ocupada = self.requests or self.request is not None or self.total_outbufs_len
        return not ocupada and time.time() - self.last_activity > GRACIA
