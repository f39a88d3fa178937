"""El mapa del sitio cumple su norma, lleva solo páginas que existen, y dice de verdad cuándo cambiaron."""

import datetime as dt
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from models.publicados import mapa
from portal.sitemap import NORMA
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

BASE = "http://localhost"


def leer(visita: Visita, ruta: str) -> dict[str, str]:
    """Dirección → lastmod, con todo lo que piden siteindex.xsd y sitemap.xsd."""
    respuesta = visita.get(ruta)
    assert respuesta.status_code == 200 and respuesta.content_type == "application/xml; charset=utf-8"
    assert len(respuesta.data) < 50 * 1024 * 1024
    raiz = ET.fromstring(respuesta.data)
    nombre, cada = ("sitemapindex", "sitemap") if ruta == "/sitemap.xml" else ("urlset", "url")
    assert raiz.tag == f"{{{NORMA}}}{nombre}" and 1 <= len(raiz) <= 50_000
    fechas = {}
    for uno in raiz:
        assert uno.tag == f"{{{NORMA}}}{cada}" and not uno.attrib
        partes = {parte.tag.removeprefix(f"{{{NORMA}}}"): parte.text or "" for parte in uno}
        assert list(partes) in (["loc"], ["loc", "lastmod"]), "el orden es parte del esquema"
        assert 12 <= len(partes["loc"]) <= 2048 and partes["loc"].startswith(f"{BASE}/")
        if "lastmod" in partes:
            assert dt.datetime.fromisoformat(partes["lastmod"]).tzinfo is not None
        assert partes["loc"] not in fechas, "repetida"
        fechas[partes["loc"].removeprefix(BASE)] = partes.get("lastmod", "")
    return fechas


def test_el_indice_lleva_a_todas_las_partes(visita: Visita) -> None:
    visita.publicar()
    partes = leer(visita, "/sitemap.xml")
    assert len(partes) == 3 and partes["/sitemap/0.xml"] == "" and partes["/sitemap/1.xml"]
    for parte in partes:
        assert leer(visita, parte)


def test_todo_lo_que_dice_existe_y_es_canonico(visita: Visita) -> None:
    folio, vigente = visita.publicar(), visita.publicar("marco_normativo")
    suyas = leer(visita, "/sitemap/1.xml")
    assert {"/metepec/", f"/metepec/{CLAVE}/", f"/metepec/{CLAVE}/2026/", f"/metepec/{CLAVE}/r/{folio}",
            "/metepec/marco_normativo/", f"/metepec/marco_normativo/r/{vigente}"} == suyas.keys()
    assert all(suyas.values())
    de_todas = {ruta: cambio for ruta, cambio in leer(visita, "/sitemap/0.xml").items() if ruta.startswith("/informacion/")}
    assert de_todas.keys() == {f"/informacion/{CLAVE}/", f"/informacion/{CLAVE}/2026/", "/informacion/marco_normativo/"}
    assert all(de_todas.values()), "con la fecha de lo último que se publicó"
    for ruta in [*suyas, *leer(visita, "/sitemap/0.xml")]:
        respuesta = visita.get(ruta)
        assert respuesta.status_code == 200 and "noindex" not in respuesta.text, ruta


def test_la_fecha_cambia_con_lo_publicado_y_lo_retirado_sale(visita: Visita) -> None:
    folio, otro = visita.publicar(), visita.publicar()
    antes = leer(visita, "/sitemap/1.xml")
    visita.hacer("retirar", folio, motivo="Estaba dos veces.")
    despues = leer(visita, "/sitemap/1.xml")
    assert f"/metepec/{CLAVE}/r/{folio}" not in despues
    assert despues[f"/metepec/{CLAVE}/r/{otro}"] == antes[f"/metepec/{CLAVE}/r/{otro}"]
    assert despues[f"/metepec/{CLAVE}/"] >= antes[f"/metepec/{CLAVE}/"]


def test_los_registros_que_no_caben_se_dejan_a_su_pagina(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    visita.publicar(), visita.publicar()
    vigente = visita.publicar("marco_normativo")
    monkeypatch.setattr(mapa, "TOPE", 1)
    suyas = leer(visita, "/sitemap/1.xml")
    assert [ruta for ruta in suyas if "/r/" in ruta] == [f"/metepec/marco_normativo/r/{vigente}"]
    assert f"/metepec/{CLAVE}/2026/" in suyas


def test_una_institucion_sin_nada_tiene_su_pagina(visita: Visita) -> None:
    assert leer(visita, "/sitemap/2.xml") == {"/toluca/": ""}


def test_las_partes_que_no_existen(visita: Visita) -> None:
    for ruta in ("/sitemap/999.xml", "/sitemap/x.xml", "/sitemap/-1.xml", "/sitemap/99999999999999999999.xml", "/sitemap/1"):
        assert visita.get(ruta, follow_redirects=True).status_code == 404, ruta


def test_robots_se_entiende_y_deja_pasar_a_los_datos(visita: Visita) -> None:
    """``robotparser`` no sabe de comodines: de esos se revisa el texto."""
    texto = visita.get("/robots.txt").text
    robots = RobotFileParser()
    robots.parse(texto.splitlines())
    assert robots.site_maps() == [f"{BASE}/sitemap.xml"]
    for ruta in ("/", "/metepec/", "/datos", f"/datos/{CLAVE}.csv", "/api/", f"/api/v1/registros/{CLAVE}?cursor=x",
                 "/sitemap.xml", "/estatico/portal.css?v=1", "/ipo/portal/metepec.web"):
        assert robots.can_fetch("cualquiera", f"{BASE}{ruta}"), ruta
    for ruta in ("/ipo", "/ipo/tablero", "/buscar?q=x"):
        assert not robots.can_fetch("cualquiera", f"{BASE}{ruta}"), ruta
    assert "Disallow: /*?\n" in texto and "Allow: /estatico/\n" in texto


def test_el_icono_de_siempre(visita: Visita) -> None:
    respuesta = visita.get("/favicon.ico", follow_redirects=True)
    assert respuesta.status_code == 200 and respuesta.content_type == "image/svg+xml"
