"""El buscador en un navegador de verdad: sugiere, se maneja con el teclado y no estorba a quien no lo quiere."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.accesible import faltas_de

pytest_plugins = ("tests.navegador",)


def test_las_sugerencias_se_recorren_con_el_teclado(persona: Callable[..., Page]) -> None:
    pagina = persona()
    pagina.goto("/")
    caja = pagina.locator("main").get_by_role("combobox", name="busca")
    lista = pagina.get_by_role("listbox", name="Sugerencias")
    expect(caja).to_have_attribute("aria-expanded", "false")
    caja.press_sequentially("metep")
    expect(lista).to_be_visible()
    expect(caja).to_have_attribute("aria-expanded", "true")
    assert faltas_de(pagina) == []
    caja.press("ArrowDown")
    primera = lista.get_by_role("option").first
    expect(primera).to_have_attribute("aria-selected", "true")
    assert caja.get_attribute("aria-activedescendant") == primera.get_attribute("id")
    caja.press("Escape")
    expect(lista).to_be_hidden()
    assert caja.get_attribute("aria-activedescendant") is None and caja.input_value() == "metep"
    caja.press_sequentially("ec")
    expect(lista).to_be_visible()
    caja.press("ArrowDown")
    caja.press("Enter")
    pagina.wait_for_url("**/metepec/")


def test_entrar_sin_elegir_busca_lo_tecleado(persona: Callable[..., Page]) -> None:
    pagina = persona()
    pagina.goto("/buscar")
    caja = pagina.locator("#q")
    caja.press_sequentially("patrullas")
    caja.press("Enter")
    pagina.wait_for_url("**/buscar?q=patrullas**")
    expect(pagina.locator(".hallazgos mark").first).to_be_visible()
