"""Revisar en un navegador de verdad, con el teclado, y los segundos para arrepentirse corriendo en la pantalla."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import ANCHO, Vigia, abrir_pagina, entrar
from tests.elenco import CONTRASENA
from tests.servidor import Sitio, correr, servir

pytest_plugins = ("tests.navegador",)

COLA = "/ipo/f/licitaciones/revisar"
SEGUNDOS = 6


@pytest.fixture(scope="module")
def con_gracia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitio]:
    """Como en producción, con menos segundos: lo publicado espera antes de salir."""
    datos = tmp_path_factory.mktemp("gracia")
    correr("tests.siembra", str(datos))
    with servir(datos, IPOMEX_DESHACER=str(SEGUNDOS)) as direccion:
        yield Sitio(direccion, json.loads((datos / "siembra.json").read_text()))


@pytest.fixture
def laura(con_gracia: Sitio, chromium: Browser) -> Iterator[Page]:
    """La Unidad de Información ante su cola."""
    vigia = Vigia(con_gracia.direccion)
    if "laura" not in con_gracia.sesiones:
        con_gracia.sesiones["laura"] = entrar(chromium, con_gracia.direccion, "unidad.metepec", CONTRASENA)
    pagina = abrir_pagina(chromium, vigia, ANCHO, con_gracia.sesiones["laura"])
    yield pagina
    pagina.context.close()
    assert vigia.faltas == []


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


def test_se_devuelve_senalando_un_dato_sin_perder_lo_demas_de_vista(laura: Page) -> None:
    laura.goto(COLA)
    laura.locator("summary", has_text="Señalar Número de expediente").click()
    laura.get_by_label("Qué hay que corregir en Número de expediente").fill("No es el del contrato")
    laura.get_by_role("link", name="Devolver…").click()
    expect(laura.locator("#motivo")).to_be_focused()
    laura.get_by_role("button", name="Devolver y seguir").click()
    expect(laura.locator(".aviso.bien")).to_contain_text("Devuelto")
    laura.goto("/ipo/f/licitaciones/?estado=devuelto")
    expect(laura.locator("tr[data-estado=devuelto]", has_text="No es el del contrato")).to_have_count(1)
