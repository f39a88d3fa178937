"""La portada y la lista de instituciones."""

import gzip

import pytest
from bs4 import BeautifulSoup

from models.publicados.memoria import Memoria
from models.sujetos import PubSujeto
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def test_la_portada_sin_nada_publicado_lo_dice(visita: Visita) -> None:
    texto = visita.texto("/")
    assert "Todavía no hay información publicada" in texto
    assert "En cuanto una institución publique, se verá aquí" in texto


def test_la_portada_cuenta_lo_publicado_y_ensena_lo_reciente(visita: Visita) -> None:
    for _ in range(2):
        visita.publicar()
    visita.publicar(persona=visita.casa.ramiro)
    texto = visita.texto("/")
    assert "Busque en 3 registros de 2 instituciones del Estado de México" in texto
    filas = [fila.get_text(" ", strip=True) for fila in visita.sopa("/").select("#reciente ~ table tbody tr")]
    assert len(filas) == 2
    assert filas[0].startswith("Toluca Convenios 2026, 4.º trimestre 1")
    assert filas[1].startswith("Metepec Convenios 2026, 4.º trimestre 2")


def test_la_portada_lleva_a_cada_institucion_y_dice_su_ley(visita: Visita) -> None:
    sopa = visita.sopa("/")
    assert {a["data-siglas"]: a["href"] for a in sopa.select("a[data-siglas]")} == {
        "metepec": "/metepec/", "toluca": "/toluca/"}
    assert "Demostración." in sopa.text
    assert "Ley de Transparencia y Acceso a la Información Pública" in sopa.footer.text
    assert "Abrogada" in sopa.footer.text


def test_las_preguntas_llevan_a_todas_juntas_o_a_elegir_institucion(visita: Visita) -> None:
    visita.publicar("licitaciones")
    caja = next(c for c in visita.sopa("/").select(".caja") if "¿Qué compró y a quién?" in c.text)
    assert "1 procedimiento en 1 institución" in " ".join(caja.text.split())
    assert caja.a["href"] == "/informacion/licitaciones/" and visita.get(caja.a["href"]).status_code == 200
    ruta = "/instituciones?tema=licitaciones"
    assert visita.sopa(ruta).select_one("a.boton")["href"] == "/informacion/licitaciones/"
    enlaces = visita.sopa(ruta).select("a[data-siglas]")
    assert [a["href"] for a in enlaces] == ["/metepec/licitaciones/", "/toluca/licitaciones/"]
    assert "1 procedimiento" in visita.texto(ruta) and "Sin información publicada todavía" in visita.texto(ruta)


def test_las_instituciones_se_filtran_por_nombre_sin_acentos(visita: Visita) -> None:
    assert [a.text for a in visita.sopa("/instituciones?q=METÉPEC").select("a[data-siglas]")] == [
        "H. Ayuntamiento de Metepec"]
    assert "Ninguna institución se llama así" in visita.texto("/instituciones?q=nezahualcoyotl")
    assert "Ninguna institución se llama así" in visita.texto("/instituciones?q=de+la")


def test_las_instituciones_se_descargan(visita: Visita) -> None:
    visita.publicar()
    csv = visita.get("/instituciones.csv")
    assert csv.content_type == "text/csv; charset=utf-8; header=present"
    renglones = csv.text.split("\r\n")
    assert renglones[0].startswith("siglas,nombre,nombre_corto,poder,municipio,formatos_publicados,registros")
    assert renglones[1].startswith("metepec,H. Ayuntamiento de Metepec,Metepec,municipal,Metepec,1,1,")
    [metepec, toluca] = visita.get("/instituciones.json").get_json()["instituciones"]
    assert (metepec["registros"], toluca["registros"]) == (1, 0)
    assert metepec["direccion"] == "http://localhost/metepec/"


def test_quien_publica_mucho_no_tapa_a_las_demas(visita: Visita) -> None:
    visita.publicar(persona=visita.casa.ramiro)
    for clave in ("licitaciones", "marco_normativo", "tramites_servicios"):
        visita.publicar(clave)
    filas = [fila.select_one("td").get_text(strip=True) for fila in visita.sopa("/").select("#reciente ~ table tbody tr")]
    assert filas == ["Metepec", "Metepec", "Toluca"]


def test_en_la_portada_caben_todas_y_se_dice_quien_no_ha_publicado(visita: Visita) -> None:
    visita.publicar()
    textos = [" ".join(li.get_text(" ").split()) for li in visita.sopa("/").select(".nombres li")]
    assert textos == ["H. Ayuntamiento de Metepec", "H. Ayuntamiento de Toluca sin publicar"]


def test_con_las_instituciones_del_estado_la_portada_y_la_lista_siguen_ligeras(visita: Visita) -> None:
    """Unas 340 en 125 municipios: sin comprimir, y con todas a la vista."""
    nombre = "Organismo Descentralizado de Agua Potable y Saneamiento número {}"
    PubSujeto.insert_many([
        {"sujeto_id": 1000 + i, "siglas": f"organismo-{i}", "nombre": nombre.format(i), "nombre_corto": f"Organismo {i}",
         "poder": "municipal", "municipio": f"Municipio {i % 125}", "publicado_en": 0} for i in range(338)]).execute()
    for ruta, tope in (("/", 75_000), ("/instituciones", 100_000)):
        respuesta = visita.get(ruta)
        assert len(BeautifulSoup(respuesta.text, "html.parser").select("main a[data-siglas]")) == 340
        assert len(respuesta.data) < tope, (ruta, len(respuesta.data))
        assert len(gzip.compress(respuesta.data)) < 15_000


def test_lo_retirado_se_descuenta_de_la_portada(visita: Visita) -> None:
    visita.hacer("retirar", visita.publicar(), motivo="Se publicó por duplicado.")
    assert "Todavía no hay información publicada" in visita.texto("/")
    assert CLAVE not in visita.get("/").text


def test_lo_caro_se_recuerda_mientras_nada_cambie() -> None:
    """La portada suma todo el resumen: lo vuelve a hacer cuando alguien publica, y no en cada visita."""
    pulso, veces = [1], []

    def averiguar() -> int:
        veces.append(1)
        return len(veces)

    recordar = Memoria(averiguar, lambda: pulso[0])
    assert [recordar(), recordar()] == [1, 1]
    pulso[0] += 1
    assert [recordar(), recordar()] == [2, 2]
