"""Lo escrito no se pierde: sin internet, con el servidor caído, con la pestaña cerrada, con la sesión vencida, entre dos."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from models.domain.sesiones import OCIO
from tests.accesible import faltas_de
from tests.chromium import ANCHO, TELEFONO, Vigia, abrir_pagina, entrar
from tests.elenco import CONTRASENA
from tests.pantallas import Hoja, Oficina
from tests.servidor import Sitio, arrancar, correr

pytest_plugins = ("tests.navegador",)

SIN_CONEXION = "Sin conexión: lo escrito está guardado en este equipo."
MINUTO = 60_000


def nueva(pagina: Page, objetivo: str, clave: str = "convenios") -> Hoja:
    """Abre una hoja nueva y escribe en ella."""
    pagina.goto(f"/ipo/f/{clave}/nuevo")
    hoja = Hoja(pagina)
    hoja.campo("Objetivo").fill(objetivo)
    return hoja


def en_borrador(pagina: Page) -> None:
    expect(pagina.get_by_text("Borrador guardado a las")).to_be_visible()


def aqui(pagina: Page) -> int:
    """Cuánto quedó en el almacén de este equipo."""
    return int(pagina.evaluate("Object.keys(localStorage).filter(k => k.startsWith('ipomex:')).length"))


def guardar(hoja: Hoja) -> None:
    hoja.page.locator(".pie").get_by_role("button", name="Guardar", exact=True).click()


# --- borradores ---

def test_con_la_pestana_cerrada_se_sigue_donde_se_quedo(persona: Callable[..., Page]) -> None:
    pagina = persona("admin1.metepec")
    nueva(pagina, "Plantar encinos en la ribera")
    en_borrador(pagina)
    assert aqui(pagina) == 0, "lo tiene el servidor: en el equipo no queda nada"
    pagina.close()
    otra = persona("admin1.metepec", TELEFONO)
    otra.goto("/ipo/tablero")
    otra.get_by_role("link", name="borrador sin guardar").click()
    otra.get_by_role("link", name="Recuperar").first.click()
    hoja = Hoja(otra)
    expect(hoja.campo("Objetivo")).to_have_value("Plantar encinos en la ribera")
    guardar(hoja)
    expect(otra.get_by_text("Guardado. Faltan")).to_be_visible()
    otra.goto("/ipo/borradores")
    expect(otra.get_by_text("No tiene borradores")).to_be_visible()


def test_lo_que_se_descarta_no_vuelve(persona: Callable[..., Page]) -> None:
    pagina = persona("admin1.metepec")
    nueva(pagina, "Esto no")
    en_borrador(pagina)
    pagina.goto("/ipo/f/convenios/nuevo")
    expect(pagina.get_by_text("Tiene un borrador sin guardar")).to_be_visible()
    pagina.get_by_role("button", name="Descartar el borrador").click()
    expect(pagina.get_by_text("Se descartó el borrador.")).to_be_visible()
    pagina.goto("/ipo/f/convenios/nuevo")
    expect(pagina.get_by_text("Tiene un borrador sin guardar")).to_have_count(0)


# --- sin internet ---

def test_una_hora_sin_internet_no_pierde_nada_ni_guarda_dos_veces(persona: Callable[..., Page], vigia: Vigia) -> None:
    vigia.sin_red = True
    pagina = persona("admin1.metepec")
    pagina.clock.install()
    hoja = nueva(pagina, "Antes del corte")
    pagina.context.set_offline(True)
    hoja.campo("Objetivo").fill("Escrito durante el corte")
    expect(pagina.get_by_text(SIN_CONEXION)).to_be_visible()
    assert aqui(pagina) == 1
    guardar(hoja)
    expect(pagina.get_by_text(f"{SIN_CONEXION} Se enviará solo en cuanto vuelva")).to_be_visible()
    guardar(hoja)
    pagina.clock.fast_forward("40:00")
    expect(hoja.campo("Objetivo")).to_have_value("Escrito durante el corte")
    assert faltas_de(pagina) == []
    pagina.context.set_offline(False)
    pagina.wait_for_url("**/detalle?id=*")
    expect(pagina.get_by_text("Escrito durante el corte")).to_be_visible()
    assert aqui(pagina) == 0
    pagina.goto("/ipo/f/convenios/?q=durante+corte")
    expect(pagina.locator("tr[data-folio]")).to_have_count(1)


def test_con_el_servidor_caido_se_envia_al_volver_y_una_sola_vez(chromium: Browser, tmp_path: Path) -> None:
    correr("tests.siembra", str(tmp_path))
    proceso, direccion = arrancar(tmp_path, {})
    vigia = Vigia(direccion, sin_red=True)
    try:
        pagina = abrir_pagina(chromium, vigia, ANCHO, entrar(chromium, direccion, "capt1.metepec", CONTRASENA))
        hoja = nueva(pagina, "Antes de la caída")
        proceso.kill()
        proceso.wait()
        hoja.campo("Objetivo").fill("Escrito con el servidor caído")
        guardar(hoja)
        expect(pagina.get_by_text(SIN_CONEXION)).to_be_visible()
        proceso, _ = arrancar(tmp_path, {}, en=urlsplit(direccion).port)
        pagina.wait_for_url("**/detalle?id=*")
        pagina.goto("/ipo/f/convenios/?q=servidor+caido")
        expect(pagina.locator("tr[data-folio]")).to_have_count(1)
        pagina.context.close()
    finally:
        proceso.kill()
        proceso.wait()
    assert vigia.faltas == []


def test_recargar_lo_enviado_no_lo_guarda_otra_vez(persona: Callable[..., Page]) -> None:
    """La misma hoja, enviada otra vez a mano como lo haría un navegador que reintenta."""
    pagina = persona("admin1.metepec")
    hoja = nueva(pagina, "Una sola vez")
    campos = pagina.evaluate(
        "[...new FormData(document.querySelector('form[data-captura]'))].filter(([, v]) => typeof v === 'string')")
    guardar(hoja)
    pagina.wait_for_url("**/detalle?id=*")
    primero = pagina.url
    segundo = pagina.evaluate(
        "async c => (await fetch('/ipo/f/convenios/nuevo', {method: 'POST', body: new URLSearchParams(c)})).url", campos)
    assert segundo == primero
    pagina.goto("/ipo/f/convenios/?q=una+sola+vez")
    expect(pagina.locator("tr[data-folio]")).to_have_count(1)


# --- la sesión ---

def envejecer(sitio: Sitio, usuario: str, quedan: int) -> None:
    """Como si la persona llevara rato sin moverse: a su sesión le quedan esos milisegundos."""
    with sqlite3.connect(sitio.datos / "ipomex.db", timeout=30) as base:
        base.execute("UPDATE sesion SET vista = ? WHERE usuario_id = (SELECT id FROM usuario WHERE usuario = ?)",
                     (int(time.time() * 1000) - OCIO + quedan, usuario))


def test_avisa_antes_de_que_termine_y_se_puede_seguir_en_todas_las_pestanas(
        persona: Callable[..., Page], sitio_servido: Sitio) -> None:
    pagina = persona("unidad.toluca")
    pagina.clock.install()
    pagina.goto("/ipo/f/convenios/nuevo")
    otra = pagina.context.new_page()
    otra.goto("/ipo/tablero")
    Hoja(pagina).campo("Objetivo").focus()
    envejecer(sitio_servido, "unidad.toluca", 4 * MINUTO)
    pagina.clock.fast_forward("54:30")
    for una in (pagina, otra):
        dialogo = una.get_by_role("dialog", name="Su sesión termina en 4 minutos")
        expect(dialogo).to_be_visible()
        expect(dialogo.get_by_role("button", name="Seguir trabajando")).to_be_focused()
        assert faltas_de(una) == []
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("dialog")).to_have_count(0)
    expect(otra.get_by_role("dialog")).to_have_count(0)
    expect(Hoja(pagina).campo("Objetivo")).to_be_focused()
    assert pagina.evaluate("fetch('/ipo/sesion').then(r => r.json()).then(d => d.quedan)") > OCIO - MINUTO


def test_terminada_lo_dice_y_al_entrar_de_nuevo_lo_escrito_esta_ahi(
        persona: Callable[..., Page], sitio_servido: Sitio) -> None:
    pagina = persona()
    pagina.clock.install()
    entrar_como(pagina, "unidad.toluca")
    hoja = nueva(pagina, "Lo que iba escribiendo")
    en_borrador(pagina)
    hoja.campo("Objetivo").fill("Lo último que escribí")
    envejecer(sitio_servido, "unidad.toluca", -MINUTO)
    guardar(hoja)
    expect(pagina.get_by_role("dialog", name="Su sesión terminó")).to_be_visible()
    assert faltas_de(pagina) == []
    pagina.get_by_role("button", name="Entrar de nuevo").click()
    entrar_como(pagina, "unidad.toluca", ya_esta=True)
    pagina.wait_for_url("**/ipo/f/convenios/nuevo")
    pagina.get_by_role("button", name="Recuperar lo que escribí").click()
    expect(Hoja(pagina).campo("Objetivo")).to_have_value("Lo último que escribí")
    guardar(Hoja(pagina))
    expect(pagina.get_by_text("Guardado. Faltan")).to_be_visible()
    assert aqui(pagina) == 0
    sitio_servido.sesiones.pop("unidad.toluca", None)


def entrar_como(pagina: Page, usuario: str, ya_esta: bool = False) -> None:
    if not ya_esta:
        pagina.goto("/ipo")
    pagina.get_by_label("Usuario").fill(usuario)
    pagina.get_by_label("Contraseña").fill(CONTRASENA)
    pagina.get_by_role("button", name="Entrar", exact=True).click()
    pagina.wait_for_url(lambda url: urlsplit(url).path != "/ipo")


# --- dos personas ---

def test_dos_personas_en_el_mismo_registro_se_avisan_y_no_se_pierde_lo_de_ninguna(
        persona: Callable[..., Page], capturista: Oficina, un_pdf: Path) -> None:
    folio = capturista.captura_un_contrato(un_pdf, **{"Número de expediente": "DOS-1"})
    julieta, laura = capturista.page, persona("unidad.metepec")
    editar = f"/ipo/f/licitaciones/editar?id={folio}"
    with julieta.expect_response("**/ipo/presencia/licitaciones"):
        julieta.goto(editar)
    with laura.expect_response("**/ipo/presencia/licitaciones"):
        laura.goto(editar)
    expect(laura.get_by_text("Julieta Mondragón también tiene abierto este registro desde las")).to_be_visible()
    de_julieta, de_laura = Hoja(julieta), Hoja(laura)
    de_julieta.escribe({"Objeto del contrato": "Objeto de Julieta", "Número de contrato": "JUL-1"})
    de_laura.escribe({"Objeto del contrato": "Objeto de Laura", "Razones de la elección": "Razones de Laura"})
    guardar(de_julieta)
    julieta.wait_for_url("**/detalle?id=*")
    guardar(de_laura)
    expect(laura.get_by_role("alert")).to_contain_text("Otra persona guardó este registro")
    expect(laura.get_by_role("alert")).to_be_focused()
    choque = laura.locator("table.choque")
    expect(choque.get_by_role("row").filter(has_text="JUL-1").get_by_role("radio").first).to_be_checked()
    expect(choque.get_by_role("row").filter(has_text="Razones de Laura").get_by_role("radio").last).to_be_checked()
    for medida in (TELEFONO, ANCHO):
        laura.set_viewport_size(medida)
        assert faltas_de(laura) == []
    choque.get_by_role("row").filter(has_text="Objeto de Laura").get_by_role("radio").first.check()
    guardar(de_laura)
    laura.wait_for_url("**/detalle?id=*")
    for texto in ("Objeto de Julieta", "JUL-1", "Razones de Laura"):
        expect(laura.locator("main").get_by_text(texto)).to_be_visible()


def test_corregir_a_mano_es_quedarse_con_lo_suyo(persona: Callable[..., Page], capturista: Oficina, un_pdf: Path) -> None:
    folio = capturista.captura_un_contrato(un_pdf, **{"Número de expediente": "DOS-2"})
    julieta, laura = capturista.page, persona("unidad.metepec")
    for pagina in (julieta, laura):
        pagina.goto(f"/ipo/f/licitaciones/editar?id={folio}")
    Hoja(julieta).escribe({"Objeto del contrato": "Objeto de Julieta"})
    Hoja(laura).escribe({"Razones de la elección": "Razones de Laura"})
    guardar(Hoja(julieta))
    julieta.wait_for_url("**/detalle?id=*")
    guardar(Hoja(laura))
    expect(laura.get_by_role("alert")).to_contain_text("Otra persona guardó")
    Hoja(laura).escribe({"Objeto del contrato": "El que acordamos las dos"})
    expect(laura.locator("[name=tomar__objeto_contrato][value=mia]")).to_be_checked()
    guardar(Hoja(laura))
    laura.wait_for_url("**/detalle?id=*")
    expect(laura.locator("main").get_by_text("El que acordamos las dos")).to_be_visible()


# --- nada de esto hace falta para guardar ---

def test_sin_guiones_la_hoja_se_envia_como_cualquiera(chromium: Browser, sitio_servido: Sitio) -> None:
    contexto = chromium.new_context(base_url=sitio_servido.direccion, java_script_enabled=False)
    pagina = contexto.new_page()
    entrar_como(pagina, "capt2.metepec")
    hoja = nueva(pagina, "Sin guiones")
    guardar(hoja)
    expect(pagina.get_by_text("Guardado. Faltan")).to_be_visible()
    contexto.close()
