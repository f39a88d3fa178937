"""Una conexión con la que alguien está contestando: el hilo principal no se la disputa."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from waitress.server import create_server

from models.servicio.canal import Canal

CUERPO = b"Lo que pide la ley. " * 500


def _contestar(ambiente: dict[str, Any], empezar: Any) -> list[bytes]:
    largo = {"/vacia": 0, "/larga": len(CUERPO) * 2}.get(ambiente["PATH_INFO"], len(CUERPO))
    empezar("200 OK", [("Content-Length", str(largo))])
    return [CUERPO] * (largo // len(CUERPO))


@pytest.fixture
def canal() -> Iterator[Any]:
    """Una conexión de verdad, de un servidor que no corre."""
    servidor = create_server(_contestar, host="127.0.0.1", port=0)
    servidor.channel_class = Canal
    cliente = socket.create_connection(("127.0.0.1", servidor.effective_port))
    servidor.handle_accept()
    [suyo] = servidor.active_channels.values()
    suyo.cliente = cliente
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


@pytest.mark.parametrize(("pedido", "envios", "cuerpo"), [
    ("GET /", 1, CUERPO), ("GET /vacia", 1, b""), ("HEAD /", 1, CUERPO), ("GET /larga", 2, CUERPO * 2)])
def test_los_encabezados_y_el_cuerpo_salen_en_un_envio(canal: Any, pedido: str, envios: int, cuerpo: bytes) -> None:
    mandados: list[bytes] = []
    mandar = canal.send

    def send(datos: bytes, do_close: bool = True) -> int:
        mandados.append(bytes(datos))
        return int(mandar(datos, do_close=do_close))

    canal.send = send
    canal.received(f"{pedido} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    recibido = b""
    canal.cliente.settimeout(10)
    while not recibido.endswith(b"\r\n\r\n" + cuerpo):
        recibido += canal.cliente.recv(1 << 16)
    assert recibido.startswith(b"HTTP/1.1 200 OK\r\n") and b"".join(mandados) == recibido
    assert len(mandados) == envios
