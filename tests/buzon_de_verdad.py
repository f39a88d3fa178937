"""Un servidor SMTP de verdad, en este proceso: guarda lo que recibe, y hace lo que se le diga con lo que llega."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Oficina:
    """Quien recibe. ``al_llegar`` puede contestar otra cosa (``"550 no"``) o hacer algo mientras el mensaje va en camino; con
    ``se_corta``, lo recibe y cuelga sin contestar."""

    def __init__(self) -> None:
        self.recibidos: list[EmailMessage] = []
        self.al_llegar: Callable[[], str | None] | None = None
        self.al_destinatario: Callable[[str], str | None] | None = None
        self.se_corta = False
        self.puerto = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.puerto}?de=avisos@ipomex.example"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        respuesta = self.al_destinatario(address) if self.al_destinatario else None
        if respuesta is None:
            envelope.rcpt_tos.append(address)
        return respuesta or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        respuesta = self.al_llegar() if self.al_llegar else None
        if respuesta is None:
            mensaje = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mensaje, EmailMessage)
            self.recibidos.append(mensaje)
        if self.se_corta:
            server.transport.abort()
        return respuesta or "250 OK"


@contextlib.contextmanager
def abrir_oficina() -> Iterator[Oficina]:
    """El servidor, escuchando en un puerto libre."""
    oficina = Oficina()
    oficina.puerto = puerto_libre()
    controlador = Controller(oficina, hostname="127.0.0.1", port=oficina.puerto)
    controlador.start()
    try:
        yield oficina
    finally:
        controlador.stop()


def puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])
