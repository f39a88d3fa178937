"""El trabajador: un proceso hijo que atiende la cola. El despertador lo llama; si no, pregunta cada segundo."""

from __future__ import annotations

import logging
import os
import secrets
import threading
from contextlib import closing

from models.base import db
from models.domain.errores import ReglaRota
from models.tareas import Trabajo
from models.trabajos.cola import advance, finish, take
from models.trabajos.latido import beating
from models.trabajos.oficios import OFICIOS, RENDIRSE, SIN_REBANADAS

registro = logging.getLogger("ipomex.trabajos")


def new_dueno() -> str:
    """El nombre de un trabajador: distinto para cada proceso."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def attend_all(dueno: str, parar: threading.Event | None = None, aparte: bool = False) -> int:
    """Atiende todo lo que haya en la cola (o lo que va ``aparte``) y da cuántos trabajos tomó."""
    tomados = 0
    while not (parar and parar.is_set()):
        with db.connection_context():
            trabajo = take(dueno, RENDIRSE, aparte)
            if trabajo is None:
                return tomados
            attend(trabajo, dueno, parar)
        tomados += 1
    return tomados


def attend(trabajo: Trabajo, dueno: str, parar: threading.Event | None = None) -> None:
    """Hace un trabajo hasta terminarlo, perder el arriendo o que pidan parar (entonces lo sigue otro)."""
    oficio = OFICIOS.get(trabajo.tipo)
    try:
        if oficio is None:
            raise ReglaRota(f"No sé hacer trabajos de tipo «{trabajo.tipo}».")
        with beating(trabajo, dueno, trabajo.tipo in SIN_REBANADAS), closing(oficio(trabajo)) as rebanadas:
            for hecho in rebanadas:
                if not advance(trabajo, dueno, hecho) or (parar and parar.is_set()):
                    return
        finish(trabajo, "terminado", {})
    except ReglaRota as error:
        finish(trabajo, "fallido", {"mensaje": str(error)})
    except Exception:
        registro.exception("el trabajo %s se interrumpió; se reintentará", trabajo.id)
