"""Servir con waitress y parar sin cortar a nadie: se deja de aceptar, se termina lo que va en curso y se sale con 0.

El perfil viene de medidas: con el límite de 100 conexiones que trae waitress, 200 lectores dejaban sin servicio a
quienes escribían; con este, 0 errores. Y con SIGTERM waitress tira lo que está contestando: la espera es de la casa.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
import threading
import time
from typing import Any

from peewee import DatabaseError, InterfaceError
from waitress import wasyncore
from waitress.server import TcpWSGIServer, create_server

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.servicio.arranque import release_escritor
from models.servicio.canal import Canal
from models.servicio.entorno import Entorno
from models.trabajos.despertador import start_despertador

registro = logging.getLogger("ipomex.servidor")

PERFIL: dict[str, Any] = {
    "threads": 8, "connection_limit": 1000, "asyncore_use_poll": True, "backlog": 1024, "channel_timeout": 30,
    "cleanup_interval": 10, "max_request_body_size": 30 * 1024 * 1024, "max_request_header_size": 32 * 1024,
    "ident": None, "clear_untrusted_proxy_headers": True,
}

ESPERA = 20.0
"""Segundos que se espera, cuando más, a que termine lo que va en curso."""

_TIC = 0.1
_LOCALES = ("127.0.0.1", "::1")


def serve(wsgi: Any, entorno: Entorno) -> int:
    """Sirve hasta SIGTERM o SIGINT. Da el código de salida: 0, o 1 si el puerto está ocupado."""
    try:
        servidor = create_server(wsgi, **profile_of(entorno))
    except OSError as error:
        print(f"No se pudo abrir el puerto {entorno.puerto}: {error.strerror}. Pruebe con otro: IPOMEX_PUERTO=8081",
              file=sys.stderr)
        return 1
    servidor.channel_class = Canal
    _serve_until_stop(servidor, entorno)
    with contextlib.suppress(DatabaseError, InterfaceError), db.connection_context():
        release_escritor()
    return 0


def _serve_until_stop(servidor: TcpWSGIServer, entorno: Entorno) -> None:
    alto = Alto(servidor)
    vigente.vigilar(parar=alto.pedido)
    despertador = start_despertador(entorno)
    casa = f"http://localhost:{servidor.effective_port}"
    print(f"IPOMEX está en {casa}/ y la oficina en {casa}/ipo (Ctrl-C para parar)", flush=True)
    while not alto.pedido.is_set():
        wasyncore.loop(timeout=1.0, use_poll=True, map=servidor._map, count=1)
    despertador.ask_stop()
    _drain(servidor, alto)
    despertador.stop()


def profile_of(entorno: Entorno) -> dict[str, Any]:
    """Los argumentos de waitress. Solo se cree en las cabeceras de un proxy si hay uno configurado.

    Con el proxy en la misma máquina, nadie de fuera puede llegar sin pasar por él.
    """
    anfitrion = entorno.proxy if entorno.proxy in _LOCALES else "0.0.0.0"
    perfil = {**PERFIL, "host": anfitrion, "port": entorno.puerto}
    if entorno.proxy:
        perfil |= {"trusted_proxy": entorno.proxy, "trusted_proxy_count": 1,
                   "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
    return perfil


class Alto:
    """La petición de parar. La primera señal espera a lo que va en curso; la segunda, ya no."""

    def __init__(self, servidor: TcpWSGIServer) -> None:
        self.servidor = servidor
        self.pedido = threading.Event()
        self.con_prisa = threading.Event()
        for senal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(senal, self)

    def __call__(self, *_: object) -> None:
        (self.con_prisa if self.pedido.is_set() else self.pedido).set()
        self.servidor.pull_trigger()


def _drain(servidor: TcpWSGIServer, alto: Alto) -> None:
    """Deja de aceptar y espera a que se vacíe."""
    _stop_accepting(servidor)
    fin = time.monotonic() + ESPERA
    while servidor.active_channels and time.monotonic() < fin and not alto.con_prisa.is_set():
        for canal in list(servidor.active_channels.values()):
            if canal.ociosa:
                canal.will_close = True
        wasyncore.loop(timeout=_TIC, use_poll=True, map=servidor._map, count=1)
    if servidor.active_channels:
        registro.warning("se cortaron %s conexiones que no terminaron a tiempo", len(servidor.active_channels))
    servidor.task_dispatcher.shutdown(timeout=1 if alto.con_prisa.is_set() else max(1, fin - time.monotonic()))


def _stop_accepting(servidor: TcpWSGIServer) -> None:
    """Atiende a quienes ya tocaron la puerta y la cierra: los siguientes reciben «conexión rechazada», no un corte."""
    conexiones = -1
    while conexiones != len(servidor.active_channels):
        conexiones = len(servidor.active_channels)
        servidor.handle_accept()
    servidor.accepting = False
    wasyncore.dispatcher.close(servidor)
