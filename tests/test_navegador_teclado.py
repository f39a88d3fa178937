"""Todo se puede hacer sin ratón: se llega a cada control, se ve dónde se está y nada lo tapa."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import ANCHO, TELEFONO
from tests.pantallas import Oficina
from tests.servidor import Sitio
from tests.teclado import CONTROLES, DONDE, ir_a, paradas

pytest_plugins = ("tests.navegador",)

@pytest.mark.parametrize("medida", [ANCHO, TELEFONO], ids=["1280", "360"])
@pytest.mark.parametrize(("quien", "ruta"), [
    ("unidad.metepec", "/ipo/f/licitaciones/?q=patrullas"), ("capt1.metepec", "/ipo/f/convenios/nuevo"),
    ("unidad.metepec", "/ipo/tablero"), (None, "/ipo"), (None, "/metepec/licitaciones/"), (None, "/"),
    (None, "/metepec/"), (None, "/instituciones?municipio=metepec")])
def test_se_llega_a_todo_y_se_ve_donde_se_esta(
        quien: str | None, ruta: str, medida: dict[str, int], persona: Callable[..., Page]) -> None:
    page = persona(quien, medida)
    page.goto(ruta)
    recorrido = list(paradas(page))
    assert len([p for p in recorrido if p["etiqueta"] in ("A", "BUTTON", "INPUT", "SELECT", "TEXTAREA", "SUMMARY")]) \
        == page.evaluate(CONTROLES)
    assert [p["quien"] for p in recorrido if not p["se_ve"]] == []
    assert [p["quien"] for p in recorrido if p["tapado"]] == []


@pytest.mark.parametrize("medida", [ANCHO, TELEFONO], ids=["1280", "360"])
def test_se_busca_se_abre_un_registro_y_se_descarga_sin_raton(medida: dict[str, int], persona: Callable[..., Page]) -> None:
    page = persona(None, medida)
    page.goto("/")
    _ir_viendo(page, "q")
    page.keyboard.type("patrullas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buscar?q=patrullas*")
    hallado = page.locator("main a[href*='/r/']").first
    _ir_viendo(page, " ".join(hallado.inner_text().split())[:40])
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("atrullas")
    _ir_viendo(page, "CSV")
    with page.expect_download() as bajada:
        page.keyboard.press("Enter")
    assert bajada.value.suggested_filename.endswith(".csv")
    assert b"atrullas" in Path(bajada.value.path()).read_bytes()


def test_se_elige_municipio_y_se_ve_lo_que_falta_sin_raton(persona: Callable[..., Page]) -> None:
    page = persona()
    page.goto("/")
    _ir_viendo(page, "municipio")
    page.keyboard.type("Metepec")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/instituciones?municipio=metepec")
    _ir_viendo(page, "H. Ayuntamiento de Metepec")
    page.keyboard.press("Enter")
    page.wait_for_url("**/metepec/")
    _ir_viendo(page, "o-ver")
    page.keyboard.type("Solo lo que")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/metepec/?q=&ver=falta*")
    expect(page.locator("tr[data-cumplimiento=al_corriente]")).to_have_count(0)
    assert page.locator("tr[data-cumplimiento=vencido]").count() > 0


def _ir_viendo(page: Page, quien: str) -> None:
    """Tabula hasta ese control, y exige que en cada parada se vea dónde se está y nada lo tape."""
    for parada in paradas(page):
        assert parada["se_ve"] and not parada["tapado"], parada
        if " ".join(str(parada["quien"]).split()) == quien:
            return
    pytest.fail(f"El tabulador no llega a «{quien}».")


def test_lo_primero_es_saltar_al_contenido(unidad: Oficina, persona: Callable[..., Page]) -> None:
    for page, ruta in ((unidad.page, "/ipo/tablero"), (persona(), "/metepec/")):
        page.goto(ruta)
        page.keyboard.press("Tab")
        expect(page.locator(".salto")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#contenido")).to_be_focused()


def test_se_captura_sin_raton(unidad: Oficina) -> None:
    page = unidad.page
    page.goto("/ipo/f/marco_normativo/nuevo")
    for control, tecleado in (("c-tipo_normatividad", "Ley"), ("c-denominacion", "Ley de prueba del teclado"),
                              ("c-fecha_publicacion", "05022026")):
        ir_a(page, control)
        page.keyboard.type(tecleado)
    ir_a(page, "Guardar")
    expect(page.locator("#c-fecha_publicacion")).to_have_value("05/02/2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/detalle?id=*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ley de prueba del teclado")


def test_se_agregan_renglones_sin_raton(capturista: Oficina) -> None:
    page = capturista.abre_un_registro_nuevo().page
    ir_a(page, "c-participantes-0-monto_ofertado")
    page.keyboard.type("10")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#c-participantes-1-nombre")).to_be_focused()


def test_se_elige_y_se_confirma_en_la_lista_sin_raton(unidad: Oficina, sitio_servido: Sitio) -> None:
    page = unidad.page
    unidad.abre_la_lista("?q=LP-001-2026&estado=capturado")
    folio = sitio_servido.folios["licitaciones_capturado"]
    ir_a(page, "sel")
    page.keyboard.press("Space")
    expect(page.locator("[data-marcados]")).to_have_text("1")
    ir_a(page, "acto", "Shift+Tab")
    page.keyboard.type("Devolver")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirmar/**")
    ir_a(page, "motivo")
    page.keyboard.type("Falta la fecha del fallo.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "confirmar" not in url)
    unidad.abre_la_lista("?q=LP-001-2026")
    expect(unidad.fila(folio)).to_contain_text("«Falta la fecha del fallo.»")


@pytest.mark.parametrize("medida", [ANCHO, TELEFONO], ids=["1280", "360"])
def test_el_resumen_de_errores_recibe_el_foco_y_lleva_a_cada_dato(
        medida: dict[str, int], persona: Callable[..., Page]) -> None:
    oficina = Oficina(persona("capt1.metepec", medida))
    hoja, page = oficina.abre_un_registro_nuevo(), oficina.page
    hoja.escribe({"Fecha del contrato": "31/06/2026", "Monto total con impuestos": "mucho"})
    hoja.agrega_un_oferente("Uno SA", "un millón")
    hoja.guarda()
    expect(hoja.errores).to_be_focused()
    expect(hoja.errores).to_contain_text("Hay 3 datos por corregir")
    ligas = hoja.errores.get_by_role("link")
    assert ligas.count() == 3
    for liga in ligas.all():
        destino = page.locator(f"[id='{(liga.get_attribute('href') or '')[1:]}']")
        liga.focus()
        page.keyboard.press("Enter")
        expect(destino).to_be_focused()
        assert destino.get_attribute("aria-invalid") == "true"
        explicacion = page.locator(f"[id='{(destino.get_attribute('aria-describedby') or '').split()[-1]}']")
        expect(explicacion).to_be_in_viewport()
        assert not page.evaluate(DONDE)["tapado"]
