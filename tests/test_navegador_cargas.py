"""Cargar desde Excel en el navegador: de la plantilla al portal, dejarla y volver, cancelar, deshacer, y sin JavaScript."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.cargas_en_pantalla import CLAVE, CONVENIO, Cargas, celdas_de, load_and_publish, write_en_openpyxl
from tests.chromium import MILISEGUNDOS, TELEFONO
from tests.servidor import Sitio

pytest_plugins = ("tests.navegador",)


def test_de_la_plantilla_al_portal_corrigiendo_desde_el_libro_de_errores(
        persona: Callable[..., Page], tmp_path: Path, un_pdf: Path) -> None:
    load_and_publish(Cargas(persona("capt1.toluca"), tmp_path), persona("unidad.toluca"), persona(None, TELEFONO), un_pdf,
                     "toluca", "Reforestación", write_en_openpyxl)


def test_se_cancela_y_lo_cargado_se_deshace(persona: Callable[..., Page], tmp_path: Path) -> None:
    cargas = Cargas(persona("capt2.toluca"), tmp_path)
    plantilla, lleno = cargas.baja_la_plantilla(), tmp_path / "para deshacer.xlsx"
    write_en_openpyxl(plantilla, lleno, celdas_de(plantilla, CONVENIO | {"denominacion_convenio": "Convenio que se deshace"}))
    cargas.sube(lleno)
    cargas.page.get_by_role("button", name="Cancelar la carga").first.click()
    expect(cargas.page.get_by_text("Se canceló antes de guardarse")).to_be_visible()
    cargas.page.goto(f"/ipo/f/{CLAVE}/cargar")
    cargas.sube(lleno)
    expect(cargas.page.get_by_text("Falta 1 archivo.")).to_be_visible()
    cargas.confirma("Cargar todo (1)")
    cargas.page.get_by_text("Deshacer toda la carga…").click()
    cargas.page.get_by_role("button", name="Deshacer toda la carga").click()
    expect(cargas.page.get_by_text("1 nuevo fue a la papelera")).to_be_visible()
    cargas.page.goto(f"/ipo/f/{CLAVE}/?q=deshace")
    expect(cargas.page.locator("tr[data-folio]")).to_have_count(0)


def test_tambien_sin_javascript(sitio_servido: Sitio, persona: Callable[..., Page], chromium: Browser, tmp_path: Path) -> None:
    persona("capt2.toluca")
    contexto = chromium.new_context(java_script_enabled=False, base_url=sitio_servido.direccion, accept_downloads=True)
    contexto.set_default_timeout(MILISEGUNDOS)
    contexto.add_cookies([{"name": "ipomex", "value": sitio_servido.sesiones["capt2.toluca"], "url": sitio_servido.direccion}])
    try:
        cargas = Cargas(contexto.new_page(), tmp_path)
        plantilla, lleno = cargas.baja_la_plantilla(), tmp_path / "sin guion.xlsx"
        write_en_openpyxl(plantilla, lleno, celdas_de(plantilla, CONVENIO | {"denominacion_convenio": "Convenio sin guion"}))
        cargas.sube(lleno)  # la página se actualiza sola, con <noscript>
        assert cargas.cuentas() == {"nuevo": 1, "incompleto": 1}
        cargas.confirma("Cargar todo (1)")
    finally:
        contexto.close()
