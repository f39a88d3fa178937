"""El libro de Excel: lo que se escribió se lee de vuelta igual, con sus tipos, y ninguna fórmula cobra vida."""

import datetime as dt
import io
import json
import zipfile
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from fracciones_config import TipoCampo
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.disposicion import CAUSAS, Identidad
from models.hojas.nuestras import IDENTIDAD
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.libro import hoja
from models.hojas.salidas.libro.celdas import escape, letter_of
from models.hojas.salidas.libro.escritura import write_libro
from models.hojas.salidas.libro.tipos import NUMEROS, TAL_CUAL
from models.hojas.salidas.personas import REPETIDOS
from models.hojas.salidas.renglones import Bloque, to_bloques
from models.publicados import FilaPublica
from tests.salidas_prep import FORMULAS, TITULAR, filas, make_tabla

ENLACES = Enlaces("https://ipomex.ejemplo.mx")
IDENTIDAD_DE = Identidad("convenios", 7, "metepec")


@cache
def tabla() -> Tabla:
    return make_tabla()


def fila(id_: int = 1, vacios: dict[str, Any] | None = None, **datos: Any) -> FilaPublica:
    contenido = json.dumps({"datos": datos, "vacios": vacios or {}}, ensure_ascii=False)
    return FilaPublica(id_, 2026, "T1", 3, contenido, 7, 1_767_225_600_000, 1_767_225_600_000, 1_767_225_600_000)


def octetos(crudas: list[FilaPublica], enlaces: Enlaces = ENLACES) -> bytes:
    return b"".join(write_libro(tabla().formato, [Bloque(TITULAR, crudas)], enlaces, IDENTIDAD_DE))


def abrir(crudas: list[FilaPublica], enlaces: Enlaces = ENLACES) -> Workbook:
    return load_workbook(io.BytesIO(octetos(crudas, enlaces)))


def celdas(libro: Workbook, hoja_: int = 0, renglon: int = 3) -> dict[str, Any]:
    [llaves, *_] = libro.worksheets[hoja_].iter_rows(max_row=1, values_only=True)
    return {str(llave): celda for llave, celda in zip(llaves, libro.worksheets[hoja_][renglon], strict=True)}


def test_los_datos_van_con_su_tipo() -> None:
    leidas = celdas(abrir([fila(
        c_texto="Pipas", c_entero=1500, c_moneda="-1234.50", c_decimal="2.125", c_porcentaje="12.5", c_fecha="2026-12-31",
        c_si_no=True, c_opcion="publica", c_hora="09:30", periodo="T3", ejercicio=2026, c_telefono="7220000000",
        c_area={"id": "x", "texto": "Obras"})]))
    assert {nombre: (leidas[nombre].value, leidas[nombre].data_type) for nombre in (
        "c_texto", "c_entero", "c_moneda", "c_decimal", "c_porcentaje", "c_fecha", "c_si_no", "c_opcion", "c_hora", "periodo",
        "ejercicio", "c_telefono", "c_area")} == {
        "c_texto": ("Pipas", "s"), "c_entero": (1500, "n"), "c_moneda": (-1234.5, "n"), "c_decimal": (2.125, "n"),
        "c_porcentaje": (12.5, "n"), "c_fecha": (dt.datetime(2026, 12, 31), "d"), "c_si_no": ("Sí", "s"),
        "c_opcion": ("Pública", "s"), "c_hora": ("09:30", "s"), "periodo": ("3.er trimestre", "s"), "ejercicio": (2026, "n"),
        "c_telefono": ("7220000000", "s"), "c_area": ("Obras", "s")}
    assert leidas["c_moneda"].number_format == '"$"#,##0.00;-"$"#,##0.00' and leidas["c_fecha"].number_format == "dd/mm/yyyy"
    assert leidas["fecha_validacion"].value == dt.datetime(2025, 12, 31, 18, 0)


def test_lo_que_excel_no_sabe_guardar_va_como_texto_sin_perder_nada() -> None:
    leidas = celdas(abrir([fila(c_entero=10**15, c_moneda="99999999999999.99", c_fecha="1899-12-31")]))
    assert [leidas[nombre].value for nombre in ("c_entero", "c_moneda", "c_fecha")] == [
        "1,000,000,000,000,000", "$99,999,999,999,999.99", "31/12/1899"]
    assert celdas(abrir([fila(c_entero=10**15 - 1)]))["c_entero"].value == 10**15 - 1


@pytest.mark.parametrize("formula", FORMULAS)
def test_ninguna_formula_cobra_vida(formula: str) -> None:
    limpia = formula.replace("\x00", "").replace("\r", "\n")
    crudas = [fila(c_texto=limpia, c_opcion=limpia, c_entero=limpia, c_area={"id": "x", "texto": limpia},
                   vacios={"c_nota": {"causa": "reservado", "motivo": limpia}}, c_tabla=[{"s_texto": limpia}])]
    libro = abrir(crudas)
    tipos = {celda.data_type for hoja_ in libro.worksheets for renglon in hoja_.iter_rows() for celda in renglon}
    assert "f" not in tipos and "e" not in tipos
    leidas = celdas(libro)
    for nombre in ("c_texto", "c_opcion", "c_entero", "c_area", "c_nota__motivo"):
        assert (leidas[nombre].data_type, unescape(leidas[nombre].value)) == ("s", limpia), nombre
    if limpia != "=":
        assert leidas["c_texto"].quotePrefix, "al editarla en Excel tampoco se vuelve fórmula"


@settings(max_examples=40)
@given(filas(make_tabla()))
def test_lo_escrito_se_lee_igual_con_dos_bibliotecas(crudas: list[FilaPublica]) -> None:
    """El XML es válido con cualquier texto, y los dos lectores dan los folios y los textos tal como eran."""
    escrito = octetos(crudas)
    assert zipfile.ZipFile(io.BytesIO(escrito)).testzip() is None
    libro = load_workbook(io.BytesIO(escrito))
    leidos = CalamineWorkbook.from_filelike(io.BytesIO(escrito)).get_sheet_by_index(0).to_python()
    for n, una in enumerate(crudas):
        datos = json.loads(una.contenido)["datos"]
        suyas = celdas(libro, renglon=n + 3)
        assert suyas["folio"].value == leidos[n + 2][0] == a_folio(una.id)
        esperado = datos.get("c_texto")
        if isinstance(esperado, str) and "\r" not in esperado:
            assert unescape(suyas["c_texto"].value) == esperado


def test_un_texto_con_lo_que_xml_no_admite_no_rompe_el_libro() -> None:
    raro = "a\x0bb\x1f&<>\"_x000D_\uffff fin "
    leida = celdas(abrir([fila(c_texto=raro)]))["c_texto"].value
    assert unescape(leida) == "a\x0bb\x1f&<>\"_x000D_\uffff fin "
    assert ElementTree.fromstring(f"<t>{escape(raro)}</t>") is not None


def test_lleva_la_disposicion_de_los_libros_de_la_casa() -> None:
    libro = abrir([fila()])
    principal = libro.worksheets[0]
    assert principal.row_dimensions[1].hidden and principal.freeze_panes == "A3" and principal.auto_filter.ref.startswith("A2:")
    assert [celda.value for celda in principal[1]][:3] == ["folio", "so", "institucion"]
    assert [celda.value for celda in principal[2]][:3] == ["Folio", "Siglas de la institución", "Institución"]
    assert libro.sheetnames == ["Convenios", "Tabla_c_tabla", IDENTIDAD]
    assert libro[IDENTIDAD]["A1"].value == libro.properties.identifier == str(IDENTIDAD_DE)
    assert libro[IDENTIDAD].sheet_state == "veryHidden"
    ayudas = {str(regla.sqref): regla.prompt for regla in principal.data_validations.dataValidation}
    assert "Lo que se pide." in ayudas.values()


def test_el_vacio_dice_su_causa_y_aparte_su_motivo() -> None:
    leidas = celdas(abrir([fila(vacios={"c_fecha": {"causa": "no_aplica", "motivo": "No hubo junta."}})]))
    assert (leidas["c_fecha"].value, leidas["c_fecha__motivo"].value) == (CAUSAS["no_aplica"], "No hubo junta.")


def test_cada_registro_se_une_con_los_renglones_de_su_tabla_por_su_numero() -> None:
    crudas = [fila(1), fila(2, c_tabla=[{"s_texto": "a"}, {"s_moneda": "5.00"}]), fila(3, c_tabla=[{"s_texto": "b"}])]
    libro = abrir(crudas)
    assert [celdas(libro, renglon=n)["c_tabla"].value for n in (3, 4, 5)] == [None, 2, 3]
    assert [[celda.value for celda in renglon][:2] for renglon in libro.worksheets[1].iter_rows(min_row=3)] == [
        [2, "a"], [2, None], [3, "b"]]
    assert [celda.value for celda in libro.worksheets[1][1]][:2] == ["id", "s_texto"]


def test_sin_registros_es_un_libro_con_sus_columnas() -> None:
    libro = load_workbook(io.BytesIO(b"".join(write_libro(tabla().formato, [], ENLACES))))
    assert libro.worksheets[0].max_row == 2 and IDENTIDAD not in libro.sheetnames


def test_lo_que_no_cabe_en_una_hoja_sigue_en_otra(monkeypatch: pytest.MonkeyPatch) -> None:
    for modulo in ("escritura", "tabla"):
        monkeypatch.setattr(f"models.hojas.salidas.libro.{modulo}.FILAS_MAXIMAS", 500)
    crudas = [fila(n, c_tabla=[{"s_texto": str(n)}] * 2) for n in range(1, 601)]
    escrito = b"".join(write_libro(tabla().formato, to_bloques(TITULAR, [crudas]), ENLACES))
    libro = load_workbook(io.BytesIO(escrito))
    principal = libro.sheetnames[0]
    assert libro.sheetnames == [principal, f"{principal} (2)", "Tabla_c_tabla", "Tabla_c_tabla (2)", "Tabla_c_tabla (3)"]
    folios = [hoja_.cell(n, 1).value for hoja_ in libro.worksheets[:2] for n in range(3, hoja_.max_row + 1)]
    assert folios == [a_folio(n) for n in range(1, 601)]
    assert [celda.value for celda in libro.worksheets[1][1]] == [celda.value for celda in libro.worksheets[0][1]]
    numeros = [hoja_.cell(n, 1).value for hoja_ in libro.worksheets[2:] for n in range(3, hoja_.max_row + 1)]
    assert numeros == [n for n in range(1, 601) for _ in range(2)]


def test_una_hoja_de_renglones_muy_largos_se_parte_antes_de_los_2_gib(monkeypatch: pytest.MonkeyPatch) -> None:
    for modulo in ("escritura", "tabla"):
        monkeypatch.setattr(f"models.hojas.salidas.libro.{modulo}.BYTES_MAXIMOS", 100_000)
    crudas = [fila(n, c_texto="largo" * 50, c_tabla=[{"s_texto": "x" * 400}]) for n in range(1, 601)]
    libro = load_workbook(io.BytesIO(b"".join(write_libro(tabla().formato, to_bloques(TITULAR, [crudas]), ENLACES))))
    principal = libro.sheetnames[0]
    assert f"{principal} (2)" in libro.sheetnames and "Tabla_c_tabla (2)" in libro.sheetnames
    folios = [hoja_.cell(n, 1).value for hoja_ in libro.worksheets if hoja_.title.startswith(principal)
              for n in range(3, hoja_.max_row + 1)]
    assert folios == [a_folio(n) for n in range(1, 601)]
    assert hoja.BYTES_MAXIMOS < 2**31 - 2**27


def test_cada_tipo_tiene_su_celda() -> None:
    assert NUMEROS.keys() | TAL_CUAL <= set(TipoCampo) and not NUMEROS.keys() & TAL_CUAL
    assert TAL_CUAL <= REPETIDOS


def test_las_columnas_se_llaman_como_en_excel() -> None:
    assert [letter_of(n) for n in (0, 25, 26, 51, 52, 701, 702, 16383)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]
    assert hoja.FILAS_MAXIMAS < 1_048_576
