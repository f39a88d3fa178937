"""Las gráficas: sin nada que la política de contenido no deje, con su texto y con las mismas cifras en una tabla."""

from xml.etree import ElementTree

import pytest

from portal.graficas import ANCHO, BARRAS, Grafica, Parte, draw
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

PAGINA = f"/metepec/{CLAVE}/2026/"
MALA = '"><script>alert(1)</script>'


def grafica(*valores: float, rotulo: str = "Parte") -> Grafica:
    return Grafica("Monto por parte", "Parte", "Monto", tuple(
        Parte(f"{rotulo} {i}", valor, f"${valor:,.2f}", 1) for i, valor in enumerate(valores)))


def test_el_dibujo_no_lleva_estilos_ni_guiones() -> None:
    svg = str(draw(grafica(10.5, 3, 0, 7_000_000)))
    for prohibido in ("<style", "<script", "style=", "onload", "javascript", "<!--", "http://www.w3.org/2000/svg#"):
        assert prohibido not in svg, prohibido
    raiz = ElementTree.fromstring(svg)
    assert raiz.get("role") == "img" and "Parte 0, $10.50; Parte 1, $3.00" in (raiz.get("aria-label") or "")
    assert len(svg) < 3000


def test_las_barras_van_a_escala_y_en_su_orden() -> None:
    raiz = ElementTree.fromstring(str(draw(grafica(40, 20, 10))))
    barras = sorted((float(r.attrib["y"]), float(r.attrib["width"])) for r in raiz.iter("rect"))
    anchos = [ancho for _, ancho in barras]
    assert anchos[0] / anchos[1] == pytest.approx(2, rel=.02) and anchos[1] / anchos[2] == pytest.approx(2, rel=.02)
    textos = [t.text for t in raiz.iter("text")]
    assert {"Parte 0", "Parte 1", "Parte 2", "$40.00", "$20.00", "$10.00"} == set(textos)


def test_lo_ancho_alcanza_para_la_cifra_de_la_barra_mas_larga() -> None:
    """Una cifra grande junto a un nombre largo se cortaba en la orilla."""
    chica, grande = (int(ElementTree.fromstring(str(draw(dibujo))).attrib["viewBox"].split()[2]) for dibujo in (
        grafica(40, 20), grafica(14_230_330_000, 8_390_264, rotulo="Invitación a cuando menos")))
    assert chica == ANCHO < grande <= ANCHO * 1.3


def test_un_nombre_hostil_no_sale_de_su_lugar() -> None:
    svg = str(draw(grafica(2, 1, rotulo=MALA)))
    assert "<script" not in svg and ElementTree.fromstring(svg).tag == "svg"


@pytest.mark.parametrize(("valores", "hay"), [((), False), ((5,), False), ((5, 0), False), ((5, 1), True), ((5, -1, 2), False)])
def test_no_se_dibuja_lo_que_no_compara_nada(valores: tuple[float, ...], hay: bool) -> None:
    assert grafica(*valores).hay_que_ver is hay


def test_con_muchas_partes_se_dibujan_las_mayores() -> None:
    raiz = ElementTree.fromstring(str(draw(grafica(*range(40, 0, -1)))))
    assert len(list(raiz.iter("rect"))) == BARRAS


def test_la_pagina_las_trae_con_las_mismas_cifras_en_una_tabla(visita: Visita) -> None:
    visita.publicar(monto_recursos="100", periodo="T1", tipo_convenio="concertacion_social")
    assert not visita.sopa(PAGINA).select(".graficas"), "una sola barra no dice nada"
    visita.publicar(monto_recursos="250.50", periodo="T2", tipo_convenio="coordinacion_privado")
    por_periodo, por_tipo = visita.sopa(PAGINA).select(".graficas figure")
    assert por_periodo.figcaption.text == "Monto en pesos por periodo"
    assert [[celda.text for celda in fila.select("th, td")] for fila in por_periodo.select("tbody tr")] == [
        ["1.er trimestre", "$100.00"], ["2.º trimestre", "$250.50"]]
    assert por_periodo.svg["role"] == "img" and "2.º trimestre, $250.50" in por_periodo.svg["aria-label"]
    assert [fila.td.text for fila in por_tipo.select("tbody tr")] == ["$250.50", "$100.00"], "de la mayor a la menor"


def test_sin_montos_cuentan_registros(visita: Visita) -> None:
    for periodo in ("T1", "T1", "T3"):
        visita.publicar(monto_recursos="", periodo=periodo, tipo_convenio="concertacion_social")
    [por_periodo] = visita.sopa(PAGINA).select(".graficas figure")
    assert por_periodo.figcaption.text == "Convenios por periodo"
    assert [fila.td.text for fila in por_periodo.select("tbody tr")] == ["2", "1"]
