"""Un navegador mínimo: una conexión que se queda abierta, las cookies de la oficina y el tiempo de cada respuesta."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.instituciones import CONTRASENA

_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Respuesta:
    """``ms``: desde que se pide hasta que se tiene el cuerpo. ``peticion`` es su número en la bitácora del servidor."""

    estado: int
    cuerpo: str
    ms: float
    peticion: str
    lleva_a: str = ""


class Fallo(RuntimeError):
    """El servidor no contestó lo que debía."""


class Cliente:
    """Una persona frente a un servidor local. ``pedir`` lanza ``OSError`` o ``HTTPException`` si no hay respuesta."""

    def __init__(self, puerto: int) -> None:
        self.conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=60)
        self.cookies: dict[str, str] = {}

    def pedir(self, ruta: str, formulario: dict[str, str] | None = None) -> Respuesta:
        cabeceras = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())} if self.cookies else {}
        cuerpo = None
        if formulario is not None:
            cuerpo, cabeceras["Content-Type"] = urlencode(formulario), "application/x-www-form-urlencoded"
        inicio = time.perf_counter()
        self.conexion.request("GET" if cuerpo is None else "POST", ruta, cuerpo, cabeceras)
        respuesta = self.conexion.getresponse()
        leido = respuesta.read()
        ms = (time.perf_counter() - inicio) * 1000
        for puesta in respuesta.headers.get_all("Set-Cookie") or ():
            self.cookies |= {nombre: m.value for nombre, m in SimpleCookie(puesta).items()}
        return Respuesta(respuesta.status, leido.decode(), ms, respuesta.headers.get("X-Peticion", ""),
                         respuesta.headers.get("Location", ""))

    def ver(self, ruta: str) -> Respuesta:
        """La página, que debe contestar 200. Lanza ``Fallo`` si no."""
        respuesta = self.pedir(ruta)
        if respuesta.estado != 200:
            raise Fallo(f"{ruta} contestó {respuesta.estado}: {respuesta.cuerpo[:300]}")
        return respuesta

    def ficha(self, ruta: str) -> dict[str, str]:
        """El testigo del formulario que trae esa página, si trae alguno."""
        hallado = _CSRF.search(self.ver(ruta).cuerpo)
        return {"csrf_token": hallado[1]} if hallado else {}

    def entrar(self, usuario: str, contrasena: str = CONTRASENA) -> Cliente:
        """Entra a la oficina; si no se dice otra, con la contraseña de las medidas."""
        respuesta = self.pedir("/ipo", {"usuario": usuario, "contrasena": contrasena, **self.ficha("/ipo")})
        if respuesta.estado != 302:
            raise Fallo(f"No entró {usuario}: {respuesta.estado}")
        return self
