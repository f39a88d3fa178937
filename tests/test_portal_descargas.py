"""Los datos abiertos: el CSV de los programas no se altera, el de Excel no ejecuta nada, y ninguno crece en memoria."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from models.domain.workflow import guardar
from models.folios import a_folio
from models.hojas.salidas.formas import FORMAS
from models.publicados import FilaPublica
from models.publicados.paginas import iter_tramos
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
    assert respuesta.data.startswith(b"folio,so,institucion,ejercicio,periodo,tipo_convenio,")
    assert respuesta.data.endswith(b"\r\n")
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
    assert fila["contrapartes"] == "1" and "{" not in "".join(fila.values()), "nunca JSON en una celda"
    assert (fila["so"], fila["institucion"]) == ("metepec", "H. Ayuntamiento de Metepec")
    assert fila["nota"] == "=1+1"
    assert fila["fecha_validacion"][10] == "T"
    assert fila["direccion"] == f"http://localhost/metepec/{CLAVE}/r/{folio}"


def test_el_csv_de_excel_lleva_formas_mexicanas_y_guarda(visita: Visita) -> None:
    visita.publicar(nota="=HYPERLINK(\"http://malo\")", denominacion_convenio="@SUM(A1)")
    respuesta = visita.get(f"{RUTA}.csv?para=excel")
    assert respuesta.data.startswith("\ufeffFolio,Siglas de la institución,Institución,Ejercicio,".encode())
    assert respuesta.headers["Content-Disposition"].endswith('2026-excel.csv"')
    [fila] = leer(respuesta.data.decode("utf-8-sig"))
    assert fila["Fecha de firma"] == "27/02/2026"
    assert fila["Nota"] == "'=HYPERLINK(\"http://malo\")"
    assert "'@SUM(A1)" in fila.values()
    assert "$48,500.00" in fila.values()
    assert "4.º trimestre" in fila.values()


def test_el_vacio_con_razon_lleva_su_motivo_aparte(visita: Visita) -> None:
    motivo = "No hubo aportaciones."
    casa = visita.casa
    crudo = casa.crudo(casa.laura, monto_recursos=None)
    registro = guardar(casa.laura.actor, casa.tabla(), crudo, {"monto_recursos": {"causa": "no_aplica", "motivo": motivo}}).id
    visita.hacer("publicar", a_folio(registro))
    [fila] = leer(visita.get(f"{RUTA}.csv").text)
    assert (fila["monto_recursos"], fila["monto_recursos__motivo"]) == ("", f"No aplica: {motivo}")
    [de_excel] = leer(visita.get(f"{RUTA}.csv?para=excel").data.decode("utf-8-sig"))
    etiqueta = visita.casa.tabla().formato.por_nombre["monto_recursos"].etiqueta
    assert (de_excel[etiqueta], de_excel[f"Por qué está vacío: {etiqueta}"]) == ("No aplica", motivo)


def test_cada_tabla_tiene_su_direccion(visita: Visita) -> None:
    folio = visita.publicar()
    for ruta in (f"{RUTA}.tabla_contrapartes.csv", f"/metepec/{CLAVE}.tabla_contrapartes.csv"):
        respuesta = visita.get(ruta)
        [fila] = leer(respuesta.text)
        assert (fila["folio"], fila["renglon"]) == (folio, "1") and fila["nombre"]
        assert respuesta.headers["ETag"] and respuesta.headers["Access-Control-Allow-Origin"] == "*"
        assert respuesta.headers["Content-Disposition"].endswith('metepec-convenios-2026.tabla_contrapartes.csv"')
    assert visita.get(f"{RUTA}.tabla_contrapartes.csv?para=excel").data.startswith("\ufeffFolio,Renglón,".encode())
    assert visita.get(f"{RUTA}.tabla_nota.csv").status_code == visita.get(f"{RUTA}.tabla_otra.csv").status_code == 404


def test_en_excel_va_el_libro_con_sus_tablas(visita: Visita) -> None:
    folio = visita.publicar(nota="=1+1")
    respuesta = visita.get(f"{RUTA}.xlsx")
    assert respuesta.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    libro = load_workbook(io.BytesIO(respuesta.data))
    assert libro.sheetnames == ["Convenios", "Tabla_contrapartes", "_ipomex"]
    llaves = [celda.value for celda in libro["Convenios"][1]]
    fila = dict(zip(llaves, libro["Convenios"][3], strict=True))
    assert fila["folio"].value == folio and (fila["nota"].value, fila["nota"].data_type) == ("=1+1", "s")
    assert fila["monto_recursos"].value == 48500 and fila["fecha_firma"].is_date
    assert fila["contrapartes"].value == libro["Tabla_contrapartes"].cell(3, 1).value == 1
    assert "version" not in llaves and "estado" not in llaves
    huella = respuesta.headers["ETag"]
    assert visita.get(f"{RUTA}.xlsx", headers={"If-None-Match": huella}).status_code == 304
    assert visita.get(f"{RUTA}.csv").headers["ETag"] != huella


def test_el_zip_trae_el_csv_y_el_de_cada_tabla(visita: Visita) -> None:
    visita.publicar()
    with zipfile.ZipFile(io.BytesIO(visita.get(f"{RUTA}.zip").data)) as paquete:
        assert paquete.namelist() == ["metepec-convenios-2026.csv", "metepec-convenios-2026.tabla_contrapartes.csv"]
        assert paquete.read("metepec-convenios-2026.csv") == visita.get(f"{RUTA}.csv").data
    with zipfile.ZipFile(io.BytesIO(visita.get(f"{RUTA}.zip?para=excel").data)) as paquete:
        assert paquete.read("metepec-convenios-2026.csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json", "zip"])
def test_un_registro_se_descarga_igual_que_la_lista(visita: Visita, extension: str) -> None:
    folio = visita.publicar()
    respuesta = visita.get(f"/metepec/{CLAVE}/r/{folio}.{extension}")
    assert respuesta.status_code == 200 and respuesta.headers["ETag"]
    if extension == "csv":
        assert respuesta.data == visita.get(f"{RUTA}.csv").data
    assert visita.get(f"/metepec/{CLAVE}/r/{folio}.exe").status_code == 404


def test_con_el_nombre_del_sitio_las_direcciones_lo_llevan(visita: Visita) -> None:
    folio = visita.publicar()
    ventanilla = visita.app.extensions["portal"]
    visita.app.extensions["portal"] = replace(ventanilla, direccion_base="https://ipomex.ejemplo.mx")
    [fila] = leer(visita.get(f"{RUTA}.csv").text)
    assert fila["direccion"] == f"https://ipomex.ejemplo.mx/metepec/{CLAVE}/r/{folio}"


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
    assert load_workbook(io.BytesIO(visita.get(f"{RUTA}.xlsx").data)).worksheets[0].max_row == 2


def test_se_escribe_por_tramos_y_fuera_de_la_peticion(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flask cierra la petición antes de enviar el cuerpo: cada tramo abre y suelta su propia conexión."""
    monkeypatch.setattr(iter_tramos, "__defaults__", (2,))
    folios = [visita.publicar() for _ in range(5)][::-1]
    leidos = []
    de_verdad = visita.publicados.tramos

    def contados(*pedido: Any) -> Iterator[list[FilaPublica]]:
        for tramo in de_verdad(*pedido):
            assert visita.publicados.base.is_closed(), "entre tramos no se retiene ninguna conexión"
            leidos.append(tramo)
            yield tramo

    monkeypatch.setattr(visita.publicados, "tramos", contados)
    for forma in (".csv", ".csv?para=excel", ".json", ".xlsx", ".zip", ".tabla_contrapartes.csv"):
        leidos.clear()
        respuesta = visita.app.test_client().get(f"{RUTA}{forma}", buffered=False)
        cuerpo = b""
        for numero, trozo in enumerate(respuesta.response):
            assert len(leidos) <= numero + 1 or forma in (".xlsx", ".zip"), "no se lee nada antes de que alguien lo pida"
            cuerpo += trozo
        assert [len(tramo) for tramo in leidos] == [2, 2, 1]
        assert forma in (".xlsx", ".zip") or all(folio.encode() in cuerpo for folio in folios)


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


def test_cada_forma_de_la_casa_tiene_direccion_en_el_portal(visita: Visita) -> None:
    visita.publicar()
    de_excel = {"excel": "csv", "zip-excel": "zip"}
    for clave, forma in FORMAS.items():
        respuesta = visita.get(f"{RUTA}.{de_excel.get(clave, clave)}{'?para=excel' if clave in de_excel else ''}")
        assert respuesta.content_type == forma.tipo, clave
        assert respuesta.headers["Content-Disposition"].endswith(f'2026{forma.termina}"'), clave
