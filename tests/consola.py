"""Los accesorios de las pruebas de órdenes y arranque: pídalos con ``pytest_plugins = "tests.consola"``.

``carpeta``     un borrador de tres formatos, para cambiarlo
``nueva``       órdenes sobre una base que todavía no existe
``con_casa``    órdenes sobre la base del elenco, en cada motor
``publicado``   además, un convenio publicado y otro sin revisar
``entorno``     una base que todavía no existe, ya conectada
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.base import db
from models.motores import abrir
from models.servicio.entorno import Entorno
from tests.bases import POCOS, Base, archivos_del_catalogo, ensenar, soltar
from tests.cliente import entorno_de
from tests.elenco import Casa
from tests.ordenes import CLAVE, Orden, corredor


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    """Un borrador de tres formatos, para cambiarlo."""
    destino = tmp_path / "catalogo"
    for ruta, datos in archivos_del_catalogo(POCOS).items():
        (destino / ruta).parent.mkdir(parents=True, exist_ok=True)
        (destino / ruta).write_bytes(datos)
    return destino


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
