"""Un formato de todas las instituciones en un archivo: las mismas columnas, en un orden que no cambia y por tramos."""

import csv
import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from models.hojas.salidas.formas import FORMAS
from models.publicados import fundidos
from models.pulso import beat
from models.reloj import hoy
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

RUTA = f"/datos/{CLAVE}"


def leer(visita: Visita, ruta: str) -> list[dict[str, str]]:
    respuesta = visita.get(ruta)
    assert respuesta.status_code == 200, ruta
    return list(csv.DictReader(io.StringIO(respuesta.data.decode("utf-8-sig"), newline="")))


def folios(visita: Visita, ruta: str) -> list[str]:
    return [fila["folio"] for fila in leer(visita, ruta)]


def publicar(visita: Visita, **campos: Any) -> tuple[str, str]:
    """Uno de Toluca y uno de Metepec, en ese orden; da primero el de Metepec."""
    toluca = visita.publicar(persona=visita.casa.ramiro, **campos)
    return visita.publicar(**campos), toluca


def test_van_los_de_todas_las_instituciones_y_de_todos_los_anios_en_un_orden_que_no_cambia(visita: Visita) -> None:
    metepec, toluca = publicar(visita, ejercicio="2025")
    nuevo, _ = publicar(visita, ejercicio="2026")
    filas = leer(visita, f"{RUTA}.csv")
    assert [fila["so"] for fila in filas] == ["metepec", "metepec", "toluca", "toluca"]
    assert [fila["folio"] for fila in filas[:3]] == [metepec, nuevo, toluca], "de lo más viejo a lo más nuevo"
    assert folios(visita, f"{RUTA}/2025.csv") == [metepec, toluca]
    assert filas[0]["institucion"] == "H. Ayuntamiento de Metepec" and filas[0]["fecha_validacion"]
    assert filas[0]["direccion"] == f"http://localhost/metepec/{CLAVE}/r/{metepec}" and filas[0]["periodo"] == "T4"


def test_dicen_lo_mismo_que_los_de_cada_institucion(visita: Visita) -> None:
    publicar(visita, nota='Dice "sí",\ny =1+1')
    renglones = {f"/{so}/{CLAVE}/2026.csv": visita.get(f"/{so}/{CLAVE}/2026.csv").data for so in ("metepec", "toluca")}
    encabezado, metepec = renglones[f"/metepec/{CLAVE}/2026.csv"].split(b"\r\n", 1)
    juntos = encabezado + b"\r\n" + metepec + renglones[f"/toluca/{CLAVE}/2026.csv"].split(b"\r\n", 1)[1]
    assert visita.get(f"{RUTA}/2026.csv").data == juntos


def test_cada_forma_de_la_casa_tiene_direccion_y_ninguna_deja_viva_una_formula(visita: Visita) -> None:
    metepec, toluca = publicar(visita, nota="=HYPERLINK(\"http://malo\")")
    for clave, forma in FORMAS.items():
        extension = {"excel": "csv", "zip-excel": "zip"}.get(clave, clave)
        respuesta = visita.get(f"{RUTA}/2026.{extension}{'?para=excel' if clave != extension else ''}")
        assert respuesta.content_type == forma.tipo
        assert respuesta.headers["Content-Disposition"] == f'attachment; filename="{CLAVE}-2026{forma.termina}"'
        assert respuesta.headers["Access-Control-Allow-Origin"] == "*"
    de_excel = leer(visita, f"{RUTA}.csv?para=excel")
    assert [fila["Nota"] for fila in de_excel] == ["'=HYPERLINK(\"http://malo\")"] * 2
    libro = load_workbook(io.BytesIO(visita.get(f"{RUTA}.xlsx").data))
    llaves = [celda.value for celda in libro["Convenios"][1]]
    nota = libro["Convenios"].cell(4, llaves.index("nota") + 1)
    assert nota.data_type == "s" and libro["Convenios"].cell(4, llaves.index("so") + 1).value == "toluca"
    with zipfile.ZipFile(io.BytesIO(visita.get(f"{RUTA}.zip").data)) as paquete:
        assert paquete.namelist() == [f"{CLAVE}.csv", f"{CLAVE}.tabla_contrapartes.csv"]
    assert [fila["folio"] for fila in leer(visita, f"{RUTA}.tabla_contrapartes.csv")] == [metepec, toluca]
    assert [fila["renglon"] for fila in leer(visita, f"{RUTA}/2026.tabla_contrapartes.csv")] == ["1", "1"]


@pytest.mark.parametrize("donde", ["/metepec", "/datos"])
def test_cada_descarga_dice_su_licencia_y_donde_se_explica(visita: Visita, donde: str) -> None:
    publicar(visita)
    licencia, diccionario = "<https://datos.gob.mx/libreusomx>", f"<http://localhost/diccionario/{CLAVE}>"
    de_maquina = {".csv": f"{CLAVE}.tabla.json", ".tabla_contrapartes.csv": f"{CLAVE}.tabla_contrapartes.tabla.json"}
    for extension in (*de_maquina, ".csv?para=excel", ".tabla_contrapartes.csv?para=excel", ".xlsx", ".json"):
        enlaces = visita.get(f"{donde}/{CLAVE}/2026{extension}").headers["Link"].split(", ")
        assert enlaces[:2] == [f'{licencia}; rel="license"', f'{diccionario}; rel="describedby"; type="text/html"']
        suyos = [] if extension not in de_maquina else [
            (f"esquemas/{de_maquina[extension]}", "application/json"),
            (f"{donde[1:]}/{CLAVE}/2026{extension}-metadata.json", "application/csvm+json")]
        assert enlaces[2:] == [f'<http://localhost/{ruta}>; rel="describedby"; type="{tipo}"' for ruta, tipo in suyos]
        for enlace in enlaces[1:]:
            assert visita.get(enlace[len("<http://localhost"):enlace.index(">")]).status_code == 200


def test_el_json_es_valido_y_dice_la_licencia(visita: Visita) -> None:
    metepec, toluca = publicar(visita)
    cuerpo = visita.get(f"{RUTA}.json").get_json()
    assert [(uno["so"], uno["folio"]) for uno in cuerpo["registros"]] == [("metepec", metepec), ("toluca", toluca)]
    assert cuerpo["licencia"]["nombre"] == "Libre Uso MX" and cuerpo["ejercicio"] is None and "institucion" not in cuerpo
    assert visita.get("/datos/padrones.json").get_json()["registros"] == []
    assert visita.get("/datos/padrones.csv").text.count("\r\n") == 1


def test_lo_que_no_cambio_cuesta_un_304_y_lo_retirado_ya_no_va(visita: Visita) -> None:
    metepec, toluca = publicar(visita)
    huella = visita.get(f"{RUTA}.csv").headers["ETag"]
    assert not huella.startswith("W/") and visita.get(f"{RUTA}/2026.csv").headers["ETag"] != huella
    assert visita.get(f"{RUTA}.csv", headers={"If-None-Match": huella}).status_code == 304
    beat(visita.casa.toluca.id)
    assert visita.get(f"{RUTA}.csv", headers={"If-None-Match": huella}).status_code == 200, "proteger un dato la cambia"
    huella = visita.get(f"{RUTA}.csv").headers["ETag"]
    visita.hacer("retirar", toluca, persona=visita.casa.ramiro, motivo="Se publicó por duplicado.")
    respuesta = visita.get(f"{RUTA}.csv", headers={"If-None-Match": huella})
    assert respuesta.status_code == 200 and metepec in respuesta.text and toluca not in respuesta.text


def test_se_acotan_con_lo_mismo_que_la_pagina(visita: Visita) -> None:
    publicar(visita, periodo="T1")
    metepec, toluca = publicar(visita, periodo="T2", tipo_convenio="concertacion_social")
    for filtro in ("periodo=T2", "tipo_convenio=concertacion_social", "periodo=T2&poder=municipal&no_existe=1"):
        assert folios(visita, f"{RUTA}.csv?{filtro}") == [metepec, toluca]
    assert folios(visita, f"{RUTA}.csv?poder=judicial") == []
    for malo in ("periodo=T9", "poder=nada", "tipo_convenio=nada"):
        assert visita.get(f"{RUTA}.csv?{malo}").status_code == 404


def test_de_lo_vigente_un_anio_es_lo_que_regia_al_cerrarlo(visita: Visita) -> None:
    folio = visita.publicar("marco_normativo")
    assert folios(visita, "/datos/marco_normativo.csv") == [folio]
    assert visita.get("/datos/marco_normativo/2025.csv").text.count("\r\n") == 1
    assert folios(visita, f"/datos/marco_normativo/{hoy().year}.csv") == [folio]
    visita.hacer("retirar", folio, "marco_normativo", motivo="Se abrogó.")
    assert folios(visita, "/datos/marco_normativo.csv") == []


@pytest.mark.parametrize("ruta", [
    "/datos/nada.csv", f"{RUTA}/1999.csv", f"{RUTA}/9999.csv", f"{RUTA}.exe", f"{RUTA}.tabla_nota.csv",
    f"{RUTA}.tabla_otra.csv", "/datos/marco_normativo/2999.csv"])
def test_lo_que_no_existe_es_un_404_que_lee_un_programa(visita: Visita, ruta: str) -> None:
    assert visita.get(ruta).status_code == 404


def test_los_nombres_viejos_llevan_al_de_hoy(visita: Visita) -> None:
    respuesta = visita.get("/datos/CONVENIOS/2026.csv?periodo=T1")
    assert (respuesta.status_code, respuesta.headers["Location"]) == (301, f"{RUTA}/2026.csv?periodo=T1")


def test_se_lee_por_tramos_y_entre_uno_y_otro_no_se_retiene_ninguna_conexion(
    visita: Visita, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fundidos, "TROZO", 2)
    suyos = [publicar(visita) for _ in range(3)]
    esperados = [metepec for metepec, _ in suyos] + [toluca for _, toluca in suyos]
    with visita.publicados.conexion():
        conjunto = visita.publicados.fundidos.find(visita.casa.tabla())
    leidos = []
    for institucion, filas in visita.publicados.fundidos.tramos(conjunto):
        assert visita.publicados.base.is_closed()
        leidos.append((institucion.siglas, len(filas)))
    assert leidos == [("metepec", 2), ("metepec", 1), ("toluca", 2), ("toluca", 1)]
    assert folios(visita, f"{RUTA}.csv") == esperados
