"""Las plantillas en LibreOffice de verdad: se abren todas, y lo que él guarda se carga, se corrige y se publica.

Tarda y pide instalar LibreOffice: solo corre con ``make test-completo``.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from models.domain.catalogo_vigente import vigente
from models.hojas.disposicion import hoja_principal, hojas_de_tablas, llaves_de
from models.hojas.nuestras import IDENTIDAD
from tests.bases import RAIZ
from tests.cargas_en_pantalla import Cargas, Celdas, load_and_publish
from tests.chromium import TELEFONO
from tests.elenco import Casa
from tests.plantillas import bytes_de

pytest_plugins = ("tests.navegador",)

pytestmark = pytest.mark.skipif(
    os.environ.get("COMPLETO") != "1",
    reason="Se dejó fuera LibreOffice: las plantillas llenadas y guardadas por él se prueban con «make test-completo»")

SEGUNDOS = 600


@pytest.fixture
def motor() -> str:
    return "sqlite"


@pytest.fixture
def soffice() -> str:
    """Aquí ya no se vale saltárselo: quien pidió la suite completa la quiere completa."""
    ejecutable = shutil.which("soffice")
    if ejecutable is None:
        pytest.fail("Falta LibreOffice. En Debian: sudo apt install libreoffice-calc python3-uno")
    return ejecutable


def write_en_libreoffice(de: Path, a: Path, celdas: Celdas) -> None:
    """Lo abre LibreOffice, él escribe las celdas y él lo guarda."""
    dichas = a.with_suffix(".json")
    dichas.write_text(json.dumps([[hoja, celda, *_clase(valor)] for hoja, celda, valor in celdas], ensure_ascii=False))
    del_sistema = os.environ.get("PYTHON_UNO", "/usr/bin/python3")
    hecho = subprocess.run([del_sistema, str(RAIZ / "tests" / "llenar_en_libreoffice.py"), str(de), str(a), str(dichas)],
                           capture_output=True, text=True, timeout=SEGUNDOS, env=_limpio())
    assert hecho.returncode == 0 and a.exists(), hecho.stdout + hecho.stderr


def _clase(valor: object) -> tuple[str, object]:
    if isinstance(valor, dt.date):
        return "fecha", valor.isoformat()
    return ("texto", valor) if isinstance(valor, str) else ("numero", valor)


def _limpio() -> dict[str, str]:
    """Sin lo de este entorno de Python: el del sistema trae lo suyo."""
    return {nombre: valor for nombre, valor in os.environ.items() if not nombre.startswith(("PYTHON", "VIRTUAL_ENV"))}


def test_la_plantilla_de_cada_formato_se_abre_y_libreoffice_la_guarda_sin_perder_nada(
        casa: Casa, soffice: str, tmp_path: Path) -> None:
    claves = [clave for clave, tabla in vigente.foto.tablas.items() if tabla.formato.proyeccion is None]
    assert len(claves) > 50
    for clave in claves:
        (tmp_path / f"{clave}.xlsx").write_bytes(bytes_de(casa, clave))
    salida = tmp_path / "guardadas"
    hecho = subprocess.run(
        [soffice, "--headless", "--norestore", f"-env:UserInstallation={(tmp_path / 'perfil').as_uri()}", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(salida), *(str(tmp_path / f"{clave}.xlsx") for clave in claves)],
        capture_output=True, text=True, timeout=SEGUNDOS)
    assert hecho.returncode == 0 and "Error" not in hecho.stderr, hecho.stderr
    for clave in claves:
        formato, guardada = casa.tabla(clave).formato, load_workbook(salida / f"{clave}.xlsx")
        hoja = guardada[hoja_principal(formato)]
        assert tuple(celda.value for celda in hoja[1])[:len(llaves_de(formato))] == llaves_de(formato), clave
        assert hoja.row_dimensions[1].hidden and set(hojas_de_tablas(formato).values()) <= set(guardada.sheetnames), clave
        assert str(guardada[IDENTIDAD]["A1"].value).startswith(f"ipomex|{clave}|"), clave
        assert guardada[IDENTIDAD].sheet_state != "visible" and hoja.data_validations.dataValidation, clave


def test_llenada_y_corregida_en_libreoffice_se_carga_y_se_publica(
        soffice: str, persona: Callable[..., Page], tmp_path: Path, un_pdf: Path) -> None:
    load_and_publish(Cargas(persona("capt1.metepec"), tmp_path), persona("unidad.metepec"), persona(None, TELEFONO), un_pdf,
                     "metepec", "Humedales", write_en_libreoffice)


def test_el_python_que_llena_no_es_el_de_la_casa() -> None:
    """El guion corre con el del sistema: si importara algo de aquí, ahí no estaría."""
    texto = (RAIZ / "tests" / "llenar_en_libreoffice.py").read_text(encoding="utf-8")
    assert "from tests" not in texto and "from models" not in texto and sys.version_info >= (3, 11)
