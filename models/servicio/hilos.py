"""Lo que un proceso hace por su cuenta cada cierto tiempo: un hilo por tarea, y una falla no lo mata."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from models.base import db

registro = logging.getLogger("ipomex.hilos")


def repeat(
    nombre: str, cada: float, tarea: Callable[[], object], parar: threading.Event | None = None,
) -> threading.Thread:
    """Hace ``tarea`` cada ``cada`` segundos, con la base abierta, hasta ``parar``. La primera vez, tras esperar."""
    alto = parar or threading.Event()

    def hacer() -> None:
        while not alto.wait(cada):
            try:
                with db.connection_context():
                    tarea()
            except Exception:
                registro.exception("falló «%s»; se intentará de nuevo en %s s", nombre, cada)

    hilo = threading.Thread(target=hacer, name=nombre, daemon=True)
    hilo.start()
    return hilo
