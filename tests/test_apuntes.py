"""La bitácora técnica se escribe por junto: nada se pierde, nada se parte, y lo malo no espera."""

import io
import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from models.servicio.apuntes import JUNTOS, EnJson, PorJunto
from models.servicio.entorno import RAIZ


class Salida(io.StringIO):
    """Recuerda cada escritura por separado."""

    def __init__(self) -> None:
        super().__init__()
        self.escrituras: list[str] = []

    def write(self, texto: str) -> int:
        self.escrituras.append(texto)
        return super().write(texto)


@pytest.fixture
def bitacora() -> Iterator[tuple[logging.Logger, Salida]]:
    salida = Salida()
    manejador = PorJunto(salida, cada=0.05)
    manejador.setFormatter(EnJson())
    registro = logging.Logger("prueba")
    registro.addHandler(manejador)
    yield registro, salida
    manejador.close()


def test_lo_de_un_momento_sale_en_una_escritura(bitacora: tuple[logging.Logger, Salida]) -> None:
    registro, salida = bitacora
    for n in range(10):
        registro.info("petición %s", n)
    assert not salida.escrituras, "nadie esperó al disco"
    _esperar(salida, 1)
    assert len(salida.escrituras) == 1
    assert [json.loads(renglon)["mensaje"] for renglon in salida.escrituras[0].splitlines()] == [
        f"petición {n}" for n in range(10)]


def test_lo_malo_no_espera_y_sale_en_su_orden(bitacora: tuple[logging.Logger, Salida]) -> None:
    registro, salida = bitacora
    registro.info("antes")
    registro.warning("algo anda mal")
    assert [json.loads(renglon)["mensaje"] for renglon in salida.getvalue().splitlines()] == ["antes", "algo anda mal"]


def test_ningun_renglon_se_parte(bitacora: tuple[logging.Logger, Salida]) -> None:
    registro, salida = bitacora
    for n in range(300):
        registro.info("ñ" * (n % 90) + str(n))
    registro.info("x" * (JUNTOS * 2))
    registro.warning("fin")
    assert all(len(trozo) <= JUNTOS or trozo.count("\n") == 1 for trozo in salida.escrituras)
    dichos = [json.loads(renglon)["mensaje"] for trozo in salida.escrituras for renglon in trozo.splitlines()]
    assert len(dichos) == 302 and dichos[:3] == ["0", "ñ1", "ññ2"] and dichos[-1] == "fin"


def test_un_apunte_mal_hecho_no_calla_a_los_demas(
    bitacora: tuple[logging.Logger, Salida], monkeypatch: pytest.MonkeyPatch,
) -> None:
    registro, salida = bitacora
    monkeypatch.setattr(logging, "raiseExceptions", False)
    registro.info("antes")
    registro.info("le sobra %s", "uno", "otro")
    registro.info("no es JSON", extra={"datos": {"x": object()}})
    _esperar(salida, 1)
    registro.info("después")
    _esperar(salida, 2)
    assert [json.loads(renglon)["mensaje"] for renglon in salida.getvalue().splitlines()] == ["antes", "después"]


def test_al_terminar_el_programa_sale_lo_que_esperaba() -> None:
    programa = "import logging; from models.servicio.apuntes import start_bitacora as s; s(); logging.info('lo último')"
    dicho = subprocess.run([sys.executable, "-c", programa], cwd=RAIZ, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(dicho.stderr)["mensaje"] == "lo último"


def test_sin_quien_la_lea_el_programa_sigue(bitacora: tuple[logging.Logger, Salida]) -> None:
    registro, salida = bitacora
    salida.close()
    registro.warning("nadie la oye")
    registro.info("ni esta")


def _esperar(salida: Salida, cuantas: int) -> None:
    fin = time.monotonic() + 5
    while len(salida.escrituras) < cuantas and time.monotonic() < fin:
        time.sleep(0.01)
