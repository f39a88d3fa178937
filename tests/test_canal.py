"""Una conexión con la que alguien está contestando: el hilo principal no se la disputa."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from waitress.server import create_server

from models.servicio.canal import Canal


@pytest.fixture
def canal() -> Iterator[Any]:
    """Una conexión de verdad, de un servidor que no corre."""
    servidor = create_server(lambda ambiente, empezar: [], host="127.0.0.1", port=0)
    servidor.channel_class = Canal
    cliente = socket.create_connection(("127.0.0.1", servidor.effective_port))
    servidor.handle_accept()
    [suyo] = servidor.active_channels.values()
    yield suyo
    suyo.requests = []
    cliente.close()
    suyo.handle_close()
    servidor.task_dispatcher.shutdown()
    servidor.close()


def test_mientras_otro_hilo_manda_no_tiene_que_hacer(canal: Any) -> None:
    canal.requests, canal.total_outbufs_len = ["petición"], 700
    mandando, puede_soltar = threading.Event(), threading.Event()

    def contestar() -> None:
        with canal.outbuf_lock:
            mandando.set()
            puede_soltar.wait(5)

    hilo = threading.Thread(target=contestar)
    hilo.start()
    assert mandando.wait(5)
    assert not canal.writable(), "el hilo principal daría vueltas sin poder mandar"
    puede_soltar.set()
    hilo.join()
    assert canal.writable(), "lo que quedó sin mandar lo manda el principal"


def test_lo_que_sobra_de_una_respuesta_ya_contestada_lo_manda_el_principal(canal: Any) -> None:
    assert not canal.writable()
    canal.total_outbufs_len = 700
    assert canal.writable()


def test_una_conexion_por_cerrar_se_atiende_siempre(canal: Any) -> None:
    canal.will_close = True
    assert canal.writable()
