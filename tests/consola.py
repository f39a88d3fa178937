"""Los accesorios de las pruebas de órdenes y arranque: pídalos con ``pytest_plugins = "tests.consola"``.

``carpeta``     un borrador de tres formatos, para cambiarlo
``nueva``       órdenes sobre una base que todavía no existe
``con_casa``    órdenes sobre la base del elenco, en cada motor
``publicado``   además, un convenio publicado y otro sin revisar
``entorno``     una base que todavía no existe, ya conectada
"""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from app import create_app
from models.base import db
from models.motores import abrir
from models.servicio.entorno import Entorno
from tests.bases import POCOS, Base, archivos_del_catalogo, ensenar, soltar
from tests.cliente import entorno_de
from tests.elenco import Casa

PLAZO = 15.0
"""Segundos que se espera a que algo pase antes de darlo por fallido."""

Orden = Callable[..., Result]
FALTA = re.compile(r"^\S*formatos/convenios\.yaml:\d+:\d+: ", re.M)
CLAVE = "convenios"


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    """Un borrador de tres formatos, para cambiarlo."""
    destino = tmp_path / "catalogo"
    for ruta, datos in archivos_del_catalogo(POCOS).items():
        (destino / ruta).parent.mkdir(parents=True, exist_ok=True)
        (destino / ruta).write_bytes(datos)
    return destino


def corredor(entorno: Entorno) -> Orden:
    """Da las órdenes sobre una aplicación recién armada."""
    app = create_app(entorno)

    def correr(*argumentos: str) -> Result:
        resultado = app.test_cli_runner().invoke(args=argumentos)
        assert "Traceback" not in resultado.output
        return resultado

    return correr


@pytest.fixture
def nueva(tmp_path: Path, carpeta: Path) -> Iterator[Orden]:
    """Órdenes sobre una base que todavía no existe."""
    yield corredor(entorno_de(f"sqlite:///{tmp_path / 'nueva.db'}", tmp_path, catalogo=carpeta))
    soltar()
    ensenar(None)


@pytest.fixture
def con_casa(base_propia: Base, casa: Casa, tmp_path: Path, carpeta: Path) -> Orden:
    """Órdenes sobre la base del elenco, en cada motor; la casa ya abrió conexiones y hay que soltarlas."""
    soltar()
    return corredor(entorno_de(base_propia.url, tmp_path, catalogo=carpeta))


@pytest.fixture
def publicado(con_casa: Orden, casa: Casa) -> Orden:
    """Un convenio publicado y otro sin revisar, en Metepec."""
    with db.connection_context():
        uno, _ = (casa.capturar(casa.julieta, CLAVE) for _ in range(2))
        casa.hacer(casa.laura, "publicar", uno, clave=CLAVE)
    return con_casa


@pytest.fixture
def entorno(tmp_path: Path, carpeta: Path) -> Iterator[Entorno]:
    """Una base que todavía no existe, ya conectada, y el borrador de tres formatos."""
    propio = entorno_de(f"sqlite:///{tmp_path / 'nueva.db'}", tmp_path, catalogo=carpeta)
    db.initialize(abrir(propio.base_datos))
    ensenar(None)
    db.connect()
    yield propio
    soltar()
    ensenar(None)


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
