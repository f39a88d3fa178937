"""La oficina en un navegador de verdad: alguien empieza a capturar, algo se devuelve, y lo que no aplica se dice."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.pantallas import Ciudadania, Oficina

pytest_plugins = ("tests.navegador",)

PROPIA = "nopal cerro lluvia tianguis"


def test_la_unidad_agrega_a_rosa_y_rosa_entra_con_lo_suyo(persona: Callable[..., Page]) -> None:
    unidad = persona("unidad.metepec")
    unidad.goto("/ipo/usuarios")
    unidad.get_by_role("link", name="Agregar usuario").click()
    unidad.get_by_label("Nombre completo").fill("Rosa Juárez")
    unidad.get_by_label("Usuario con que va a entrar").fill("rosa.juarez")
    unidad.locator("[name=rol][value=capturista]").check()
    unidad.locator("summary", has_text="Artículo 12").click()
    unidad.get_by_role("checkbox", name="Fracción XII: Convenios").check()
    unidad.get_by_role("button", name="Crear la cuenta").click()
    temporal = unidad.locator(".entrega code").last.inner_text()

    rosa = persona()
    rosa.goto("/ipo")
    rosa.get_by_label("Usuario").fill("rosa.juarez")
    rosa.get_by_label("Contraseña").fill(temporal)
    rosa.get_by_role("button", name="Entrar").click()
    expect(rosa.get_by_text("La contraseña que le dieron sirve una sola vez")).to_be_visible()
    rosa.get_by_label("Contraseña actual").fill(temporal)
    rosa.get_by_label("Contraseña nueva").fill(PROPIA)
    rosa.get_by_label("Escríbala otra vez").fill(PROPIA)
    rosa.get_by_role("button", name="Cambiar la contraseña").click()
    expect(rosa.get_by_text("1 formato a su cargo")).to_be_visible()
    expect(rosa.get_by_role("link", name="Usuarios")).to_have_count(0)
    rosa.get_by_role("link", name="Faltan").click()
    rosa.get_by_role("link", name="Capturar Convenios").first.click()
    expect(rosa.get_by_role("heading", name="Nuevo registro: Convenios")).to_be_visible()


def test_se_devuelve_con_un_motivo_comun_y_quien_capturo_lo_lee(
        capturista: Oficina, administrador: Oficina, un_pdf: Path) -> None:
    folio = capturista.captura_un_contrato(con_pdf=un_pdf)
    administrador.abre_la_lista("?estado=capturado&q=luminarias")
    administrador.marca(folio)
    administrador.hace_con_lo_marcado("Devolver con motivo")
    pagina = administrador.page
    pagina.locator("summary", has_text="Motivos comunes").click()
    pagina.get_by_role("button", name="El monto no coincide con el documento.").click()
    expect(pagina.get_by_label("Motivo")).to_have_value("El monto no coincide con el documento.")
    pagina.get_by_label("Motivo").press_sequentially(" Vea la página 3.")
    administrador.confirma("Devolver con motivo")
    capturista.abre_la_lista("?estado=devuelto&q=luminarias")
    expect(capturista.fila(folio)).to_contain_text("El monto no coincide con el documento.")
    expect(capturista.fila(folio).get_by_role("link", name="Corregir")).to_be_visible()


def test_lo_que_no_aplica_va_de_la_propuesta_al_portal(
        capturista: Oficina, unidad: Oficina, ciudadania: Ciudadania) -> None:
    texto = "Este municipio no celebra reuniones públicas con agenda."
    capturista.page.goto("/ipo/f/agenda_reuniones/")
    capturista.page.locator("summary", has_text="Más…").click()
    capturista.page.get_by_role("link", name="Este formato no nos aplica…").click()
    capturista.page.get_by_label("Fundamento o justificación").fill(texto)
    capturista.page.get_by_role("button", name="Proponer a la Unidad").click()
    expect(capturista.page.get_by_text("Quedó propuesta")).to_be_visible()
    unidad.page.goto("/ipo/tablero")
    unidad.page.get_by_role("link", name="espera su decisión").click()
    unidad.page.get_by_role("button", name="Aprobar y publicar").click()
    expect(unidad.page.get_by_text("Aprobada: la ciudadanía ya la lee.")).to_be_visible()
    ciudadania.page.goto("/metepec/agenda_reuniones/")
    expect(ciudadania.page.get_by_text(texto)).to_be_visible()


def test_un_area_se_arrastra_sobre_otra_y_pasa_a_depender_de_ella(unidad: Oficina) -> None:
    unidad.page.goto("/ipo/organigrama")
    cajas = unidad.page.locator(".area")
    arrastrada = cajas.first.locator("a.fuerte").inner_text()
    destino = cajas.last.locator("a.fuerte").inner_text()
    cajas.first.drag_to(cajas.last)
    expect(unidad.page.get_by_text(f"{arrastrada} cambió de lugar.")).to_be_visible()
    rama = unidad.page.locator("li[data-area]", has=unidad.page.get_by_role("link", name=destino, exact=True)).last
    expect(rama.locator("ul").get_by_role("link", name=arrastrada, exact=True)).to_be_visible()
