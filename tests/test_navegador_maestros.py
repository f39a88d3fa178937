"""Los maestros en el navegador: un organigrama desde Excel, y un órgano colegiado de la oficina al portal."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.chromium import TELEFONO
from tests.libros import AREAS, libro
from tests.pantallas import Ciudadania, Oficina

pytest_plugins = ("tests.navegador",)


def test_un_organigrama_desde_excel_se_ve_antes_y_luego_en_el_arbol(persona: Callable[..., Page], tmp_path: Path) -> None:
    pagina = persona("unidad.toluca")
    archivo = tmp_path / "organigrama.xlsx"
    archivo.write_bytes(libro(AREAS, ("Presidencia de Toluca", "", "Presidenta", "Gobernar"),
                              ("Oficialía Mayor", "Presidencia de Toluca", "Oficial", "Administrar"),
                              ("Perdida", "Área que no está", "", "")))
    pagina.goto("/ipo/organigrama")
    pagina.get_by_role("link", name="Cargar desde Excel").click()
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="Plantilla vacía").click()
    assert bajada.value.suggested_filename == "organigrama.xlsx"
    pagina.locator("#archivo").set_input_files(archivo)
    pagina.get_by_label("Área responsable de la información").select_option("propia")
    pagina.get_by_role("button", name="Ver qué pasaría").click()
    expect(pagina.get_by_role("cell", name="B4")).to_be_visible()
    pagina.get_by_role("button", name="Cargar solo las buenas (2)").click()
    expect(pagina.get_by_text("Se cargaron 2 renglones nuevos")).to_be_visible()
    pagina.goto("/ipo/organigrama")
    rama = pagina.locator("li[data-area]", has=pagina.get_by_role("link", name="Presidencia de Toluca", exact=True)).first
    expect(rama.locator("ul").get_by_role("link", name="Oficialía Mayor", exact=True)).to_be_visible()


def test_un_organo_se_arma_en_la_oficina_y_se_lee_en_el_portal(
        unidad: Oficina, ciudadania: Ciudadania, un_pdf: Path) -> None:
    pagina = unidad.page
    pagina.goto("/ipo/organos")
    pagina.get_by_role("link", name="Agregar órgano").click()
    pagina.get_by_label("Nombre del órgano").fill("Consejo del Agua")
    pagina.get_by_label("Tipo").select_option("consejo")
    pagina.get_by_role("button", name="Guardar").click()
    pagina.get_by_role("link", name="Agregar integrante").click()
    pagina.get_by_label("Persona").select_option(label="Rosa Elena Villanueva")
    pagina.get_by_label("Puesto en el órgano").select_option(label="Presidente o presidenta")
    pagina.get_by_label("Desde").fill("15012026")
    pagina.get_by_role("button", name="Guardar", exact=True).click()
    pagina.get_by_role("link", name="Agregar sesión").click()
    pagina.get_by_label("Número de sesión").fill("Primera Sesión")
    pagina.get_by_label("Tipo de sesión").select_option("ordinaria")
    pagina.get_by_label("Fecha").fill("31/01/2026")
    pagina.locator("#c-acta").set_input_files(un_pdf)
    pagina.get_by_role("button", name="Guardar", exact=True).click()
    folio = pagina.url.rpartition("/")[2].partition("#")[0]
    ciudadania.page.goto(f"/metepec/organos/{folio}")
    expect(ciudadania.page.get_by_text("ya no lo publica")).to_be_visible()
    pagina.get_by_role("button", name="Publicar como está").click()
    expect(pagina.get_by_text("Publicado: la ciudadanía ya lo lee así.")).to_be_visible()
    ciudadania.page.goto("/metepec/")
    ciudadania.page.get_by_role("link", name="Consejo del Agua").click()
    expect(ciudadania.page.get_by_text("Rosa Elena Villanueva")).to_be_visible()
    expect(ciudadania.page.get_by_text("31/01/2026")).to_be_visible()
    assert ciudadania.descarga("Contrato AD-900.pdf") == un_pdf.read_bytes()
    assert ciudadania.page.viewport_size == TELEFONO
