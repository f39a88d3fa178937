"""La puerta: lo que toda respuesta lleva, venga de la oficina o del portal, sea 200 o 500.

Es WSGI puro: pone número de petición y nonce, rechaza anfitriones ajenos, agrega cabeceras de seguridad y apunta la
petición en la bitácora técnica (sin datos personales: ni consulta, ni cuerpo, ni cookies).
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Any

from models.servicio.entorno import Entorno

registro = logging.getLogger("ipomex.peticion")

Aplicacion = Callable[[dict[str, Any], Any], Iterable[bytes]]

FIJAS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


GUARDE_Y_PREGUNTE = "public, no-cache"
"""Lo que dice el portal. nginx lo entiende como «no guarde»; ``X-Accel-Expires`` le dice que sí, pero que ya venció."""


def politica_de_contenido(nonce: str, marcos: str = "") -> str:
    """La CSP: nada de fuera, nada en línea sin nonce, y nadie nos enmarca. ``marcos``: de dónde enmarca ella.

    Sin nonce, nada en línea: así va lo que guarda un proxy, que es igual para todos.
    """
    suyo = f" 'nonce-{nonce}'" if nonce else ""
    return ("default-src 'none'; "
            f"script-src 'self'{suyo}; style-src 'self'{suyo}; img-src 'self' data:; "
            "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            + (f"; frame-src {marcos}" if marcos else ""))


class Azar:
    """Bytes al azar del sistema, pedidos por junto: cada vez que se piden, Python suelta su candado y otro hilo se cuela."""

    PEDIDO = 24 * 512

    def __init__(self) -> None:
        self._candado, self._quedan = threading.Lock(), b""

    def tomar(self, n: int) -> bytes:
        """Los siguientes ``n``, que no se vuelven a dar."""
        with self._candado:
            if len(self._quedan) < n:
                self._quedan = secrets.token_bytes(self.PEDIDO)
            dados, self._quedan = self._quedan[:n], self._quedan[n:]
            return dados


class Puerta:
    """Envuelve la oficina y el portal, y manda cada petición a quien le toca."""

    def __init__(self, oficina: Aplicacion, portal: Aplicacion, entorno: Entorno) -> None:
        self.oficina, self.portal, self.entorno = oficina, portal, entorno
        self._azar = Azar()

    def __call__(self, ambiente: dict[str, Any], empezar: Any) -> Iterable[bytes]:
        azar = self._azar.tomar(24)
        ambiente["ipomex.peticion"] = azar[:8].hex()
        ambiente["ipomex.nonce"] = urlsafe_b64encode(azar[8:]).rstrip(b"=").decode()
        inicio = time.perf_counter()

        def empezar_con_cabeceras(estado: str, cabeceras: list[tuple[str, str]], error: Any = None) -> Any:
            self._apuntar(ambiente, estado, inicio)
            return empezar(estado, self._cabeceras(ambiente, cabeceras), error)

        if not self._anfitrion_conocido(ambiente):
            return _negar(empezar_con_cabeceras)
        return self._destino(ambiente)(ambiente, empezar_con_cabeceras)

    def _destino(self, ambiente: dict[str, Any]) -> Aplicacion:
        ruta = ambiente.get("PATH_INFO", "")
        de_oficina = ruta == "/ipo" or (ruta.startswith("/ipo/") and not ruta.startswith("/ipo/portal/"))
        return self.oficina if de_oficina or ruta == "/salud" else self.portal

    def _anfitrion_conocido(self, ambiente: dict[str, Any]) -> bool:
        if not self.entorno.anfitriones:
            return True
        anfitrion = ambiente.get("HTTP_HOST", "").rsplit(":", 1)[0].lower()
        return anfitrion in self.entorno.anfitriones

    def _cabeceras(self, ambiente: dict[str, Any], propias: list[tuple[str, str]]) -> list[tuple[str, str]]:
        dichas = {nombre.lower() for nombre, _ in propias}
        puestas = {**FIJAS, "Content-Security-Policy": politica_de_contenido(ambiente["ipomex.nonce"]),
                   "X-Peticion": ambiente["ipomex.peticion"]}
        if self.entorno.https:
            puestas["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if "cache-control" not in dichas:
            puestas["Cache-Control"] = "private, no-store"
        elif self.entorno.proxy and ("Cache-Control", GUARDE_Y_PREGUNTE) in propias:
            puestas |= {"X-Accel-Expires": "@1", "Content-Security-Policy": politica_de_contenido("")}
        return propias + [(nombre, valor) for nombre, valor in puestas.items() if nombre.lower() not in dichas]

    def _apuntar(self, ambiente: dict[str, Any], estado: str, inicio: float) -> None:
        registro.info("petición", extra={"datos": {
            "peticion": ambiente["ipomex.peticion"], "metodo": ambiente.get("REQUEST_METHOD"),
            "ruta": ambiente.get("PATH_INFO", "")[:300], "estado": int(estado[:3]),
            "ms": round((time.perf_counter() - inicio) * 1000, 2)}})


def _negar(empezar: Any) -> list[bytes]:
    cuerpo = "Esta dirección no es de este servidor.".encode()
    empezar("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(cuerpo)))])
    return [cuerpo]
