"""Una conexión de waitress, con lo que esta casa necesita de ella."""

from __future__ import annotations

import time

from waitress.channel import HTTPChannel

GRACIA = 1.0
"""Segundos sin actividad tras los que una conexión se da por ociosa y se cierra al parar."""


class Canal(HTTPChannel):
    """La de waitress; se despide al parar, y mientras alguien contesta por ella el hilo principal la deja en paz."""

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
