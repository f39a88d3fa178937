"""Las pantallas como las usa una persona: cada método es lo que esa persona hace, de principio a fin."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

CLAVE = "licitaciones"

CONTRATO = {
    "Número de expediente": "AD-900-2026",
    "Bienes o servicios que se contratan": "Luminarias para el centro de Metepec",
    "Fundamento y motivo del procedimiento": "Artículo 48 de la ley: único proveedor en la región",
    "Proveedor (razón social)": "Luces del Nevado SA de CV",
    "Razones de la elección": "Precio más bajo y entrega inmediata",
    "Número de contrato": "MET-900-2026",
    "Fecha del contrato": "02/10/2026",
    "Objeto del contrato": "Suministro de 120 luminarias",
    "Monto total con impuestos": "1,234,567.50",
}
"""Lo obligatorio de una adjudicación directa que se teclea; lo demás se elige de una lista."""


class Hoja:
    """El formulario de captura."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def campo(self, etiqueta: str) -> Locator:
        """El control que una persona encuentra por su etiqueta."""
        return self.page.locator("fieldset").get_by_label(etiqueta).first

    def escribe(self, datos: dict[str, str]) -> None:
        for etiqueta, texto in datos.items():
            self.campo(etiqueta).fill(texto)

    def elige_lo_de_lista(self) -> None:
        self.campo("Tipo de procedimiento").select_option(label="Adjudicación directa")
        self.campo("Qué se contrató").select_option(label="Adquisiciones")
        self.campo("Área solicitante").select_option(label="Tesorería Municipal")
        self.campo("Origen del recurso").select_option("municipal")
        self.page.get_by_label("Área responsable de la información").select_option(label="Tesorería Municipal")

    def agrega_un_oferente(self, razon_social: str, monto: str) -> None:
        """Un renglón más en «Quiénes presentaron una oferta», sin salir de la página."""
        tabla = self.page.locator("#campo-participantes")
        if tabla.get_by_label("Razón social, renglón 1", exact=True).input_value():
            tabla.get_by_role("button", name="Agregar renglón").click()
        renglon = tabla.locator("tr[data-renglon]").last
        renglon.get_by_label("Razón social").fill(razon_social)
        renglon.get_by_label("Monto ofertado").fill(monto)

    def adjunta(self, archivo: Path) -> None:
        self.page.locator("#c-contrato").set_input_files(archivo)

    def guarda(self, boton: str = "Guardar") -> None:
        with self.page.expect_navigation():  # antes de enviarse, la hoja pregunta si hay red
            self.page.locator(".pie").get_by_role("button", name=boton, exact=True).click()

    @property
    def errores(self) -> Locator:
        """El resumen de lo que hay que corregir."""
        return self.page.get_by_role("alert")


class Oficina:
    """Lo que hace una persona que ya entró."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hoja = Hoja(page)

    def abre_un_registro_nuevo(self, clave: str = CLAVE) -> Hoja:
        self.page.goto(f"/ipo/f/{clave}/nuevo")
        return self.hoja

    def captura_un_contrato(self, con_pdf: Path, **cambios: str) -> str:
        """Llena y guarda una adjudicación directa con dos oferentes y su contrato. Da el folio."""
        hoja = self.abre_un_registro_nuevo()
        hoja.elige_lo_de_lista()
        hoja.escribe(CONTRATO | cambios)
        hoja.agrega_un_oferente("Luces del Nevado SA de CV", "$1,234,567.50")
        hoja.agrega_un_oferente("Alumbrado Integral SA de CV", "1,300,000")
        hoja.adjunta(con_pdf)
        hoja.guarda()
        expect(self.page.get_by_text("Guardado completo")).to_be_visible()
        return self.page.url.rpartition("id=")[2]

    def abre_la_lista(self, filtro: str = "") -> None:
        self.page.goto(f"/ipo/f/{CLAVE}/{filtro}")

    def fila(self, folio: str) -> Locator:
        return self.page.locator(f"tr[data-folio='{folio}']")

    def marca(self, folio: str) -> None:
        self.fila(folio).get_by_role("checkbox").check()

    def hace_con_lo_marcado(self, acto: str) -> None:
        """Elige el acto y llega a la página que pide confirmarlo."""
        self.page.get_by_label("Qué hacer").select_option(label=acto)
        self.page.get_by_role("button", name="Continuar…").click()
        self.page.wait_for_url("**/confirmar/**")

    def confirma(self, acto: str) -> None:
        self.page.locator("main").get_by_role("button", name=acto).click()
        self.page.wait_for_url(lambda url: "confirmar" not in url)

    def ve_color(self, folio: str) -> str:
        """El color de fondo de la fila, como lo pinta el navegador."""
        return str(self.fila(folio).locator("td").nth(1).evaluate("celda => getComputedStyle(celda).backgroundColor"))

    def busca(self, texto: str) -> int:
        """Cuántos registros hay con esas palabras."""
        self.abre_la_lista(f"?q={texto}")
        return self.page.locator("tr[data-folio]").count()


class Ciudadania:
    """Quien lee el portal, sin cuenta."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def llega_desde_la_portada(self, institucion: str, formato: str) -> None:
        self.page.goto("/")
        self.page.get_by_role("link", name=institucion).first.click()
        self.page.get_by_role("link", name=formato).first.click()
        self.page.wait_for_load_state()

    def abre_el_registro(self, nombre: str) -> None:
        self.page.get_by_role("link", name=nombre).click()
        self.page.wait_for_url("**/r/**")

    def lee(self, etiqueta: str) -> str:
        """Lo que dice el registro junto a esa etiqueta."""
        par = self.page.locator("dl > div").filter(has=self.page.locator("dt", has_text=etiqueta)).first
        return par.locator("dd").inner_text()

    def descarga(self, nombre: str) -> bytes:
        with self.page.expect_download() as espera:
            self.page.get_by_role("link", name=nombre).click()
        return Path(espera.value.path()).read_bytes()
