"""Las imágenes de los manuales: ``make manuales``. Monta la demostración, así que tarda un minuto, y las deja en
``docs/capturas``, siempre las mismas pantallas y del mismo tamaño."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from models.presentacion.manual import DOCS
from models.servicio.marca import CONTRASENA_DEMO as CONTRASENA
from tests.chromium import Vigia, abrir_chromium, abrir_pagina, entrar
from tests.servidor import correr, servir

CARPETA = DOCS / "capturas"
MEDIDA = {"width": 960, "height": 570}

CAPTURISTA, ADMINISTRADOR, UNIDAD, GARANTE = "capt1.metepec", "admin1.metepec", "unidad.metepec", "garante"

IMAGENES: dict[str, tuple[str | None, str]] = {
    "entrada": (None, "/ipo"),
    "capturista-tablero": (CAPTURISTA, "/ipo/tablero"),
    "capturista-faltantes": (CAPTURISTA, "/ipo/faltantes"),
    "capturista-captura": (CAPTURISTA, "/ipo/f/convenios/nuevo"),
    "capturista-lista": (CAPTURISTA, "/ipo/f/convenios/"),
    "capturista-copia": (CAPTURISTA, "/ipo/copia/convenios"),
    "capturista-no-aplica": (CAPTURISTA, "/ipo/ausencias/convenios/proponer?tipo=no_se_genero"),
    "capturista-mensajes": (CAPTURISTA, "/ipo/mensajes"),
    "administrador-lista": (ADMINISTRADOR, "/ipo/f/convenios/?estado=capturado"),
    "administrador-usuarios": (ADMINISTRADOR, "/ipo/usuarios"),
    "unidad-primeros-pasos": (UNIDAD, "/ipo/primeros-pasos"),
    "unidad-organigrama": (UNIDAD, "/ipo/organigrama"),
    "unidad-usuario-nuevo": (UNIDAD, "/ipo/usuarios/nuevo"),
    "unidad-configuracion": (UNIDAD, "/ipo/configuracion"),
    "unidad-tablero": (UNIDAD, "/ipo/tablero"),
    "unidad-revision": (UNIDAD, "/ipo/f/convenios/revisar"),
    "unidad-no-aplica": (UNIDAD, "/ipo/ausencias"),
    "unidad-acuses": (UNIDAD, "/ipo/acuses"),
    "unidad-organos": (UNIDAD, "/ipo/organos"),
    "garante-alta": (GARANTE, "/ipo/sujetos/nuevo"),
    "garante-usuarios": (GARANTE, "/ipo/usuarios"),
}
"""Nombre del archivo → quién mira y qué pantalla."""


def ilustrar(direccion: str, carpeta: Path = CARPETA) -> int:
    """Fotografía lo que sirve ``direccion``. Da cuántas imágenes hizo; lanza ``RuntimeError`` si una pantalla no contesta."""
    carpeta.mkdir(parents=True, exist_ok=True)
    for vieja in carpeta.glob("*.png"):
        vieja.unlink()
    with abrir_chromium() as navegador:
        sesiones = {quien: entrar(navegador, direccion, quien, CONTRASENA) for quien in {q for q, _ in IMAGENES.values() if q}}
        for nombre, (quien, ruta) in IMAGENES.items():
            _disparar(_abrir(navegador, direccion, sesiones[quien] if quien else None, ruta), carpeta / f"{nombre}.png")
    return len(IMAGENES)


def _abrir(navegador: Browser, direccion: str, sesion: str | None, ruta: str) -> Page:
    pagina = abrir_pagina(navegador, Vigia(direccion), MEDIDA, sesion)
    respuesta = pagina.goto(ruta)
    if respuesta is None or not respuesta.ok:
        raise RuntimeError(f"{ruta} contestó {respuesta.status if respuesta else 'nada'}")
    return pagina


def _disparar(pagina: Page, archivo: Path) -> None:
    """Sin la franja de demostración, para que se vea lo que verá quien lo use."""
    pagina.evaluate("document.querySelectorAll('.demo').forEach(franja => franja.remove())")
    pagina.screenshot(path=archivo, scale="css", animations="disabled", caret="hide")
    pagina.context.close()


def main() -> None:
    carpeta = Path(sys.argv[1]) if len(sys.argv) > 1 else CARPETA
    with tempfile.TemporaryDirectory(prefix="ipomex-manuales-") as datos:
        correr("flask", "--app", "app", "demo", IPOMEX_ENTORNO="demo", IPOMEX_DATOS=datos, IPOMEX_BASE_DATOS="")
        with servir(Path(datos)) as direccion:
            print(f"{ilustrar(direccion, carpeta)} imágenes en {carpeta}/")


if __name__ == "__main__":
    main()
