"""El proceso trabajador, ``python -m models.trabajos``: lo levanta ``despertador``, que le avisa por un tubo."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from models.base import db
from models.domain.borradores import purge_viejos
from models.domain.catalogo_vigente import vigente
from models.domain.presencia import purge_idas
from models.domain.supresion.disco import clean_disk
from models.domain.vocabulario import Vocabulario
from models.escritores import arrendar
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.limpieza import purge_cargas
from models.motores import abrir
from models.servicio.apuntes import start_bitacora
from models.servicio.arranque import RENOVACION, release_escritor
from models.servicio.entorno import read_entorno
from models.servicio.hilos import repeat
from models.servicio.marca_leida import read_marca
from models.servicio.memoria import share_memoria
from models.tareas import Trabajo
from models.trabajos.cola import is_libre
from models.trabajos.diario import MIRADA, Diario
from models.trabajos.nocturno import nocturno
from models.trabajos.trabajador import attend_all, new_dueno

registro = logging.getLogger("ipomex.trabajos")

PREGUNTA = 1.0
"""Segundos entre preguntas a la tabla ``trabajo`` cuando nadie avisa."""

SIN_PRISA = 15.0
"""Los mismos, para lo que va aparte."""

CONEXIONES = 6

LIMPIEZA = 3600.0
"""Segundos entre limpiezas de lo que ya venció."""


def main() -> int:
    share_memoria()
    start_bitacora()
    entorno = read_entorno()
    db.initialize(abrir(entorno.base_datos, CONEXIONES))
    carpeta.initialize(entorno.datos, entorno.anfitriones)
    nocturno.initialize(entorno, read_marca(entorno))
    parar, aviso = threading.Event(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: parar.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_listen, args=(parar, aviso), daemon=True).start()
    with db.connection_context():
        arrendar()
    repeat("renueva-escritor", RENOVACION, arrendar, parar)
    repeat("diario", MIRADA, Diario(entorno).look, parar)
    vocabulario = Vocabulario()
    repeat("vocabulario", MIRADA, lambda: vocabulario.look(vigente.recargar().tablas), parar)
    repeat("borradores-viejos", LIMPIEZA, _clean, parar)
    repeat("volcado-diario", MIRADA, nocturno.order, parar)
    threading.Thread(target=attend_until, args=(parar, threading.Event(), True), name="aparte", daemon=True).start()
    attend_until(parar, aviso)
    with db.connection_context():
        release_escritor()
    return 0


def attend_until(parar: threading.Event, aviso: threading.Event, aparte: bool = False) -> None:
    """Atiende la cola cada vez que le avisan, y cada segundo por si acaso, hasta ``parar``. Lo que va ``aparte``, sin prisa."""
    dueno = new_dueno()
    while not parar.is_set():
        aviso.clear()
        try:
            if _hay_trabajo(aparte):
                attend_all(dueno, parar, aparte)
        except Exception:
            registro.exception("no se pudo atender la cola; se intentará de nuevo")
        (parar if aparte else aviso).wait(SIN_PRISA if aparte else PREGUNTA)


def _clean() -> None:
    purge_viejos()
    purge_idas()
    purge_cargas()
    clean_disk()


def _hay_trabajo(aparte: bool) -> bool:
    """Una lectura: sin trabajo, el hijo no toca el candado de escritura de nadie."""
    with db.connection_context():
        return bool(Trabajo.select().where(is_libre(aparte)).exists())


def _listen(parar: threading.Event, aviso: threading.Event) -> None:
    """Cada byte es un aviso; cuando el tubo se cierra, el padre ya no está."""
    while os.read(sys.stdin.fileno(), 4096):
        aviso.set()
    parar.set()
    aviso.set()


if __name__ == "__main__":
    sys.exit(main())
