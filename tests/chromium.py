"""Chromium de verdad, el de la distribución, sin salir a la red. Lo usan las pruebas de navegador y ``capturas.py``."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

NOMBRES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ANCHO, TELEFONO = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
MILISEGUNDOS = 15_000
"""Lo que se espera, cuando más, a que algo aparezca."""

expect.set_options(timeout=MILISEGUNDOS)

_ARGUMENTOS = (
    "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


class SinChromium(RuntimeError):
    """No hay un Chromium instalado."""


@contextmanager
def abrir_chromium() -> Iterator[Browser]:
    """Un navegador recién estrenado: perfil nuevo, que se borra al cerrar. Lanza ``SinChromium``."""
    ejecutable = next(filter(None, map(shutil.which, NOMBRES)), None)
    if ejecutable is None:
        raise SinChromium("No hay Chromium. Instálelo (en Debian: sudo apt install chromium) o siga con PARCIAL=1.")
    como_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as teatro:
        navegador = teatro.chromium.launch(executable_path=ejecutable, args=[*_ARGUMENTOS, *como_root])
        try:
            yield navegador
        finally:
            navegador.close()


DE_CASA = ("data", "blob", "chrome", "chrome-extension")
"""Lo que no sale del navegador: los dos últimos son su visor de PDF."""


@dataclass
class Vigia:
    """Apunta lo que ninguna página debe hacer: errores de consola, peticiones a otro sitio, diálogos."""

    direccion: str
    faltas: list[str] = field(default_factory=list)
    sin_red: bool = False
    """Si a propósito se cortó la red: que Chromium se queje de eso no es falta."""
    _con_falla: set[str] = field(default_factory=set)

    def cuidar(self, contexto: BrowserContext) -> None:
        contexto.on("request", self._mirar_peticion)
        contexto.on("response", self._mirar_respuesta)
        contexto.on("console", self._mirar_consola)
        contexto.on("weberror", lambda error: self.faltas.append(f"error de guion: {error.error}"))
        contexto.on("dialog", self._mirar_dialogo)

    def _mirar_peticion(self, peticion: Request) -> None:
        partes = urlsplit(peticion.url)
        if partes.scheme not in DE_CASA and f"{partes.scheme}://{partes.netloc}" != self.direccion:
            self.faltas.append(f"petición a otro sitio: {peticion.url}")

    def _mirar_respuesta(self, respuesta: Response) -> None:
        """Una página que contesta 404 o 422 hace que Chromium se queje; eso no es falta, y un guion que falte sí."""
        if respuesta.status >= 400 and respuesta.request.is_navigation_request():
            self._con_falla.add(respuesta.url)
        elif respuesta.status >= 400:
            self.faltas.append(f"{respuesta.status} en {respuesta.url}")

    def _mirar_consola(self, dicho: ConsoleMessage) -> None:
        de_la_pagina = dicho.text.startswith("Failed to load resource") and dicho.location["url"] in self._con_falla
        de_la_red = self.sin_red and "net::ERR_" in dicho.text
        if dicho.type in ("error", "warning") and not de_la_pagina and not de_la_red:
            self.faltas.append(f"consola, en {dicho.location['url']}: {dicho.text}")

    def _mirar_dialogo(self, dialogo: Dialog) -> None:
        self.faltas.append(f"diálogo {dialogo.type}: {dialogo.message}")
        with suppress(Exception):
            dialogo.dismiss()


def abrir_pagina(navegador: Browser, vigia: Vigia, medida: dict[str, int], sesion: str | None = None) -> Page:
    """Una página en su propio contexto, ya vigilada. ``sesion`` es la cookie de quien ya entró."""
    contexto = navegador.new_context(viewport=medida, locale="es-MX", timezone_id="America/Mexico_City",
                                     base_url=vigia.direccion, reduced_motion="reduce")
    contexto.set_default_timeout(MILISEGUNDOS)
    if sesion:
        contexto.add_cookies([{"name": "ipomex", "value": sesion, "url": vigia.direccion}])
    vigia.cuidar(contexto)
    return contexto.new_page()


def entrar(navegador: Browser, direccion: str, usuario: str, contrasena: str) -> str:
    """Entra por la puerta, como una persona, y da la cookie de su sesión."""
    pagina = abrir_pagina(navegador, Vigia(direccion), ANCHO)
    pagina.goto("/ipo")
    pagina.get_by_label("Usuario").fill(usuario)
    pagina.get_by_label("Contraseña").fill(contrasena)
    pagina.get_by_role("button", name="Entrar").click()
    pagina.wait_for_url("**/ipo/tablero")
    [cookie] = [c for c in pagina.context.cookies() if c["name"] == "ipomex"]
    pagina.context.close()
    return cookie["value"]
