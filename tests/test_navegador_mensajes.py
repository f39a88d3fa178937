"""Los mensajes en un navegador de verdad: lo devuelto llega al buzón, de ahí al registro; y una observación va y vuelve."""

from pathlib import Path

from playwright.sync_api import expect

from tests.pantallas import Oficina

pytest_plugins = ("tests.navegador",)


def test_lo_devuelto_llega_al_buzon_y_de_ahi_se_va_al_registro(
        capturista: Oficina, administrador: Oficina, un_pdf: Path) -> None:
    folio = capturista.captura_un_contrato(con_pdf=un_pdf)
    administrador.abre_la_lista("?estado=capturado&q=luminarias")
    administrador.marca(folio)
    administrador.hace_con_lo_marcado("Devolver con motivo")
    administrador.page.get_by_label("Motivo").fill("El número de contrato no es el del documento.")
    administrador.confirma("Devolver con motivo")

    pagina = capturista.page
    pagina.goto("/ipo/tablero")
    pagina.locator(".barra").get_by_role("link", name="Mensajes").click()
    pagina.get_by_role("link", name="Devuelto: ").first.click()
    expect(pagina.get_by_text("El número de contrato no es el del documento.")).to_be_visible()
    pagina.get_by_role("link", name="Abrir el registro").click()
    assert f"id={folio}" in pagina.url
    expect(pagina.get_by_role("link", name="Corregir")).to_be_visible()


def test_una_observacion_se_hace_se_contesta_y_se_cierra(capturista: Oficina, unidad: Oficina, un_pdf: Path) -> None:
    folio = capturista.captura_un_contrato(con_pdf=un_pdf)
    unidad.page.goto(f"/ipo/f/licitaciones/detalle?id={folio}")
    unidad.page.get_by_role("link", name="Hacer una observación").click()
    unidad.page.get_by_label("Observación", exact=False).last.fill("Falta la segunda página del contrato.")
    unidad.page.get_by_role("button", name="Enviar la observación").click()
    expect(unidad.page.get_by_text("La observación se envió a quienes lo llevan.")).to_be_visible()
    direccion = unidad.page.url

    pagina = capturista.page
    pagina.goto("/ipo/tablero")
    expect(pagina.get_by_role("link", name="observaci").first).to_be_visible()
    pagina.goto(f"/ipo/f/licitaciones/detalle?id={folio}")
    pagina.get_by_role("link", name="Todo el registro").click()
    pagina.get_by_label("Contestar").fill("Ya se adjuntó completo.")
    pagina.get_by_role("button", name="Enviar la respuesta").click()
    expect(pagina.get_by_text("Atendida el")).to_be_visible()

    unidad.page.goto(direccion)
    unidad.page.get_by_role("button", name="Cerrar la observación").click()
    expect(unidad.page.get_by_text("Cerrada el")).to_be_visible()
