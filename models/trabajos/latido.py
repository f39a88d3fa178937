"""El latido: mientras un trabajo hace algo largo sin avisar, un hilo le renueva el arriendo para que nadie más lo tome."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from models.base import db
from models.tareas import Trabajo
from models.trabajos.cola import ARRIENDO, renew

registro = logging.getLogger("ipomex.trabajos")


@contextmanager
def beating(trabajo: Trabajo, dueno: str, hace_falta: bool) -> Iterator[None]:
    """Renueva el arriendo cada tercio de lo que dura, hasta salir. Si la base está ocupada, lo intenta al siguiente."""
    if not hace_falta:
        yield
        return
    parar = threading.Event()

    def latir() -> None:
        while not parar.wait(ARRIENDO / 3000):
            try:
                with db.connection_context():
                    renew(trabajo, dueno)
            except Exception:
                registro.info("no se pudo renovar el arriendo del trabajo %s; se intentará de nuevo", trabajo.id)

    hilo = threading.Thread(target=latir, name="latido", daemon=True)
    hilo.start()
    try:
        yield
    finally:
        parar.set()
        hilo.join()
