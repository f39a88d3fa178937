"""«Elija su municipio», y las instituciones por clase: lo que se elige queda en la dirección."""

import pytest

from models.publicados import Institucion
from portal.municipios import key_of, list_municipios
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def siglas(visita: Visita, ruta: str) -> list[str]:
    return [str(a["data-siglas"]) for a in visita.sopa(ruta).select("main a[data-siglas]")]


@pytest.mark.parametrize(("nombre", "clave"), [
    ("Metepec", "metepec"), ("Ecatepec de Morelos", "ecatepec-de-morelos"), ("Cuautitlán Izcalli", "cuautitlan-izcalli"),
    ("San José del Rincón", "san-jose-del-rincon"), ("Acambay de Ruíz Castañeda", "acambay-de-ruiz-castaneda")])
def test_el_municipio_va_en_la_direccion_sin_acentos(nombre: str, clave: str) -> None:
    assert key_of(nombre) == clave == key_of(clave)


def test_los_municipios_no_se_repiten_por_un_acento() -> None:
    todas = [Institucion(i, f"s{i}", "X", "X", "municipal", municipio)
             for i, municipio in enumerate(["Tultitlán", "Tultitlan", None, "Almoloya", ""])]
    assert [(m.clave, m.n) for m in list_municipios(todas)] == [("almoloya", 1), ("tultitlan", 2)]


def test_la_portada_deja_elegir_municipio_sin_javascript(visita: Visita) -> None:
    forma = visita.sopa("/").select_one("form:has(#municipio)")
    assert forma["action"] == "/instituciones" and forma.select_one("label[for=municipio]").text == "Elija su municipio"
    assert [(o["value"], o.text) for o in forma.select("option")] == [
        ("", "Todos los municipios"), ("metepec", "Metepec"), ("toluca", "Toluca")]
    assert forma.button.text == "Ver"


def test_un_municipio_ensena_todo_lo_suyo_y_sus_atajos(visita: Visita) -> None:
    visita.publicar("licitaciones")
    sopa = visita.sopa("/instituciones?municipio=metepec")
    assert sopa.h1.text == "Metepec" and siglas(visita, "/instituciones?municipio=metepec") == ["metepec"]
    assert [a["href"] for a in sopa.select(".atajos a")] == ["/metepec/licitaciones/"]
    assert sopa.select_one("#municipio option[selected]")["value"] == "metepec"
    assert sopa.select_one("link[rel=canonical]")["href"] == "http://localhost/instituciones?municipio=metepec"


def test_la_institucion_lleva_a_su_municipio_y_a_su_clase(visita: Visita) -> None:
    enlaces = [a["href"] for a in visita.sopa("/metepec/").select(".entrada a")]
    assert enlaces == ["/instituciones?clase=municipal", "/instituciones?municipio=metepec"]
    assert siglas(visita, enlaces[0]) == ["metepec", "toluca"]


def test_municipio_tema_y_nombre_se_juntan(visita: Visita) -> None:
    assert [a["href"] for a in visita.sopa("/instituciones?municipio=toluca&tema=licitaciones").select("a[data-siglas]")] == [
        "/toluca/licitaciones/"]
    assert siglas(visita, "/instituciones?municipio=toluca&q=metepec") == []
    oculto = visita.sopa("/instituciones?tema=licitaciones").select_one("form:has(#municipio) input[type=hidden]")
    assert (oculto["name"], oculto["value"]) == ("tema", "licitaciones")


@pytest.mark.parametrize("ruta", ["/instituciones?municipio=nada", "/instituciones?clase=nada",
                                  "/instituciones?municipio=%00", "/instituciones?municipio=<b>"])
def test_lo_que_no_existe_es_404_en_espanol(ruta: str, visita: Visita) -> None:
    respuesta = visita.get(ruta)
    assert respuesta.status_code == 404 and "Esta página no existe" in respuesta.text


def test_un_municipio_mal_escrito_pero_claro_se_entiende(visita: Visita) -> None:
    assert siglas(visita, "/instituciones?municipio=METEPEC") == ["metepec"]
