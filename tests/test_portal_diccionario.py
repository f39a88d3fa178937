"""El diccionario de datos dice todas las columnas que se descargan, como se leen y como vienen."""

import csv
import io

import pytest

from models.hojas.disposicion import tablas_de
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def leer(texto: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texto, newline="")))


def test_estan_todas_las_columnas_de_lo_que_se_descarga(visita: Visita) -> None:
    visita.publicar()
    dichas = leer(visita.get(f"/diccionario/{CLAVE}.csv").text)
    descargadas = list(leer(visita.get(f"/datos/{CLAVE}.csv").text)[0])
    assert {fila["columna"] for fila in dichas if not fila["tabla"]} == set(descargadas)
    [campo] = tablas_de(visita.casa.tabla().formato)
    de_tabla = list(leer(visita.get(f"/datos/{CLAVE}.tabla_{campo.nombre}.csv").text)[0])
    assert [fila["columna"] for fila in dichas if fila["tabla"] == campo.nombre] == de_tabla


def test_cada_columna_dice_que_es_con_un_ejemplo_como_viene(visita: Visita) -> None:
    filas = {fila["columna"]: fila for fila in leer(visita.get(f"/diccionario/{CLAVE}.csv").text) if not fila["tabla"]}
    fecha, tipo = filas["fecha_firma"], filas["tipo_convenio"]
    assert fecha["tipo"] == "fecha" and fecha["ejemplo"] == "2026-02-27" and fecha["significado"]
    assert tipo["obligatorio"] == "sí" and "concertacion_social: " in tipo["opciones"]
    assert filas["folio"]["tipo"] == "sistema" and filas["folio"]["obligatorio"] == "sí"


def test_la_pagina_lleva_a_todo(visita: Visita) -> None:
    visita.publicar()
    sopa = visita.sopa(f"/diccionario/{CLAVE}")
    columnas = [fila["id"] for fila in sopa.select("table.diccionario tr[id]")]
    assert columnas[0] == "folio" and "tipo_convenio" in columnas and len(columnas) == len(set(columnas))
    texto = visita.texto(f"/diccionario/{CLAVE}")
    for dicho in ("Artículo 12, fracción", "1 convenio de 1 institución", "Libre Uso MX", "__motivo", "Sin ejemplo"):
        assert dicho in texto, dicho
    assert "None" not in texto
    for enlace in sopa.select(".descargas a"):
        assert visita.get(str(enlace["href"]).partition("#")[0]).status_code == 200, enlace["href"]


def test_la_condicion_se_lee(visita: Visita) -> None:
    texto = visita.texto("/diccionario/licitaciones")
    assert "Si «Tipo de procedimiento» es Adjudicación directa" in texto


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_todo_formato_tiene_el_suyo(visita: Visita) -> None:
    claves = [fila["data-clave"] for fila in visita.sopa("/datos").select("tr[data-clave]")]
    assert len(claves) > 50
    for clave in claves:
        assert visita.get(f"/diccionario/{clave}").status_code == 200, clave
        assert len(leer(visita.get(f"/diccionario/{clave}.csv").text)) > 8, clave


def test_lo_que_no_existe_y_los_nombres_viejos(visita: Visita) -> None:
    assert visita.get("/diccionario/nada").status_code == 404
    assert visita.get("/diccionario/CONVENIOS").headers["Location"] == f"/diccionario/{CLAVE}"
    assert visita.get("/diccionario/art_12_xi").headers["Location"] == "/diccionario/licitaciones"
    assert visita.get("/esquemas/convenios.tabla_nada.tabla.json").status_code == 404


def test_desde_un_formato_se_llega_a_su_diccionario(visita: Visita) -> None:
    visita.publicar()
    assert visita.sopa(f"/metepec/{CLAVE}/").select_one(f"#columnas a[href='/diccionario/{CLAVE}']")
