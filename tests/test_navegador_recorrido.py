"""El camino de un contrato, de la mesa del capturista al teléfono de un ciudadano, en un navegador de verdad."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.chromium import TELEFONO, Vigia
from tests.pantallas import CONTRATO, Ciudadania, Hoja, Oficina

pytest_plugins = ("tests.navegador",)

AMARILLO = "rgb(255, 246, 218)"


def test_un_contrato_viaja_de_la_captura_al_telefono(
        capturista: Oficina, administrador: Oficina, unidad: Oficina, ciudadania: Ciudadania, un_pdf: Path) -> None:
    folio = capturista.captura_un_contrato(con_pdf=un_pdf)

    administrador.abre_la_lista("?estado=capturado&q=luminarias")
    expect(administrador.fila(folio)).to_contain_text("Sin revisar")
    administrador.marca(folio)
    administrador.hace_con_lo_marcado("Marcar como revisado")
    administrador.confirma("Marcar como revisado")
    administrador.abre_la_lista("?q=luminarias")
    expect(administrador.fila(folio)).to_contain_text("falta publicar")
    assert administrador.ve_color(folio) == AMARILLO

    unidad.abre_la_lista("?estado=revisado&q=luminarias")
    unidad.marca(folio)
    unidad.hace_con_lo_marcado("Publicar")
    expect(unidad.page.locator("main")).to_contain_text("La ciudadanía verá este registro")
    expect(unidad.page.locator("main")).to_contain_text("AD-900-2026")
    unidad.confirma("Publicar")
    expect(unidad.page.get_by_text("Publicar: hecho con 1 procedimiento.")).to_be_visible()

    ciudadania.llega_desde_la_portada("H. Ayuntamiento de Metepec", "Procesos de licitación y contratación")
    ciudadania.abre_el_registro("AD-900-2026")
    assert ciudadania.lee("Monto total con impuestos") == "$1,234,567.50"
    assert ciudadania.lee("Fecha del contrato") == "02/10/2026"
    assert re.search(r"Luces del Nevado.*\$1,300,000\.00", ciudadania.lee("Quiénes presentaron una oferta"), re.S)
    assert ciudadania.page.evaluate("document.documentElement.scrollWidth") <= TELEFONO["width"]
    assert ciudadania.descarga(un_pdf.name) == un_pdf.read_bytes()


# --- lo tecleado no se pierde ---

def test_lo_tecleado_vuelve_si_algo_esta_mal(capturista: Oficina, un_pdf: Path) -> None:
    hoja = capturista.abre_un_registro_nuevo()
    hoja.escribe(CONTRATO | {"Fecha del contrato": "31/06/2026"})
    hoja.agrega_un_oferente("Luces del Nevado SA de CV", "un millón")
    hoja.adjunta(un_pdf)
    hoja.guarda()
    assert hoja.campo("Fecha del contrato").input_value() == "31/06/2026"
    assert hoja.campo("Bienes o servicios").input_value() == CONTRATO["Bienes o servicios que se contratan"]
    expect(hoja.page.locator("#campo-participantes").get_by_label("Monto ofertado")).to_have_value("un millón")
    expect(hoja.page.locator("#campo-contrato")).to_contain_text(un_pdf.name)


def test_al_recargar_se_ofrece_lo_que_no_se_envio(capturista: Oficina) -> None:
    hoja = capturista.abre_un_registro_nuevo("convenios")
    hoja.campo("Objetivo").fill("Donación de árboles para el parque")
    expect(hoja.page.get_by_text("Guardado en este equipo.")).to_be_visible()
    hoja.page.reload()
    expect(hoja.campo("Objetivo")).to_have_value("")
    hoja.page.get_by_role("button", name="Recuperar lo que escribí").click()
    expect(hoja.campo("Objetivo")).to_have_value("Donación de árboles para el parque")


def test_lo_recuperado_trae_tambien_los_renglones(capturista: Oficina) -> None:
    hoja = capturista.abre_un_registro_nuevo()
    for razon in ("Uno SA", "Dos SA", "Tres SA"):
        hoja.agrega_un_oferente(razon, "100")
    hoja.page.reload()
    hoja.page.get_by_role("button", name="Recuperar lo que escribí").click()
    razones = hoja.page.locator("#campo-participantes").get_by_label("Razón social")
    assert [razon.input_value() for razon in razones.all()] == ["Uno SA", "Dos SA", "Tres SA"]


def test_lo_ya_guardado_no_se_vuelve_a_ofrecer(capturista: Oficina) -> None:
    hoja = capturista.abre_un_registro_nuevo("convenios")
    hoja.campo("Objetivo").fill("Limpieza de la laguna")
    hoja.guarda()
    expect(hoja.page.get_by_text("Guardado. Faltan")).to_be_visible()
    capturista.abre_un_registro_nuevo("convenios")
    expect(hoja.page.get_by_text("quedó algo escrito sin enviar")).to_have_count(0)


def test_dos_clics_en_guardar_hacen_un_solo_registro(capturista: Oficina) -> None:
    hoja = capturista.abre_un_registro_nuevo()
    hoja.escribe({"Número de expediente": "DOBLE-1"})
    hoja.page.locator(".pie").get_by_role("button", name="Guardar", exact=True).dblclick()
    hoja.page.wait_for_url("**/detalle?id=*")
    assert capturista.busca("DOBLE-1") == 1


# --- la tabla que se llena en su lugar ---

def test_quitar_un_renglon_renumera_los_demas(capturista: Oficina) -> None:
    hoja = capturista.abre_un_registro_nuevo()
    for razon in ("Uno SA", "Dos SA", "Tres SA"):
        hoja.agrega_un_oferente(razon, "100")
    tabla = hoja.page.locator("#campo-participantes")
    tabla.locator("tr[data-renglon]").nth(1).get_by_role("button", name="Quitar").click()
    assert [campo.input_value() for campo in tabla.get_by_label("Razón social").all()] == ["Uno SA", "Tres SA"]
    expect(tabla.get_by_label("Razón social, renglón 2", exact=True)).to_have_attribute(
        "name", "participantes-1-razon_social")
    expect(tabla.get_by_role("button", name="Agregar renglón")).to_be_focused()


# --- lo que alguien escriba nunca se ejecuta ---

def test_ningun_texto_se_vuelve_guion(
        capturista: Oficina, unidad: Oficina, ciudadania: Ciudadania, vigia: Vigia, un_pdf: Path) -> None:
    veneno = "'\"></script><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
    folio = capturista.captura_un_contrato(un_pdf, **{
        "Número de expediente": f"XSS {veneno}"[:80], "Bienes o servicios que se contratan": veneno,
        "Proveedor (razón social)": veneno, "Objeto del contrato": "javascript:alert(3)"})
    unidad.abre_la_lista("?q=XSS")
    unidad.marca(folio)
    unidad.hace_con_lo_marcado("Publicar")
    unidad.confirma("Publicar")
    for pagina, rutas in ((unidad.page, ("detalle", "historial", "editar")), (ciudadania.page, ())):
        for ruta in rutas or (f"/metepec/licitaciones/r/{folio}", "/metepec/licitaciones/", "/buscar?q=alert"):
            pagina.goto(f"/ipo/f/licitaciones/{ruta}?id={folio}" if rutas else ruta)
            assert "<img src=x" in pagina.locator("main").inner_text() or ruta == "editar"
            assert pagina.locator("main img, main script").count() == 0
    assert not vigia.faltas


def test_un_veneno_en_la_direccion_tampoco(ciudadania: Ciudadania, capturista: Oficina) -> None:
    veneno = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    for pagina, ruta in ((ciudadania.page, f"/buscar?q={veneno}"), (ciudadania.page, f"/instituciones?q={veneno}"),
                         (ciudadania.page, f"/{veneno}/"), (capturista.page, f"/ipo/f/licitaciones/?q={veneno}"),
                         (capturista.page, f"/ipo/f/{veneno}/")):
        pagina.goto(ruta)
        assert pagina.locator("main script").count() == 0


# --- entrar y salir ---

def test_al_salir_no_queda_nada_en_el_equipo(persona: Callable[..., Page]) -> None:
    pagina = persona()
    pagina.goto("/ipo")
    pagina.get_by_label("Usuario").fill("capt2.metepec")
    pagina.get_by_label("Contraseña").fill("nevado maguey rebozo jagüey")
    pagina.get_by_role("button", name="Entrar").click()
    pagina.goto("/ipo/f/licitaciones/nuevo")
    Hoja(pagina).campo("Número de expediente").fill("SECRETO-1")
    expect(pagina.get_by_text("Guardado en este equipo.")).to_be_visible()
    pagina.get_by_role("button", name="Salir").click()
    pagina.wait_for_url("**/ipo")
    assert pagina.evaluate("Object.keys(localStorage).filter(k => k.startsWith('ipomex:')).length") == 0
    pagina.go_back()
    pagina.reload()
    expect(pagina.get_by_role("heading", name="Entrar a IPOMEX")).to_be_visible()
