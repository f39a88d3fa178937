"""Lo que toda prueba tiene a la mano. Empiece por ``test_recorrido.py``.

``base``          una base limpia con el catálogo en vigor, una vez en SQLite y otra en PostgreSQL
``base_propia``   lo mismo, para quien va a cambiar el catálogo
``casa``          el elenco (``elenco.py``): ``casa.julieta`` captura, ``casa.laura`` publica
``capturar``      ``capturar(casa.julieta, "licitaciones", descripcion="Patrullas")`` da el id de un registro completo

En todas, además, corre la vigilancia: ninguna consulta de la casa toca filas de un sujeto obligado sin nombrarlo.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings

from tests.bases import MOTORES, Base, DePostgres, DeSqlite, Plantilla
from tests.elenco import Casa, presentar
from tests.postgres import SinPostgres, servidor_postgres
from tests.vigilancia import Falta, vigilar

settings.register_profile("casa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("largo", settings.get_profile("casa"), max_examples=1000, stateful_step_count=80)
settings.load_profile(os.environ.get("HYPOTHESIS", "casa"))


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
def plantilla_sqlite(tmp_path_factory: pytest.TempPathFactory) -> DeSqlite:
    return DeSqlite(tmp_path_factory.mktemp("bases"))


@pytest.fixture(scope="session")
def plantilla_postgresql(servidor_pg: str) -> DePostgres:
    return DePostgres(servidor_pg)


@pytest.fixture(params=MOTORES)
def plantilla(request: pytest.FixtureRequest) -> Plantilla:
    """De dónde salen las bases de un motor, para las pruebas que gastan muchas."""
    return request.getfixturevalue(f"plantilla_{request.param}")


@pytest.fixture
def base(plantilla: Plantilla) -> Iterator[Base]:
    with plantilla.prestar() as prestada:
        yield prestada


@pytest.fixture
def base_propia(plantilla: Plantilla) -> Iterator[Base]:
    with plantilla.copiar() as copia:
        yield copia


@pytest.fixture
def casa(plantilla: Plantilla, request: pytest.FixtureRequest) -> Casa:
    """El elenco, en ``base_propia`` si la prueba la pidió; si no, en ``base``."""
    request.getfixturevalue("base_propia" if "base_propia" in request.fixturenames else "base")
    return presentar()


@pytest.fixture
def capturar(casa: Casa) -> Callable[..., int]:
    return casa.capturar


@pytest.fixture(autouse=True)
def consultas_con_sujeto() -> Iterator[list[Falta]]:
    """Falla la prueba si la casa hizo una consulta que no nombra al sujeto (``vigilancia.py``)."""
    with vigilar() as faltas:
        yield faltas
    if faltas:
        pytest.fail("Consultas sin sujeto_id, que podrían ver filas de otra institución:\n\n"
                    + "\n\n".join(map(str, faltas)), pytrace=False)
