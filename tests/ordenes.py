"""Dar órdenes de consola, cambiar el borrador del catálogo y esperar a que algo pase."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from app import create_app
from models.servicio.entorno import Entorno

PLAZO = 30.0
"""Segundos que se espera a que algo pase antes de darlo por fallido."""

Orden = Callable[..., Result]
FALTA = re.compile(r"^\S*formatos/convenios\.yaml:\d+:\d+: ", re.M)
CLAVE = "convenios"


def corredor(entorno: Entorno) -> Orden:
    """Da las órdenes sobre una aplicación recién armada."""
    app = create_app(entorno)

    def correr(*argumentos: str) -> Result:
        resultado = app.test_cli_runner().invoke(args=argumentos)
        assert "Traceback" not in resultado.output
        return resultado

    return correr


def change_convenios(carpeta: Path, viejo: str, nuevo: str) -> None:
    """Cambia un texto del archivo de convenios, una vez."""
    ruta = carpeta / "formatos" / f"{CLAVE}.yaml"
    texto = ruta.read_text()
    assert viejo in texto
    ruta.write_text(texto.replace(viejo, nuevo, 1))


def esperar(condicion: Callable[[], object], que: str) -> None:
    """Espera a que pase algo; si no pasa en ``PLAZO`` falla diciendo qué."""
    limite = time.monotonic() + PLAZO
    while not condicion():
        assert time.monotonic() < limite, f"no pasó: {que}"
        time.sleep(0.02)
