"""La orden ``plantilla``: el libro de un formato para una institución, desde la consola."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ordenes import CLAVE, Orden

pytest_plugins = "tests.consola"


@pytest.fixture
def motor() -> str:
    return "sqlite"


def test_escribe_el_libro_vacio_o_con_lo_que_ya_esta(publicado: Orden, tmp_path: Path) -> None:
    vacia, llena = tmp_path / "vacia.xlsx", tmp_path / "llena.xlsx"
    assert publicado("plantilla", "metepec", CLAVE, "-o", str(vacia)).exit_code == 0
    hecho = publicado("plantilla", "metepec", CLAVE, "-o", str(llena), "--con-datos", "--ejercicio", "2026", "--periodo", "T4")
    assert hecho.exit_code == 0 and "2 registros" in hecho.output
    assert load_workbook(vacia).worksheets[0]["A3"].value == "Ejemplo"
    libro = load_workbook(llena)
    assert libro.properties.identifier.endswith("|metepec|2026|T4")
    assert all(libro.worksheets[0].cell(fila, 1).value for fila in (3, 4)) and libro.worksheets[0]["A5"].value is None


@pytest.mark.parametrize(("argumentos", "dicho"), [
    (("nadie", CLAVE), "No hay una institución con las siglas «nadie»"),
    (("metepec", "nada"), "No hay un formato «nada»"),
    (("metepec", CLAVE, "--periodo", "T3"), "Diga también de qué ejercicio"),
    (("metepec", CLAVE, "--ejercicio", "2026", "--periodo", "septiembre"), "«septiembre» no es un periodo de ese formato")])
def test_lo_que_no_se_puede_se_dice_y_no_deja_archivo(
        con_casa: Orden, tmp_path: Path, argumentos: tuple[str, ...], dicho: str) -> None:
    destino = tmp_path / "x.xlsx"
    hecho = con_casa("plantilla", *argumentos, "-o", str(destino))
    assert hecho.exit_code == 1 and dicho in hecho.output and not destino.exists()
