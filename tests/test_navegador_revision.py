"""Revisar en un navegador de verdad, con el teclado, y los segundos para arrepentirse corriendo en la pantalla."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import ANCHO, Vigia, abrir_pagina, entrar
from tests.elenco import CONTRASENA
from tests.servidor import Sitio, servir

pytest_plugins = ("tests.navegador",)

COLA = "/ipo/f/licitaciones/revisar"
SEGUNDOS = 6


@pytest.fixture(scope="module")
def con_gracia(sembrado: Callable[[str], Path]) -> Iterator[Sitio]:
    """Como en producción, con menos segundos: lo publicado espera antes de salir."""
    datos = sembrado("gracia")
    with servir(datos, IPOMEX_DESHACER=str(SEGUNDOS)) as direccion:
        yield Sitio(direccion, json.loads((datos / "siembra.json").read_text()))


@pytest.fixture
def quien(con_gracia: Sitio, chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """``quien("capt1.metepec")`` es la página de quien ya entró en ese sitio."""
    vigia, paginas = Vigia(con_gracia.direccion), []

    def dar(usuario: str) -> Page:
        if usuario not in con_gracia.sesiones:
            con_gracia.sesiones[usuario] = entrar(chromium, con_gracia.direccion, usuario, CONTRASENA)
        paginas.append(abrir_pagina(chromium, vigia, ANCHO, con_gracia.sesiones[usuario]))
        return paginas[-1]

    yield dar
    for pagina in paginas:
        pagina.context.close()
    assert vigia.faltas == []


@pytest.fixture
def laura(quien: Callable[[str], Page]) -> Page:
    """La Unidad de Información ante su cola."""
    return quien("unidad.metepec")


def test_con_el_teclado_se_camina_y_se_publica_y_lo_publicado_sale_a_los_segundos(laura: Page) -> None:
    laura.goto(COLA)
    primero = laura.url
    laura.keyboard.press("Alt+s")
    laura.wait_for_url(lambda url: url != primero)
    laura.keyboard.press("Alt+z")
    laura.wait_for_url(primero)
    laura.keyboard.press("Alt+m")
    expect(laura.locator("#motivo")).to_be_focused()
    laura.keyboard.press("Alt+a")
    boton = laura.get_by_role("button", name="Publicar y seguir")
    expect(boton).to_be_focused()
    assert laura.url == primero, "el atajo solo lleva al botón: nada se publica con una tecla"
    folio = laura.url.rpartition("=")[2]
    laura.keyboard.press("Enter")
    laura.wait_for_url(lambda url: url != primero)
    barra = laura.locator(".por-salir")
    expect(barra).to_contain_text("sale al portal en")
    assert laura.request.get(f"/metepec/licitaciones/r/{folio}").status == 404
    expect(barra).to_contain_text("Ya está en el portal.", timeout=(SEGUNDOS + 10) * 1000)
    assert laura.request.get(f"/metepec/licitaciones/r/{folio}").status == 200


def test_deshacer_a_tiempo_lo_deja_como_estaba(laura: Page) -> None:
    laura.goto(COLA)
    folio = laura.url.rpartition("=")[2]
    laura.get_by_role("button", name="Publicar y seguir").click()
    laura.get_by_role("button", name="Deshacer").click()
    expect(laura.get_by_text("Se deshizo. Nada se publicó")).to_be_visible()
    laura.goto(COLA)
    assert laura.url.rpartition("=")[2] == folio, "vuelve a estar en la cola"
    assert laura.request.get(f"/metepec/licitaciones/r/{folio}").status == 404


def test_se_devuelve_senalando_un_dato_se_corrige_desde_el_tablero_y_se_aprueba(
        laura: Page, quien: Callable[[str], Page]) -> None:
    laura.goto(f"{COLA}?estado=capturado")
    folio = laura.url.rpartition("=")[2]
    laura.locator("summary", has_text="Señalar Número de expediente").click()
    laura.get_by_label("Qué hay que corregir en Número de expediente").fill("No es el del contrato")
    laura.get_by_role("link", name="Devolver…").click()
    expect(laura.locator("#motivo")).to_be_focused()
    laura.get_by_role("button", name="Devolver y seguir").click()
    expect(laura.locator(".aviso.bien")).to_contain_text("Devuelto")

    julieta = quien("capt1.metepec")
    julieta.goto("/ipo/tablero")
    tarjeta = julieta.locator(".devueltos li", has_text="No es el del contrato")
    expect(tarjeta).to_have_count(1)
    tarjeta.get_by_role("link", name="Corregir").click()
    expect(julieta.locator("#campo-numero_expediente .senalado")).to_contain_text("No es el del contrato")
    julieta.locator("#c-numero_expediente").fill("AD-777-2026")
    julieta.locator(".pie").get_by_role("button", name="Guardar", exact=True).click()
    expect(julieta.locator(".aviso.bien").first).to_contain_text("Guardado")

    laura.goto(f"{COLA}?id={folio}")
    expect(laura.get_by_text("Después se corrigió.")).to_be_visible()
    laura.get_by_role("button", name="Publicar y seguir").click()
    expect(laura.locator(".por-salir")).to_contain_text("Ya está en el portal.", timeout=(SEGUNDOS + 10) * 1000)
    assert "AD-777-2026" in laura.request.get(f"/metepec/licitaciones/r/{folio}").text()
