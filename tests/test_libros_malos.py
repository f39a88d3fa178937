"""Nada de lo que se sube tira el servidor: cada libro malo es una frase clara en menos de cinco segundos, y nada queda."""

import re
import resource
import time
from pathlib import Path

import pytest

from models.hojas.libros.limites import Limites
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.proceso import check_libro
from tests.fuzz_libros import bases, mutilate, try_libro
from tests.libros_malos import MALOS, bueno
from tests.test_revision_expediente import pedido_de
from tests.test_validacion import formato


@pytest.mark.parametrize("nombre", MALOS)
def test_un_libro_malo_es_una_frase(nombre: str, tmp_path: Path) -> None:
    hacer, dice = MALOS[nombre]
    ruta = tmp_path / "libro.xlsx"
    ruta.write_bytes(hacer())
    antes, inicio = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(LibroRechazado) as rechazo:
        check_libro(ruta, pedido_de(formato()), tmp_path / "expediente.db")
    assert time.monotonic() - inicio < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - antes < 50 * 1024
    assert re.search(dice, str(rechazo.value)), str(rechazo.value)
    assert str(rechazo.value)[-1] in ".)" and str(rechazo.value)[0].isupper()
    assert list(tmp_path.iterdir()) == [ruta]


def test_el_bueno_si_se_lee(tmp_path: Path) -> None:
    """Si este tampoco se leyera, los de arriba no probarían nada."""
    ruta = tmp_path / "libro.pdf"
    ruta.write_bytes(bueno())
    assert check_libro(ruta, pedido_de(formato()), tmp_path / "expediente.db")["buenos"] == 2


def test_los_limites_se_configuran(tmp_path: Path) -> None:
    ruta = tmp_path / "libro.xlsx"
    ruta.write_bytes(bueno())
    for limites, dice in ((Limites(bytes=1_000), "pesa"), (Limites(renglones=1), "2 renglones y se aceptan 1"),
                          (Limites(memoria=60 * 1024 * 1024), "dañado o demasiado grande")):
        with pytest.raises(LibroRechazado, match=dice):
            check_libro(ruta, pedido_de(formato(), limites=limites), tmp_path / "expediente.db")
    assert list(tmp_path.iterdir()) == [ruta]


@pytest.mark.parametrize("siglas", ["prueba", "x" * 200_000], ids=["", "y muere antes de oír el pedido"])
def test_el_que_tarda_de_mas_se_detiene(siglas: str, tmp_path: Path) -> None:
    """Un pedido que no cabe en el tubo no se acaba de entregar mientras nadie lo oiga: la muerte siempre llega antes."""
    ruta = tmp_path / "libro.xlsx"
    ruta.write_bytes(bueno())
    with pytest.raises(LibroRechazado, match="tardó demasiado"):
        check_libro(ruta, pedido_de(formato(), siglas=siglas, limites=Limites(segundos=0)), tmp_path / "expediente.db")
    assert list(tmp_path.iterdir()) == [ruta]


@pytest.mark.parametrize("numero", range(10))
def test_un_libro_mutilado_se_lee_o_es_una_frase(numero: int, tmp_path: Path) -> None:
    """Los dos mil están en ``make fuzz-libros``."""
    assert try_libro(mutilate(numero, 20, bases()), pedido_de(formato()), tmp_path) in ("leído", "rechazado")
