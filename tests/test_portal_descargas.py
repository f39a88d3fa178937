"""Los datos abiertos: el CSV de los programas no se altera, el de Excel no ejecuta nada, y ninguno crece en memoria."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from fracciones_config import Campo, TipoCampo, load_catalogo
from models.publicados import Registro, paginas
from models.publicados.paginas import iter_tramos
from portal.json_abierto import Enlaces
from portal.tablas_csv import AL_FINAL, AL_PRINCIPIO, VALORES, excel_cell, guard
from tests.bases import CATALOGO
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

RUTA = f"/metepec/{CLAVE}/2026"


def leer(texto: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texto, newline="")))


def test_los_bytes_del_csv_son_los_de_la_norma(visita: Visita) -> None:
    """RFC 4180: CRLF, comillas dobles, encabezado; UTF-8 sin marca de orden."""
    visita.publicar(denominacion_convenio='Dice "sí", y ya', nota="Uno\nDos")
    respuesta = visita.get(f"{RUTA}.csv")
    assert respuesta.content_type == "text/csv; charset=utf-8; header=present"
    assert respuesta.headers["Content-Disposition"] == f'attachment; filename="metepec-{CLAVE}-2026.csv"'
    assert respuesta.headers["Access-Control-Allow-Origin"] == "*"
    assert respuesta.data.startswith(b"folio,ejercicio,periodo,tipo_convenio,") and respuesta.data.endswith(b"\r\n")
    assert '"Dice ""sí"", y ya"'.encode() in respuesta.data and b'"Uno\nDos"' in respuesta.data
    assert respuesta.data.count(b"\r\n") == 2


def test_el_csv_de_programas_lleva_formas_de_maquina(visita: Visita) -> None:
    archivo = visita.subir("convenio.pdf")
    folio = visita.publicar(convenio=archivo, nota="=1+1", tipo_convenio="concertacion_social")
    [fila] = leer(visita.get(f"{RUTA}.csv").text)
    assert fila["folio"] == folio and fila["ejercicio"] == "2026" and fila["periodo"] == "T4"
    assert fila["monto_recursos"] == "48500.00" and fila["fecha_firma"] == "2026-02-27"
    assert fila["tipo_convenio"] == "concertacion_social"
    assert fila["area_responsable"] == "Dirección de Obras Públicas"
    assert fila["convenio"] == f"http://localhost/metepec/archivo/{archivo}/convenio.pdf"
    assert json.loads(fila["contrapartes"])[0]["nombre"]
    assert fila["nota"] == "=1+1"
    assert fila["fecha_validacion"][10] == "T"
    assert fila["direccion_permanente"] == f"http://localhost/metepec/{CLAVE}/r/{folio}"


def test_el_csv_de_excel_lleva_formas_mexicanas_y_guarda(visita: Visita) -> None:
    visita.publicar(nota="=HYPERLINK(\"http://malo\")", denominacion_convenio="@SUM(A1)")
    respuesta = visita.get(f"{RUTA}.csv?para=excel")
    assert respuesta.data.startswith(b"\xef\xbb\xbfFolio,Ejercicio,")
    assert respuesta.headers["Content-Disposition"].endswith('2026-excel.csv"')
    [fila] = leer(respuesta.data.decode("utf-8-sig"))
    assert fila["Fecha de firma"] == "27/02/2026"
    assert fila["Nota"] == "'=HYPERLINK(\"http://malo\")"
    assert "'@SUM(A1)" in fila.values()
    assert "$48,500.00" in fila.values()
    assert "4.º trimestre" in fila.values()


def test_un_numero_negativo_no_es_formula() -> None:
    """Lo escribe la casa: alterarlo sería mentir."""
    campo = Campo(nombre="saldo", tipo=TipoCampo.MONEDA, etiqueta="Saldo", ayuda="Lo que queda.")
    registro = Registro(1, "x", 2026, "T1", 1, 0, 0, 0, {"saldo": "-5.00"})
    assert excel_cell(campo, registro, Enlaces("", "metepec")) == "-$5.00"


@pytest.mark.parametrize("celda", [
    "=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "\t=1", "\r=1", "\n=1", " =1", "   +1", "\u00a0=1", "\u200b=1", "\ufeff=1",
    "\u2003@x", "\x00=1", "\x1f-1", "＝1+1", "＋1", "－1", "＠x", "｜x", "﹣1", " \u200b\t＝1", "\ttexto", "\u202e=1",
])
def test_lo_que_parece_formula_se_guarda(celda: str) -> None:
    assert guard(celda) == f"'{celda}"


@pytest.mark.parametrize("celda", ["", "texto", "1+1", "a=b", "http://x", "'=1", "5%", "¿=?", "$1.00", "(55) 1234", "   "])
def test_lo_que_no_parece_formula_no_se_toca(celda: str) -> None:
    assert guard(celda) == celda


def test_todas_las_columnas_tienen_nombre_propio_en_todos_los_formatos() -> None:
    for formato in load_catalogo(CATALOGO).formatos:
        columnas = [*AL_PRINCIPIO, *(campo.nombre for campo in formato.campos), *AL_FINAL]
        assert len(set(columnas)) == len(columnas), formato.clave


def test_cada_tipo_sabe_escribirse() -> None:
    assert set(VALORES) == set(TipoCampo)


def test_el_json_trae_todo_y_es_valido(visita: Visita) -> None:
    folios = [visita.publicar() for _ in range(3)][::-1]
    cuerpo = visita.get(f"{RUTA}.json").get_json()
    assert [r["folio"] for r in cuerpo["registros"]] == folios
    assert cuerpo["institucion"] == {"siglas": "metepec", "nombre": "H. Ayuntamiento de Metepec"}
    assert cuerpo["formato"]["fundamento"] == "Artículo 12, fracción XII" and cuerpo["ejercicio"] == 2026
    assert cuerpo["campos"][0] == {"nombre": "ejercicio", "tipo": "anio", "etiqueta": "Ejercicio"}


def test_sin_registros_siguen_siendo_un_csv_y_un_json(visita: Visita) -> None:
    assert visita.get(f"{RUTA}.csv").text.count("\r\n") == 1
    assert visita.get(f"{RUTA}.csv?para=excel").text.count("\r\n") == 1
    assert visita.get(f"{RUTA}.json").get_json()["registros"] == []


def test_se_escribe_por_tramos_y_fuera_de_la_peticion(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flask cierra la petición antes de enviar el cuerpo: cada tramo abre y suelta su propia conexión."""
    monkeypatch.setattr(iter_tramos, "__defaults__", (2,))
    folios = [visita.publicar() for _ in range(5)][::-1]
    leidos = []
    de_verdad = visita.publicados.tramos

    def contados(*pedido: Any) -> Iterator[list[Registro]]:
        for tramo in de_verdad(*pedido):
            assert visita.publicados.base.is_closed(), "entre tramos no se retiene ninguna conexión"
            leidos.append(tramo)
            yield tramo

    monkeypatch.setattr(visita.publicados, "tramos", contados)
    for forma in (".csv", ".csv?para=excel", ".json"):
        leidos.clear()
        respuesta = visita.app.test_client().get(f"{RUTA}{forma}", buffered=False)
        cuerpo = b""
        for numero, trozo in enumerate(respuesta.response):
            assert len(leidos) <= numero + 1, "no se lee nada antes de que alguien lo pida"
            cuerpo += trozo
        assert [len(tramo) for tramo in leidos] == [2, 2, 1]
        assert all(folio.encode() in cuerpo for folio in folios)


def test_llevan_el_filtro_de_la_pagina(visita: Visita) -> None:
    visita.publicar(periodo="T1", denominacion_convenio="Árboles")
    suyo = visita.publicar(periodo="T2", denominacion_convenio="Pipas", tipo_convenio="concertacion_social")
    for filtro in ("periodo=T2", "q=pipa", "tipo_convenio=concertacion_social", "q=pipas&periodo=T2"):
        assert [fila["folio"] for fila in leer(visita.get(f"{RUTA}.csv?{filtro}").text)] == [suyo]
    assert leer(visita.get(f"{RUTA}.csv?q=de+la").text) == []


def test_lo_retirado_sale_de_la_descarga_aunque_alguien_la_tenga_guardada(visita: Visita) -> None:
    folio = visita.publicar()
    huella = visita.get(f"{RUTA}.csv").headers["ETag"]
    assert visita.get(f"{RUTA}.csv", headers={"If-None-Match": huella}).status_code == 304
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    respuesta = visita.get(f"{RUTA}.csv", headers={"If-None-Match": huella})
    assert respuesta.status_code == 200 and folio not in respuesta.text


def test_sin_anio_descarga_lo_mas_nuevo(visita: Visita) -> None:
    visita.publicar(ejercicio="2024")
    nuevo = visita.publicar(ejercicio="2025")
    assert [fila["folio"] for fila in leer(visita.get(f"/metepec/{CLAVE}.csv").text)] == [nuevo]
    assert visita.get(f"/metepec/{CLAVE}.json").get_json()["ejercicio"] == 2025


def test_los_tramos_no_son_mas_grandes_que_la_memoria() -> None:
    assert paginas.TROZO <= 500
    assert Enlaces("https://x", "metepec").registro("a", "f") == "https://x/metepec/a/r/f"
