"""Los accesorios de las pruebas por HTTP: pídalos con ``pytest_plugins = "tests.sitio"``.

``sitio``             el sistema entero sobre SQLite
``sitio_pg``          sobre PostgreSQL
``sitio_de_cada``     la misma prueba, una vez en cada motor
"""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.bases import MOTORES, Plantilla
from tests.cliente import Sede, Sitio


@pytest.fixture(scope="session")
def sedes(plantillas: Callable[..., Plantilla], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sede]:
    """La aplicación armada sobre cada motor, la primera vez que se pide."""
    return cache(lambda motor: Sede(plantillas(motor), tmp_path_factory.mktemp(f"sede-{motor}")))


@pytest.fixture
def sitio(sedes: Callable[[str], Sede]) -> Iterator[Sitio]:
    with sedes("sqlite").abrir() as abierto:
        yield abierto


@pytest.fixture
def sitio_pg(sedes: Callable[[str], Sede]) -> Iterator[Sitio]:
    with sedes("postgresql").abrir() as abierto:
        yield abierto


@pytest.fixture(params=MOTORES)
def sitio_de_cada(request: pytest.FixtureRequest, sedes: Callable[[str], Sede]) -> Iterator[Sitio]:
    with sedes(request.param).abrir() as abierto:
        yield abierto
