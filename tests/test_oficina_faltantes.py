"""Lo que falta: el tablero lo dice, la página lo enlista, y desde ahí se captura en su periodo."""

from models.domain.ausencias import propose
from tests.cliente import Sitio

pytest_plugins = "tests.sitio"

RUTA = "/ipo/faltantes"


def test_el_tablero_abre_con_lo_que_falta_y_lleva_a_la_lista(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    tablero = laura.get("/ipo/tablero")
    liga = tablero.sopa.select_one(f"a[href='{RUTA}']")
    assert liga.text.startswith("Faltan ")
    pagina = laura.get(RUTA)
    assert pagina.sopa.h1.text == liga.text and len(pagina.sopa.select("tbody tr")) > 20
    assert "Julieta Mondragón" in pagina.visible, "dice quién lo lleva"


def test_desde_ahi_se_captura_en_el_periodo_que_falta(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    fila = next(f for f in julieta.get(RUTA).sopa.select("tbody tr") if "Convenios" in f.text)
    hoja = julieta.get(str(fila.select_one("a.btn")["href"]))
    periodo = hoja.sopa.select_one("select[name=periodo] option[selected]").text
    assert periodo in fila.text and hoja.sopa.select_one("input[name=ejercicio]")["value"] in fila.text


def test_un_periodo_inventado_en_la_direccion_no_hace_nada(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    normal = julieta.get(sitio.url("nuevo")).sopa.select_one("input[name=ejercicio]")["value"]
    for cola in ("ejercicio=9999&periodo=T1", "ejercicio=٢٠٢٥&periodo=T1", "ejercicio=2025&periodo=M3", "periodo=T1"):
        assert julieta.get(sitio.url(f"nuevo?{cola}")).sopa.select_one("input[name=ejercicio]")["value"] == normal


def test_cada_quien_ve_lo_de_sus_formatos(sitio: Sitio) -> None:
    nadia = sitio.de(sitio.casa.nadia).get(RUTA)
    assert "Convenios" not in nadia.visible and "Protección civil" in nadia.visible
    assert sitio.de(sitio.casa.gabriela).get(RUTA).codigo == 404


def test_lo_que_solo_esta_propuesto_sigue_faltando(sitio: Sitio) -> None:
    casa = sitio.casa
    antes = sitio.de(casa.laura).get(RUTA).sopa.h1.text
    propose(casa.julieta.actor, casa.tabla(), "no_aplica", "El Cabildo no celebra convenios este año.")
    assert sitio.de(casa.laura).get(RUTA).sopa.h1.text == antes
