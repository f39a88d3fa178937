"""Las versiones públicas de un registro: cada una en su dirección, dos comparadas, y qué pasa con lo que se retiró."""

import datetime as dt
from typing import Any

import pytest

from models.reloj import hoy
from tests.elenco import CLAVE
from tests.html_valido import faltas_de_html
from tests.portal_prep import Visita, visitar
from tests.test_portal_historia import ANTIER, HOY, corregir, mudar

visita = pytest.fixture(visitar)


def ruta(folio: str, resto: str = "") -> str:
    return f"/metepec/{CLAVE}/r/{folio}{resto}"


def con_dos(visita: Visita, **campos: Any) -> str:
    """Publicado antier; corregido hoy."""
    folio = visita.publicar(denominacion_convenio="Reforestar el cerro con encinos", **campos)
    mudar(2, folio)
    corregir(visita, folio, denominacion_convenio="Reforestar el cerro con ahuejotes")
    return folio


def test_que_decia_este_registro_antier(visita: Visita) -> None:
    """El guion: entro al registro, elijo el día y leo cómo decía; de ahí vuelvo a lo de hoy."""
    folio = con_dos(visita)
    forma = visita.sopa(ruta(folio)).select_one("form.como-estaba")
    assert forma["action"] == ruta(folio)
    sopa = visita.sopa(f"{ruta(folio)}?al={ANTIER}")
    assert sopa.h1.text == "Reforestar el cerro con encinos"
    aviso = " ".join(sopa.select_one(".pasado").get_text(" ").split())
    assert "Así decía al terminar el" in aviso and "Versión 1 de 2" in aviso
    assert sopa.select_one(".pasado a")["href"] == ruta(folio)
    assert sopa.select_one("link[rel=canonical]")["href"].endswith(ruta(folio))
    assert sopa.select_one("meta[name=robots]")["content"].startswith("noindex")
    assert "encinos" in visita.get(f"{ruta(folio, '.json')}?al={ANTIER}").text
    assert "encinos" in visita.get(f"{ruta(folio, '.csv')}?al={ANTIER}").text
    assert "no ha cambiado" in visita.texto(f"{ruta(folio)}?al={HOY}")
    antes = (hoy() - dt.timedelta(days=9)).isoformat()
    assert visita.get(f"{ruta(folio)}?al={antes}").status_code == 404
    assert "no era público" in visita.get(f"{ruta(folio)}?al={antes}").text


def test_cada_version_tiene_su_direccion_y_lleva_a_la_de_hoy(visita: Visita) -> None:
    folio = con_dos(visita)
    assert visita.sopa(ruta(folio)).select_one(".sobre a[href$=versiones]").text == "2"
    lista = visita.sopa(ruta(folio, "/versiones"))
    assert [a["href"] for a in lista.select("tbody .principal a")] == [ruta(folio), ruta(folio, "/v/1")]
    sopa = visita.sopa(ruta(folio, "/v/1"))
    assert sopa.h1.text == "Reforestar el cerro con encinos" and "Versión anterior" in sopa.select_one(".pasado").text
    assert sopa.select_one("link[rel=canonical]")["href"].endswith(ruta(folio))
    respuesta = visita.get(ruta(folio, "/v/2"))
    assert (respuesta.status_code, respuesta.headers["Location"]) == (302, ruta(folio))


def test_dos_se_comparan_palabra_por_palabra_y_renglon_por_renglon(visita: Visita) -> None:
    folio = con_dos(visita)
    sopa = visita.sopa(f"{ruta(folio, '/versiones')}?de=1&a=2")
    [cambio] = sopa.select(".contraste")
    assert [d.text for d in cambio.select("del")] == ["encinos"] and [i.text for i in cambio.select("ins")] == ["ahuejotes"]
    assert "1 dato cambió" in sopa.select_one("#cambios").text
    alreves = visita.sopa(f"{ruta(folio, '/versiones')}?de=2&a=1")
    assert [d.text for d in alreves.select("del")] == ["ahuejotes"]
    assert "dicen lo mismo" in visita.texto(f"{ruta(folio, '/versiones')}?de=2&a=2")
    quien = visita.casa.laura
    renglones = visita.casa.crudo(quien)["contrapartes"]
    corregir(visita, folio, contrapartes=[*renglones, renglones[0]])
    sopa = visita.sopa(f"{ruta(folio, '/versiones')}?de=2&a=3")
    assert sopa.select(".contraste table ins") and not sopa.select(".contraste table del")


def test_lo_que_no_se_puede_comparar_se_dice(visita: Visita) -> None:
    folio = con_dos(visita)
    pedidos = {"de=1&a=9": 404, "de=0&a=1": 404, "de=uno&a=2": 400, "de=1": 400, "a=2": 400, "de=-1&a=2": 400, "de=٣&a=1": 400,
               "de=99999999999999999999&a=1": 400, "de=&a=": 200, "otra=1": 200}
    assert {consulta: visita.get(f"{ruta(folio, '/versiones')}?{consulta}").status_code for consulta in pedidos} == pedidos
    for resto in ("/v/0", "/v/3", "/v/999999999", "/v/9999999999", "/v/uno", "/v/-1", "/v/٢", "/v/"):
        assert visita.get(ruta(folio, resto)).status_code == 404, resto


def test_de_lo_retirado_quedan_las_fechas_y_nada_mas(visita: Visita) -> None:
    folio = con_dos(visita)
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    for resto in ("", "/versiones", "/versiones?de=1&a=2", "/v/1", "/v/2", f"?al={ANTIER}", ".json", ".csv", ".xlsx",
                  f".json?al={ANTIER}"):
        respuesta = visita.get(ruta(folio, resto))
        assert respuesta.status_code == 410, resto
        assert "duplicado" in respuesta.text
        assert "encinos" not in respuesta.text and "ahuejotes" not in respuesta.text
    assert visita.get(ruta(folio)).text.count("<li value=") == 2


def test_lo_retirado_y_vuelto_a_publicar_no_deja_leer_lo_que_se_retiro(visita: Visita) -> None:
    folio = con_dos(visita)
    visita.hacer("retirar", folio, motivo="Llevaba un domicilio.")
    visita.hacer("restaurar", folio)
    corregir(visita, folio, denominacion_convenio="Ya sin domicilio")
    corregir(visita, folio, denominacion_convenio="Y sin erratas")
    lista = visita.sopa(ruta(folio, "/versiones"))
    assert [a.text for a in lista.select("tbody .principal a")] == ["Versión 4", "Versión 3"]
    assert [o["value"] for o in lista.select("#de option")] == ["3", "4"]
    for resto in ("/v/1", "/v/2", "/versiones?de=1&a=4", f"?al={ANTIER}"):
        respuesta = visita.get(ruta(folio, resto))
        assert respuesta.status_code == 404 and "retir" in respuesta.text
        assert "encinos" not in respuesta.text and "ahuejotes" not in respuesta.text
    assert visita.get(ruta(folio, "/v/3")).status_code == 200


def test_el_archivo_de_lo_retirado_dice_por_que(visita: Visita) -> None:
    archivo = visita.subir()
    folio = visita.publicar(convenio=archivo)
    direccion = f"/metepec/archivo/{archivo}/convenio.pdf"
    assert visita.get(direccion).status_code == 200
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    respuesta = visita.get(direccion)
    assert respuesta.status_code == 410 and "Se publicó por duplicado." in respuesta.text
    visita.hacer("restaurar", folio)
    visita.hacer("publicar", folio)
    assert visita.get(direccion).status_code == 200


def test_el_archivo_que_se_cambio_ya_no_se_entrega_ni_desde_la_version_anterior(visita: Visita) -> None:
    viejo, nuevo = visita.subir("viejo.pdf"), visita.subir("nuevo.pdf")
    folio = visita.publicar(convenio=viejo)
    corregir(visita, folio, convenio=nuevo)
    respuesta = visita.get(f"/metepec/archivo/{viejo}/viejo.pdf")
    assert respuesta.status_code == 410 and "se corrigió" in respuesta.text
    sopa = visita.sopa(ruta(folio, "/v/1"))
    assert "viejo.pdf" in sopa.main.text and "ya no se entrega" in sopa.main.text
    assert not sopa.select(f"a[href*='{viejo}']")
    assert visita.get(f"/metepec/archivo/{nuevo}/nuevo.pdf").status_code == 200
    assert visita.get("/metepec/archivo/0000000000001/x.pdf").status_code == 404


def test_la_cita_se_puede_copiar(visita: Visita) -> None:
    folio = con_dos(visita)
    cita = visita.sopa(ruta(folio)).select_one("[data-cita]").text
    assert cita.startswith("H. Ayuntamiento de Metepec. «Convenios: Reforestar el cerro con ahuejotes», folio " + folio)
    assert cita.endswith(f"http://localhost{ruta(folio)}") and f"{HOY:%d/%m/%Y}" in cita
    assert visita.sopa(f"{ruta(folio)}?al={ANTIER}").select_one("[data-cita]").text.endswith(f"{ruta(folio)}?al={ANTIER}")


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # las plantillas no saben de motores
def test_el_html_esta_bien_escrito(visita: Visita) -> None:
    folio = con_dos(visita)
    retirado = visita.publicar()
    visita.hacer("retirar", retirado, motivo="Se publicó por duplicado.")
    rutas = [ruta(folio), ruta(folio, "/versiones?de=1&a=2"), ruta(folio, "/v/1"), f"{ruta(folio)}?al={ANTIER}", ruta(retirado),
             f"/metepec/{CLAVE}/2026/?al={ANTIER}"]
    assert faltas_de_html({una: visita.get(una).data for una in rutas}) == []
