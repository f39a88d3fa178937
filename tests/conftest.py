"""Lo que toda prueba tiene a la mano. Empiece por ``test_recorrido.py``.

``base``          una base limpia con el catálogo en vigor, una vez en SQLite y otra en PostgreSQL
``base_propia``   una base con tres formatos, para quien va a cambiar el catálogo
``casa``          el elenco (``elenco.py``): ``casa.julieta`` captura, ``casa.laura`` publica
``publicados``    lo que la ciudadanía puede leer de esa base
``capturar``      ``capturar(casa.julieta, "licitaciones", descripcion="Patrullas")`` da el id de un registro completo

En todas, además, corren dos vigilancias: ninguna consulta de la casa toca filas de un sujeto obligado sin nombrarlo, y
ninguna transacción de la casa cambia algo público sin mover su pulso.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import HealthCheck, settings

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.motores import abrir_lectura
from models.publicados import Publicados
from tests.bases import MOTORES, POCOS, Base, DePostgres, DeSqlite, Plantilla, archivos_del_catalogo, soltar
from tests.elenco import Casa
from tests.en_memoria import preferir_la_memoria
from tests.huellas_baratas import abaratar_las_huellas
from tests.postgres import SinPostgres, servidor_postgres
from tests.vigilancia import Falta, vigilar
from tests.vigilancia_del_pulso import SinPulso, vigilar_pulso

settings.register_profile("casa", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "largo", settings.get_profile("casa"), derandomize=False, max_examples=150, stateful_step_count=50)
settings.load_profile(os.environ.get("HYPOTHESIS", "casa"))

abaratar_las_huellas()
preferir_la_memoria()
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # cien procesos arrancan la casa: que la compile solo el primero
sys.dont_write_bytecode = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lo del navegador, primero: le toca a un solo obrero, que siembra y abre Chromium una vez; y al final queda lo corto."""
    del_navegador = {item.path for item in items if "chromium" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in del_navegador)


@pytest.fixture(scope="session")
def servidor_pg() -> Iterator[str]:
    """La URL de un PostgreSQL de verdad. Sin él la suite falla, salvo con ``PARCIAL=1``."""
    with ExitStack() as pila:
        try:
            url = pila.enter_context(servidor_postgres())
        except SinPostgres as falta:
            mensaje = f"Sin PostgreSQL: {falta}"
            (pytest.skip if os.environ.get("PARCIAL") == "1" else pytest.fail)(mensaje)
        yield url


@pytest.fixture(scope="session")
def carpeta_de_bases() -> Iterator[Path]:
    with TemporaryDirectory(prefix="ipomex-") as carpeta:
        yield Path(carpeta)


@pytest.fixture(scope="session")
def plantillas(request: pytest.FixtureRequest, carpeta_de_bases: Path) -> Iterator[Callable[..., Plantilla]]:
    """De dónde salen las bases: una plantilla por motor y catálogo, hecha la primera vez que se pide."""
    with ExitStack() as pila:
        @cache
        def de(motor: str, formatos: tuple[str, ...] = ()) -> Plantilla:
            catalogo = archivos_del_catalogo(formatos)
            if motor == "sqlite":
                return DeSqlite(Path(mkdtemp(dir=carpeta_de_bases)), catalogo)
            return pila.enter_context(closing(DePostgres(request.getfixturevalue("servidor_pg"), catalogo)))

        yield de


@pytest.fixture(params=MOTORES)
def motor(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def base(motor: str, plantillas: Callable[..., Plantilla]) -> Iterator[Base]:
    with plantillas(motor).prestar() as prestada:
        yield prestada


@pytest.fixture
def base_propia(motor: str, plantillas: Callable[..., Plantilla]) -> Iterator[Base]:
    with plantillas(motor, POCOS).copiar() as copia:
        yield copia


@pytest.fixture
def base_en_uso(motor: str, request: pytest.FixtureRequest) -> Base:
    """``base_propia`` si la prueba la pidió; si no, ``base``."""
    return request.getfixturevalue("base_propia" if "base_propia" in request.fixturenames else "base")


@pytest.fixture
def casa(base_en_uso: Base) -> Casa:
    return base_en_uso.presentar()


@pytest.fixture
def capturar(casa: Casa) -> Callable[..., int]:
    return casa.capturar


@pytest.fixture
def publicados(base_en_uso: Base) -> Iterator[Publicados]:
    """Lo único que el portal recibe: una conexión de solo lectura que no puede ni nombrar una tabla de trabajo."""
    lectura = abrir_lectura(base_en_uso.url, lambda tabla: tabla.startswith(("pub_", "sqlite_")))
    with lectura.connection_context():
        yield Publicados(lectura, lambda: vigente.foto)
    lectura.close_all()


@pytest.fixture(autouse=True)
def nada_abierto() -> Iterator[None]:
    """Al final de cada prueba no queda ninguna conexión de este proceso, aunque algo la haya vuelto a abrir al limpiar."""
    yield
    if db.obj is not None:
        soltar()


@pytest.fixture(autouse=True)
def consultas_con_sujeto() -> Iterator[list[Falta]]:
    """Falla la prueba si la casa hizo una consulta que no nombra al sujeto (``vigilancia.py``)."""
    with vigilar() as faltas:
        yield faltas
    if faltas:
        pytest.fail("Consultas sin sujeto_id, que podrían ver filas de otra institución:\n\n"
                    + "\n\n".join(map(str, faltas)), pytrace=False)


@pytest.fixture(autouse=True)
def pulso_al_dia() -> Iterator[list[SinPulso]]:
    """Falla la prueba si la casa confirmó un cambio en lo público sin mover el pulso (``vigilancia_del_pulso.py``)."""
    with vigilar_pulso() as faltas:
        yield faltas
    if faltas:
        pytest.fail("Cambios públicos sin pulso: las páginas recordadas no se enterarían.\n\n"
                    + "\n\n".join(map(str, faltas)), pytrace=False)
