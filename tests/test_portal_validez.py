"""Todas las páginas del portal: HTML válido, ligeras, sin nada de fuera, sin ligas rotas y legibles sin JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import ANCHO
from tests.html_valido import faltas_de_html, hay_java
from tests.rastreo_portal import Portal, Vista, clase_de
from tests.servidor import Sitio

pytest_plugins = ("tests.navegador",)

PESO = 100_000
"""Bytes que viajan por página: HTML, estilo, guion e imágenes, con la compresión que el servidor dé (o sin ella)."""

PETICIONES = 10


@pytest.fixture(scope="module")
def vistas(sitio_servido: Sitio) -> list[Vista]:
    folios = sitio_servido.folios
    semillas = [f"/metepec/licitaciones/r/{folios['licitaciones_retirado']}", f"/metepec/organos/{folios['organo']}",
                f"/metepec/remuneraciones/r/{folios['remuneraciones']}"]
    portal = Portal(sitio_servido.direccion)
    try:
        return [*portal.recorrer(), *map(portal.ver, semillas)]
    finally:
        portal.cerrar()


@pytest.fixture
def paginas(vistas: list[Vista]) -> list[Vista]:
    return [v for v in vistas if v.tipo.startswith("text/html") and not 300 <= v.codigo < 400]


def test_el_html_es_valido(paginas: list[Vista]) -> None:
    assert {"/?", "/instituciones?", "/s/?", "/s/c/?", "/s/c/r/f?", "/s/organos/f?", "/buscar?q", "/acerca?", "/denuncia?"} <= {
        clase_de(v.ruta) for v in paginas}
    faltas = faltas_de_html({v.ruta: v.cuerpo for v in paginas})
    assert not faltas, "\n".join(faltas[:40])


def test_ninguna_liga_esta_rota(vistas: list[Vista]) -> None:
    assert {v.ruta: v.codigo for v in vistas if v.codigo >= 400} == {
        "/nada/x/": 404, **{v.ruta: 410 for v in vistas if v.codigo == 410}}


def test_cada_pagina_es_ligera(paginas: list[Vista]) -> None:
    pesadas = {v.ruta: sum(v.pesos.values()) for v in paginas if sum(v.pesos.values()) >= PESO}
    assert not pesadas
    assert {v.ruta: len(v.pesos) for v in paginas if len(v.pesos) > PETICIONES} == {}


def test_nada_viene_de_fuera(paginas: list[Vista]) -> None:
    de_casa = ("/estatico/", "data:", "/metepec/logo")
    assert [(v.ruta, r) for v in paginas for r in v.recursos if not r.startswith(de_casa)] == []


def test_cada_pagina_dice_que_es_y_lleva_sus_encabezados_en_orden(paginas: list[Vista]) -> None:
    for vista in paginas:
        sopa = vista.sopa
        assert sopa.html["lang"] == "es-MX" and len(sopa.select("h1")) == 1, vista.ruta
        assert len(sopa.select("meta[name=description]")) == 1, vista.ruta
        assert len(sopa.select("link[rel=canonical]")) <= 1, vista.ruta
        niveles = [int(n.name[1]) for n in sopa.main.select("h1, h2, h3, h4")]
        assert all(b - a <= 1 for a, b in zip([0, *niveles], niveles, strict=False)), (vista.ruta, niveles)


# --- sin JavaScript ---

@pytest.fixture
def sin_guion(chromium: Browser, sitio_servido: Sitio) -> Iterator[Page]:
    contexto = chromium.new_context(viewport=ANCHO, base_url=sitio_servido.direccion, java_script_enabled=False, locale="es-MX")
    yield contexto.new_page()
    contexto.close()


def test_se_lee_igual_sin_javascript(sin_guion: Page, persona: Callable[..., Page]) -> None:
    con_guion = persona()
    for ruta in ("/", "/instituciones", "/metepec/", "/metepec/licitaciones/", "/buscar?q=patrullas"):
        sin_guion.goto(ruta)
        con_guion.goto(ruta)
        assert sin_guion.locator("main").inner_text() == con_guion.locator("main").inner_text(), ruta


def test_se_busca_y_se_llega_sin_javascript(sin_guion: Page) -> None:
    sin_guion.goto("/")
    sin_guion.locator("main").get_by_role("searchbox").fill("patrullas")
    sin_guion.locator("main").get_by_role("button", name="Buscar").click()
    sin_guion.locator("main a[href*='/r/']").first.click()
    expect(sin_guion.get_by_role("heading", level=1)).to_contain_text("atrullas")


# --- la letra grande y la pantalla más angosta (WCAG 1.4.4 y 1.4.10): 640 px son los 1280 con el navegador al 200 % ---

ANGOSTAS = ("/", "/instituciones?municipio=metepec", "/metepec/", "/metepec/licitaciones/", "/accesibilidad", "/denuncia",
            "/acerca")


@pytest.mark.parametrize(("ancho", "letra"), [(320, "100%"), (640, "100%"), (1280, "200%")])
def test_nada_se_desliza_de_lado_con_la_letra_grande_ni_en_la_pantalla_angosta(
        ancho: int, letra: str, persona: Callable[..., Page]) -> None:
    page = persona(None, {"width": ancho, "height": 900})
    for ruta in ANGOSTAS if letra == "100%" else [r for r in ANGOSTAS if r != "/metepec/licitaciones/"]:
        page.goto(ruta)
        page.evaluate("letra => { document.documentElement.style.fontSize = letra }", letra)
        sobra = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert sobra <= 0, (ruta, sobra)


def test_lo_impreso_no_lleva_controles_y_dice_su_direccion(persona: Callable[..., Page], sitio_servido: Sitio) -> None:
    page = persona()
    page.emulate_media(media="print")
    for ruta in ("/", "/metepec/", "/metepec/licitaciones/", "/denuncia"):
        page.goto(ruta)
        assert page.locator("form:visible, nav[aria-label=Principal]:visible, button:visible").count() == 0, ruta
        expect(page.locator(".solo-impreso")).to_contain_text(f"Tomado de {sitio_servido.direccion}{ruta}")


# --- la vara mide ---

@pytest.mark.skipif(not hay_java(), reason="sin Java no hay validador Nu")
def test_lo_mal_escrito_se_nota() -> None:
    bien = b"<!doctype html><html lang=es><head><meta charset=utf-8><title>x</title></head><body><h1>x</h1>%s</body></html>"
    males = (b"<p><div>a</div></p>", b"<img src=x>", b"<ul><p>a</ul>", b"<a href=/ id=a>1</a><a href=/ id=a>2</a>")
    faltas = faltas_de_html({"bien": bien % b"<p>Hola</p>"} | {f"mal{i}": bien % mal for i, mal in enumerate(males)})
    assert {falta.split(":")[0] for falta in faltas} == {f"mal{i}" for i in range(len(males))}
