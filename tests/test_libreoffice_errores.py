"""El libro de errores en LibreOffice de verdad: lo que él abre y guarda se vuelve a leer, se vuelve a marcar y se corrige.

Tarda y pide instalar LibreOffice: solo corre con ``make test-completo``.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sembrado import mend, sow
from tests.test_errores import give_back, marked, review

pytestmark = pytest.mark.skipif(
    os.environ.get("COMPLETO") != "1",
    reason="Se dejó fuera LibreOffice: el libro de errores abierto y guardado por él se prueba con «make test-completo»")

SEGUNDOS = 300


def save_en_libreoffice(libro: Path, forma: str, carpeta: Path) -> Path:
    """Lo abre LibreOffice y lo guarda en otra forma."""
    soffice = shutil.which("soffice")
    assert soffice, "Falta LibreOffice. En Debian: sudo apt install libreoffice-calc"
    hogar = f"-env:UserInstallation=file://{carpeta}/perfil"
    subprocess.run([soffice, hogar, "--headless", "--convert-to", forma, "--outdir", str(carpeta), str(libro)],
                   check=True, capture_output=True, timeout=SEGUNDOS)
    return carpeta / f"{libro.stem}.{forma}"


def test_lo_guardado_por_el_se_marca_igual_y_corregido_ya_no(tmp_path: Path) -> None:
    uno = sow(12, 30, 7)
    (tmp_path / "dos").mkdir()
    guardado = save_en_libreoffice(give_back(uno.save(tmp_path / "uno.xlsx")), "xlsx", tmp_path / "dos")
    vuelta = load_workbook(give_back(guardado))
    assert marked(vuelta) == uno.faltas, "ni marcas de más ni notas repetidas"
    mend(vuelta, uno.buenas)
    vuelta.save(tmp_path / "tres.xlsx")
    assert review(tmp_path / "tres.xlsx")[1]["buenos"] == 12
    assert marked(load_workbook(give_back(tmp_path / "tres.xlsx"))) == {}


@pytest.mark.parametrize("forma", ["ods", "xls"])
def test_en_otra_forma_vuelve_como_libro_nuevo_marcado(forma: str, tmp_path: Path) -> None:
    uno = sow(12, 30, 7)
    (tmp_path / "dos").mkdir()
    guardado = save_en_libreoffice(uno.save(tmp_path / "uno.xlsx"), forma, tmp_path / "dos")
    assert len(marked(load_workbook(give_back(guardado, forma)))) == len(uno.faltas)
