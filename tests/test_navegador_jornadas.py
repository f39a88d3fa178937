"""Jornadas completas: una institución nueva hasta su primera publicación, entre tres personas; y todo con el teclado.

Lo que se publica puede tardar en salir (hay segundos para deshacerlo): la ciudadanía vuelve a cargar hasta que lo ve.
"""

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.chromium import TELEFONO
from tests.pantallas import CONTRATO, Ciudadania, Oficina
from tests.teclado import ir_a

pytest_plugins = ("tests.navegador",)

PROPIA = "nopal cerro lluvia tianguis"
PACIENCIA = 60.0
"""Segundos que la ciudadanía espera, cuando más, a que salga lo publicado."""


def hasta_que_salga(page: Page, ruta: str, hallado: Callable[[Page], Locator]) -> None:
    """Vuelve a cargar una página del portal hasta que en ella está lo publicado."""
    limite = time.monotonic() + PACIENCIA
    page.goto(ruta)
    while not hallado(page).count() and time.monotonic() < limite:
        page.wait_for_timeout(500)
        page.goto(ruta)
    expect(hallado(page).first).to_be_visible()


def entra_la_primera_vez(page: Page, usuario: str, temporal: str) -> Oficina:
    """Con la contraseña de un solo uso; pone la suya y llega a su tablero."""
    page.goto("/ipo")
    page.get_by_label("Usuario").fill(usuario)
    page.get_by_label("Contraseña").fill(temporal)
    page.get_by_role("button", name="Entrar").click()
    page.get_by_label("Contraseña actual").fill(temporal)
    page.get_by_label("Contraseña nueva").fill(PROPIA)
    page.get_by_label("Escríbala otra vez").fill(PROPIA)
    page.get_by_role("button", name="Cambiar la contraseña").click()
    page.wait_for_url("**/ipo/tablero")
    return Oficina(page)


class LaUnidad(Oficina):
    """Lo que hace la Unidad de una institución nueva, siguiendo sus primeros pasos."""

    def ve(self, paso: str, dice: str) -> None:
        """Lo que el tablero dice de un paso."""
        self.page.goto("/ipo/tablero")
        expect(self.page.locator("ol.pasos li", has_text=paso).first).to_contain_text(dice)

    def sigue(self, boton: str) -> None:
        self.page.goto("/ipo/tablero")
        self.page.locator("ol.pasos").get_by_role("link", name=boton).click()

    def agrega_el_area(self, nombre: str) -> None:
        self.sigue("Ir al organigrama")
        self.page.get_by_role("link", name="Agregar área", exact=True).click()
        self.hoja.escribe({"Nombre del área": nombre, "Puesto de quien la encabeza": "Titular",
                           "Atribuciones": "Las que le da el bando municipal."})
        self.hoja.guarda()

    def agrega_a_la_persona(self) -> None:
        self.sigue("Ir al directorio")
        self.page.get_by_role("link", name="Agregar", exact=False).first.click()
        self.hoja.escribe({"Nombre": "Rosa Elena", "Primer apellido": "Villanueva", "Cargo": "Tesorera"})
        self.hoja.campo("Área en la que trabaja").select_option(label="Tesorería Municipal")
        self.hoja.guarda()

    def agrega_la_cuenta(self, nombre: str, usuario: str, rol: str) -> str:
        """Da la contraseña de un solo uso."""
        self.sigue("Ir a Usuarios")
        self.page.get_by_role("link", name="Agregar usuario").first.click()
        self.page.get_by_label("Nombre completo").fill(nombre)
        self.page.get_by_label("Usuario con que va a entrar").fill(usuario)
        self.page.locator(f"[name=rol][value={rol}]").check()
        for numero in ("12", "15"):
            casilla = self.page.locator(f"[name=encargo][value='articulo:{numero}']")
            if not casilla.is_visible():
                self.page.locator("summary", has_text=f"Artículo {numero}").click()
            casilla.check()
        self.page.get_by_role("button", name="Crear la cuenta").click()
        return self.page.locator(".entrega code").last.inner_text()

    def llena_la_configuracion(self) -> None:
        self.sigue("Ir a Configuración")
        for etiqueta, dato in {"Domicilio": "Plaza Hidalgo 1, Centro, Zinacantepec", "Titular": "Elena Sánchez",
                               "Teléfono de la Unidad": "722 555 0199", "Correo de la Unidad": "unidad@zina.ejemplo.mx",
                               "Horario de la Unidad": "Lunes a viernes de 9 a 15"}.items():
            self.page.get_by_label(etiqueta, exact=True).fill(dato)
        self.page.get_by_role("button", name="Guardar y publicar").click()


def test_una_institucion_nueva_llega_a_su_primera_publicacion_entre_tres_personas(
        persona: Callable[..., Page], un_pdf: Path) -> None:
    garante = persona("garante")
    garante.goto("/ipo/sujetos/nuevo")
    garante.get_by_label("Nombre oficial").fill("H. Ayuntamiento de Zinacantepec")
    garante.get_by_label("Clase").select_option("municipal")
    garante.get_by_label("Siglas").fill("zinacantepec")
    garante.get_by_label("Nombre completo").fill("Elena Sánchez")
    garante.get_by_role("button", name="Dar de alta").click()
    usuario, temporal = (codigo.inner_text() for codigo in garante.locator(".entrega code").all()[-2:])

    unidad = LaUnidad(entra_la_primera_vez(persona(), usuario, temporal).page)
    unidad.ve("Organigrama", "Todavía no hay áreas")
    unidad.agrega_el_area("Tesorería Municipal")
    unidad.ve("Organigrama", "1 área · falta el área de la Unidad de Información")
    unidad.agrega_el_area("Unidad de Información")
    unidad.ve("Organigrama", "Listo")
    unidad.agrega_a_la_persona()
    unidad.ve("Directorio", "1 persona")
    unidad.ve("Usuarios", "ningún administrador")
    de_admin = unidad.agrega_la_cuenta("Mario Arriaga", "admin.zina", "administrador")
    de_capt = unidad.agrega_la_cuenta("Lucía Colín", "capt.zina", "capturista")
    unidad.ve("Usuarios", "Listo")
    unidad.llena_la_configuracion()
    unidad.ve("Configuración", "Listo")

    lucia = entra_la_primera_vez(persona(), "capt.zina", de_capt)
    folio = lucia.captura_un_contrato(con_pdf=un_pdf)
    unidad.ve("Primer registro", "1 registro capturado")

    mario = entra_la_primera_vez(persona(), "admin.zina", de_admin)
    mario.abre_la_lista("?estado=capturado")
    mario.marca(folio)
    mario.hace_con_lo_marcado("Marcar como revisado")
    mario.confirma("Marcar como revisado")

    unidad.abre_la_lista("?estado=revisado")
    unidad.marca(folio)
    unidad.hace_con_lo_marcado("Publicar")
    unidad.confirma("Publicar")

    ciudadania = Ciudadania(persona(None, TELEFONO))
    hasta_que_salga(ciudadania.page, "/zinacantepec/licitaciones/",
                    lambda page: page.get_by_role("link", name=CONTRATO["Número de expediente"]))
    ciudadania.abre_el_registro(CONTRATO["Número de expediente"])
    assert ciudadania.lee("Monto total con impuestos") == "$1,234,567.50"
    unidad.page.goto("/ipo/tablero")
    unidad.page.get_by_role("button", name="Quitar del tablero").click()
    expect(unidad.page.get_by_text("Se quitaron del tablero")).to_be_visible()


def abre_con_el_teclado(page: Page, quien: str) -> None:
    ir_a(page, quien)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_de_la_captura_al_portal_sin_tocar_el_raton(capturista: Oficina, administrador: Oficina, unidad: Oficina,
                                                    persona: Callable[..., Page], un_pdf: Path) -> None:
    folio = captura_sin_raton(capturista.page, un_pdf)
    lo_hace_sin_raton(administrador, folio, "Marcar como revisado")
    lo_hace_sin_raton(unidad, folio, "Publicar")
    ciudadano = persona()
    hasta_que_salga(ciudadano, f"/metepec/marco_normativo/r/{folio}", lambda page: page.get_by_text("Ley sin ratón"))


def captura_sin_raton(page: Page, un_pdf: Path) -> str:
    """Del tablero al registro guardado; da su folio."""
    page.goto("/ipo/tablero")
    ir_a(page, "Fracciones y formatos")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ipo/formatos")
    ir_a(page, "Marco normativo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/f/marco_normativo/")
    ir_a(page, "Agregar registro")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nuevo")
    for control, tecleado in (("c-tipo_normatividad", "Reglamento"), ("c-denominacion", "Ley sin ratón"),
                              ("c-fecha_publicacion", "05022026")):
        ir_a(page, control)
        page.keyboard.type(tecleado)
    page.locator("#c-documento").set_input_files(un_pdf)  # el diálogo de archivos es del sistema, no de la página
    ir_a(page, "c-area_responsable")
    page.keyboard.type("Tesor")
    ir_a(page, "Guardar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/detalle?id=*")
    expect(page.get_by_text("Guardado completo")).to_be_visible()
    return page.url.rpartition("id=")[2]


def lo_hace_sin_raton(oficina: Oficina, folio: str, acto: str) -> None:
    """En la lista: marcar, elegir el acto y confirmarlo."""
    page = oficina.page
    page.goto("/ipo/f/marco_normativo/?q=ratón")
    ir_a(page, "sel")
    page.keyboard.press("Space")
    ir_a(page, "acto", "Shift+Tab")
    page.keyboard.type(acto)
    expect(page.get_by_label("Qué hacer").locator("option:checked")).to_have_text(acto)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirmar/**")
    ir_a(page, acto)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "confirmar" not in url)
    page.goto(f"/ipo/f/marco_normativo/detalle?id={folio}")
