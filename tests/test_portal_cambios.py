"""Qué ha cambiado: la página y el canal Atom de todo, de una institución y de un formato."""

from xml.etree import ElementTree as ET

import feedparser
import pytest

from models.domain.ausencias import NO_APLICA, approve, propose
from models.folios import de_folio
from models.publicados import cambios
from tests.elenco import CLAVE
from tests.html_valido import faltas_de_html
from tests.portal_prep import Visita, visitar
from tests.test_portal_historia import AYER, HOY, corregir, mudar

visita = pytest.fixture(visitar)

CANALES = ("/cambios.atom", "/metepec/cambios.atom", f"/metepec/{CLAVE}/cambios.atom")
A, AT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"


def frases(visita: Visita, ruta: str) -> list[str]:
    return [strong.text for strong in visita.sopa(ruta).select(".cambios strong")]


def canal(visita: Visita, ruta: str) -> feedparser.FeedParserDict:
    respuesta = visita.get(ruta)
    assert respuesta.status_code == 200 and respuesta.content_type == "application/atom+xml; charset=utf-8"
    leido = feedparser.parse(respuesta.data)
    assert not leido.bozo, leido.get("bozo_exception")
    assert leido.version == "atom10"
    return leido


def con_de_todo(visita: Visita) -> tuple[str, str]:
    """Dos publicados, uno corregido, el otro retirado, y un formato que no aplica."""
    uno, otro = visita.publicar(periodo="T1"), visita.publicar(periodo="T2")
    corregir(visita, uno, objetivo="Otro", periodo="T1")
    visita.hacer("retirar", otro, motivo="Se publicó por duplicado.")
    tabla, quien = visita.casa.tabla("padrones"), visita.casa.laura.actor
    approve(quien, tabla, propose(quien, tabla, NO_APLICA, "El ayuntamiento no opera padrones."))
    return uno, otro


def test_que_cambio_esta_semana(visita: Visita) -> None:
    """El guion: del pie llego a «Qué ha cambiado», leo qué pasó, y de un renglón voy al registro."""
    uno, otro = con_de_todo(visita)
    assert "/cambios" in [a["href"] for a in visita.sopa("/").select("footer a")]
    assert frases(visita, "/cambios") == [
        "Se aprobó que no aplica", "Se retiró 1 convenio", "Se corrigió 1 convenio", "Se publicó 1 convenio",
        "Se publicó 1 convenio"]
    texto = visita.texto("/cambios")
    assert "Motivo: Se publicó por duplicado." in texto and "El ayuntamiento no opera padrones." in texto
    assert "Convenios, 2.º trimestre de 2026" in texto and "H. Ayuntamiento de Metepec" in texto
    enlaces = [a["href"] for a in visita.sopa("/cambios").select(".cambios a")]
    assert f"/metepec/{CLAVE}/r/{uno}" in enlaces and visita.get(f"/metepec/{CLAVE}/r/{otro}").status_code == 410


def test_cada_quien_lo_suyo(visita: Visita) -> None:
    visita.publicar()
    visita.publicar(persona=visita.casa.ramiro)
    visita.publicar("padrones")
    assert len(frases(visita, "/cambios")) == 3
    assert len(frases(visita, "/metepec/cambios")) == 2
    assert frases(visita, f"/metepec/{CLAVE}/cambios") == ["Se publicó 1 convenio"]
    assert visita.sopa(f"/metepec/{CLAVE}/cambios").h1.text == "Qué ha cambiado en Convenios de Metepec"


def test_desde_un_dia(visita: Visita) -> None:
    viejo = visita.publicar(denominacion_convenio="De antier")
    mudar(2, viejo)
    visita.publicar()
    for ruta in ("/cambios", "/metepec/cambios", f"/metepec/{CLAVE}/cambios"):
        assert len(frases(visita, f"{ruta}?desde={AYER}")) == 1
        assert len(frases(visita, ruta)) == 2
        assert len(canal(visita, f"{ruta}.atom?desde={AYER}").entries) == 1
    mudar(2, viejo)
    assert "Solo desde el" in visita.texto(f"/cambios?desde={HOY}")


def test_lo_mal_pedido_se_dice(visita: Visita) -> None:
    pedidos = {"desde=2026-02-30": 400, "desde=mañana": 400, "desde=9999-12-31": 400, "sigue=nada": 404,
               "sigue=1.0000000000000z": 404, "sigue=99999999999999999999.0000000000000z": 404, "desde=": 200, "sigue=": 200,
               "nada=1": 200}
    for ruta in (*CANALES, "/cambios", "/metepec/cambios"):
        for consulta, codigo in pedidos.items():
            respuesta = visita.get(f"{ruta}?{consulta}")
            assert respuesta.status_code == codigo, f"{ruta}?{consulta}"
            assert codigo == 200 or any(dice in respuesta.text for dice in ("fecha", "todavía no llega", "empiece desde"))


def test_lo_que_no_existe_es_404(visita: Visita) -> None:
    for ruta in ("/nadie/cambios", "/metepec/nada/cambios.atom", "/metepec/nada/cambios"):
        assert visita.get(ruta).status_code == 404


@pytest.mark.parametrize("ruta", CANALES)
def test_el_canal_cumple_su_norma(visita: Visita, ruta: str) -> None:
    uno, otro = con_de_todo(visita)
    leido = canal(visita, ruta)
    feed = leido.feed
    assert feed.id.startswith("tag:localhost,2026:cambios") and feed.language == "es-MX" and feed.author == "IPOMEX"
    enlaces = {enlace.rel: enlace.href for enlace in feed.links}
    assert enlaces["self"] == f"http://localhost{ruta}" and enlaces["alternate"] == f"http://localhost{ruta[:-5]}"
    ids = [entrada.id for entrada in leido.entries]
    assert len(set(ids)) == len(ids) == (4 if CLAVE not in ruta else 3)
    for entrada in leido.entries:
        assert entrada.updated_parsed and entrada.title and entrada.summary and entrada.link.startswith("http://localhost/metepec/")
        assert entrada.author == "H. Ayuntamiento de Metepec"
    assert feed.updated == max(entrada.updated for entrada in leido.entries)
    assert canal(visita, ruta).entries[-1].id == ids[-1], "los identificadores no cambian"


def test_del_retirado_queda_su_lapida_en_vez_de_su_entrada(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Esto no se debía publicar")
    antes = [entrada.id for entrada in canal(visita, CANALES[2]).entries]
    visita.hacer("retirar", folio, motivo="Llevaba un \x0bdomicilio <b>.")
    raiz = ET.fromstring(visita.get(CANALES[2]).data)
    [lapida] = raiz.findall(f"{AT}deleted-entry")
    assert lapida.get("ref") == antes[0] and "Llevaba un" in lapida.findtext(f"{AT}comment", "")
    assert [e.find(f"{A}category").get("term") for e in raiz.findall(f"{A}entry")] == ["retiro"]  # type: ignore[union-attr]
    assert "no se debía publicar" not in visita.get(CANALES[2]).text
    assert lapida.get("when") == raiz.findtext(f"{A}updated")


def test_las_paginas_siguen_sin_repetir(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cambios.Cambios.de, "__defaults__", (None, None, None, 2))
    for _ in range(5):
        visita.publicar()
    vistos, ruta, paginas = [], "/metepec/cambios.atom", 0
    while ruta:
        leido = canal(visita, ruta)
        vistos += [entrada.id for entrada in leido.entries]
        ruta = next((e.href.removeprefix("http://localhost") for e in leido.feed.links if e.rel == "next"), "")
        paginas += 1
    assert (len(vistos), len(set(vistos)), paginas) == (5, 5, 3)
    sopa = visita.sopa("/metepec/cambios")
    segunda = visita.sopa(sopa.select_one("a[rel=next]")["href"])
    assert len(segunda.select(".cambios li")) == 2 and segunda.select_one("meta[name=robots]")


def test_sin_nada_publicado_tambien_es_un_canal(visita: Visita) -> None:
    assert canal(visita, "/toluca/cambios.atom").entries == []
    assert "Todavía no hay nada publicado" in visita.texto("/toluca/cambios")


def test_las_paginas_llevan_a_su_canal(visita: Visita) -> None:
    visita.publicar()
    for ruta, suyo in ((f"/metepec/{CLAVE}/2026/", CANALES[2]), ("/metepec/cambios", CANALES[1]), ("/cambios", CANALES[0])):
        assert visita.sopa(ruta).select_one("link[type='application/atom+xml']")["href"] == suyo


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # las plantillas no saben de motores
def test_el_html_esta_bien_escrito(visita: Visita) -> None:
    con_de_todo(visita)
    rutas = ["/cambios", f"/metepec/{CLAVE}/cambios?desde={HOY}", "/toluca/cambios"]
    assert faltas_de_html({ruta: visita.get(ruta).data for ruta in rutas}) == []


def test_la_entrada_de_un_formato_que_ya_no_esta_en_el_catalogo_no_se_rompe(visita: Visita) -> None:
    from models.actos_publicos import PubActo

    folio = visita.publicar()
    PubActo.update(clave="ya_no_esta").where(PubActo.registro_id == de_folio(folio)).execute()
    assert "ya no está en el catálogo" in visita.texto("/metepec/cambios")
    assert len(canal(visita, "/metepec/cambios.atom").entries) == 1


def test_la_portada_la_institucion_y_el_formato_dicen_donde_esta_su_canal(visita: Visita) -> None:
    """A quien lo lee en la página, y al lector de canales que la mira por dentro."""
    visita.publicar()
    for ruta, suyo in (("/", "/cambios.atom"), ("/metepec/", "/metepec/cambios.atom"),
                       (f"/metepec/{CLAVE}/", f"/metepec/{CLAVE}/cambios.atom"),
                       (f"/metepec/{CLAVE}/2026/", f"/metepec/{CLAVE}/cambios.atom"), ("/cambios", "/cambios.atom")):
        sopa = visita.sopa(ruta)
        assert [uno["href"] for uno in sopa.select('link[rel=alternate][type="application/atom+xml"]')] == [suyo], ruta
        assert suyo in [a["href"] for a in sopa.main.select('a[type="application/atom+xml"]') if a.text == "Canal Atom"], ruta
        assert canal(visita, suyo).entries
