"""Muchas conexiones a la vez que piden sin parar, desde un solo hilo: lo que cuesta pedir no tapa lo que cuesta contestar."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

_TROZO = 1 << 18
_FIN = b"\r\n\r\n"


@dataclass(slots=True)
class Cuenta:
    """Lo que pasó: ``ms`` de cada respuesta buena, y las que no lo fueron."""

    ms: list[float] = field(default_factory=list)
    fallas: list[str] = field(default_factory=list)
    segundos: float = 0.0
    bytes: int = 0

    @property
    def por_segundo(self) -> float:
        return len(self.ms) / self.segundos if self.segundos else 0.0

    @property
    def mediana(self) -> float:
        return median(self.ms) if self.ms else 0.0

    @property
    def p95(self) -> float:
        return quantiles(self.ms, n=20)[-1] if len(self.ms) > 1 else 0.0


class Conexion:
    """Una conexión que se queda abierta: pide las rutas por turnos, una cada vez."""

    def __init__(self, puerto: int, rutas: Sequence[str], cabeceras: str, primera: int) -> None:
        self.enchufe = socket.create_connection(("127.0.0.1", puerto), timeout=60)
        self.enchufe.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._pedidos = [f"GET {ruta} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cabeceras}\r\n".encode() for ruta in rutas]
        self._turno, self._recibido, self._inicio = primera, bytearray(), 0.0

    def pedir(self) -> None:
        self._recibido.clear()
        self._inicio = time.perf_counter()
        self.enchufe.sendall(self._pedidos[self._turno % len(self._pedidos)])
        self._turno += 1

    def leer(self, cuenta: Cuenta) -> bool:
        """Recibe lo que haya; dice si con eso terminó la respuesta, y la cuenta. Lanza ``OSError`` si se cortó."""
        trozo = self.enchufe.recv(_TROZO)
        if not trozo:
            raise ConnectionError("se cortó")
        self._recibido += trozo
        if not _is_complete(self._recibido):
            return False
        cuenta.bytes += len(self._recibido)
        if self._recibido[9:12] == b"200":
            cuenta.ms.append((time.perf_counter() - self._inicio) * 1000)
        else:
            cuenta.fallas.append(self._recibido[:60].decode("latin-1"))
        return True


def press(
    puerto: int, rutas: Sequence[str], conexiones: int, segundos: float, cabeceras: str = "", al_menos: int = 1,
) -> Cuenta:
    """Pide esas rutas durante ese tiempo, o hasta tener ``al_menos`` tantas respuestas, y da la cuenta."""
    cuenta, mira = Cuenta(), selectors.DefaultSelector()
    todas = [Conexion(puerto, rutas, cabeceras, i) for i in range(conexiones)]
    for una in todas:
        mira.register(una.enchufe, selectors.EVENT_READ, una)
        una.pedir()
    inicio = time.perf_counter()
    try:
        while time.perf_counter() - inicio < segundos or len(cuenta.ms) + len(cuenta.fallas) < al_menos:
            for lista, _ in mira.select(1.0):
                _attend(lista.data, cuenta, mira)
    finally:
        cuenta.segundos = time.perf_counter() - inicio
        mira.close()
        for una in todas:
            una.enchufe.close()
    return cuenta


def _attend(una: Conexion, cuenta: Cuenta, mira: selectors.BaseSelector) -> None:
    try:
        if una.leer(cuenta):
            una.pedir()
    except OSError as error:
        cuenta.fallas.append(str(error))
        mira.unregister(una.enchufe)


def _is_complete(recibido: bytearray) -> bool:
    cabeza = recibido.find(_FIN)
    if cabeza < 0:
        return False
    cabeceras = bytes(recibido[:cabeza]).lower()
    _, hay, largo = cabeceras.partition(b"\r\ncontent-length:")
    if hay:
        return len(recibido) >= cabeza + len(_FIN) + int(largo.split(b"\r\n", 1)[0])
    return bool(recibido.endswith(b"0\r\n\r\n")) or cabeceras[9:12] == b"304"
