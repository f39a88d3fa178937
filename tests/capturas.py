"""Fotografías de las pantallas principales, en computadora y en teléfono: ``python -m tests.capturas [CARPETA]``.

Monta la demostración en una carpeta temporal, así que tarda un minuto. De cada pantalla guarda lo que se ve al abrirla y,
si no es muy larga, la página entera (``…-entera.png``).
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from models.servicio.marca import CONTRASENA_DEMO as CONTRASENA
from tests.chromium import ANCHO, TELEFONO, Vigia, abrir_chromium, abrir_pagina, entrar
from tests.servidor import correr, servir
from tests.siembra import SEIS

SIGLAS = "metepec"
UNIDAD, CAPTURISTA, GARANTE = f"unidad.{SIGLAS}", f"capt1.{SIGLAS}", "garante"
ALTO_MAXIMO = 3000
"""Píxeles de la página más larga que se guarda entera."""

Ir = Callable[[Page], object]


def fotografiar(direccion: str, carpeta: Path) -> int:
    """Fotografía lo que sirve ``direccion`` y da cuántas fotos hizo."""
    carpeta.mkdir(parents=True, exist_ok=True)
    with abrir_chromium() as navegador:
        sesiones = {usuario: entrar(navegador, direccion, usuario, CONTRASENA)
                    for usuario in (UNIDAD, CAPTURISTA, GARANTE)}
        return sum(_con_medida(navegador, direccion, sesiones, carpeta, medida) for medida in (ANCHO, TELEFONO))


def pantallas() -> Iterator[tuple[str, str | None, Ir]]:
    """Cada pantalla: su nombre, quién la ve y cómo se llega."""
    yield "portal-inicio", None, _a("/")
    yield "portal-instituciones", None, _a("/instituciones")
    yield "portal-institucion", None, _a(f"/{SIGLAS}/")
    yield "portal-busqueda", None, _a("/buscar?q=medicamentos")
    yield "portal-retirado", UNIDAD, _al_retirado
    yield "portal-acerca", None, _a("/acerca")
    yield "portal-denuncia", None, _a("/denuncia")
    yield "portal-accesibilidad", None, _a("/accesibilidad")
    yield "portal-no-existe", None, _a("/no-existe")
    for clave in SEIS:
        yield f"portal-{clave}", None, _a(f"/{SIGLAS}/{clave}/")
        yield f"portal-{clave}-registro", None, _al_registro_publico(clave)
    yield "oficina-entrada", None, _a("/ipo")
    yield "oficina-contrasena", UNIDAD, _a("/ipo/contrasena")
    yield "oficina-tablero-unidad", UNIDAD, _a("/ipo/tablero")
    yield "oficina-tablero-capturista", CAPTURISTA, _a("/ipo/tablero")
    yield "oficina-tablero-garante", GARANTE, _a("/ipo/tablero")
    yield "oficina-faltantes", UNIDAD, _a("/ipo/faltantes")
    yield "oficina-revision", UNIDAD, _a("/ipo/revision")
    yield "oficina-revision-registro", UNIDAD, _a("/ipo/f/licitaciones/revisar")
    yield "oficina-acuses", UNIDAD, _a("/ipo/acuses")
    yield "oficina-formatos", UNIDAD, _a("/ipo/formatos")
    yield "portal-organigrama", None, _a(f"/{SIGLAS}/organigrama/")
    yield "oficina-organigrama", UNIDAD, _a("/ipo/organigrama")
    yield "oficina-directorio", UNIDAD, _a("/ipo/directorio")
    yield "oficina-importar", UNIDAD, _a("/ipo/organigrama/importar")
    yield "oficina-organos", UNIDAD, _a("/ipo/organos")
    yield "oficina-organo", UNIDAD, _al_primer_organo
    yield "portal-organos", None, _a(f"/{SIGLAS}/organos/")
    yield "oficina-configuracion", UNIDAD, _a("/ipo/configuracion")
    yield "oficina-borradores", CAPTURISTA, _a("/ipo/borradores")
    yield "oficina-ausencias", UNIDAD, _a("/ipo/ausencias")
    yield "oficina-ausencia-proponer", UNIDAD, _a("/ipo/ausencias/convenios/proponer?tipo=no_se_genero")
    yield "oficina-cargar", CAPTURISTA, _a("/ipo/f/convenios/cargar")
    yield "oficina-cargas", UNIDAD, _a("/ipo/cargas")
    yield "oficina-archivos-pendientes", UNIDAD, _a("/ipo/archivos-pendientes")
    yield "oficina-primeros-pasos", UNIDAD, _a("/ipo/primeros-pasos")
    yield "oficina-ayuda", CAPTURISTA, _a("/ipo/ayuda/captura")
    yield "oficina-sin-cambios", UNIDAD, _a("/ipo/sin-cambios")
    yield "oficina-observaciones", UNIDAD, _a("/ipo/observaciones?situacion=todas")
    yield "oficina-observacion-nueva", UNIDAD, _a("/ipo/observaciones/nueva?formato=convenios")
    yield "oficina-recordar", UNIDAD, _a("/ipo/faltantes/recordar")
    yield "oficina-mensajes", CAPTURISTA, _a("/ipo/mensajes")
    yield "oficina-mensaje-nuevo", UNIDAD, _a("/ipo/mensajes/nuevo")
    yield "oficina-mensajes-preferencias", CAPTURISTA, _a("/ipo/mensajes/preferencias")
    yield "oficina-usuarios", UNIDAD, _a("/ipo/usuarios")
    yield "oficina-usuario-nuevo", UNIDAD, _a("/ipo/usuarios/nuevo")
    yield "oficina-usuario", UNIDAD, _al_primer_usuario
    yield "oficina-usuarios-garante", GARANTE, _a("/ipo/usuarios")
    yield "oficina-sujetos", GARANTE, _a("/ipo/sujetos")
    yield "oficina-sujetos-excel", GARANTE, _a("/ipo/sujetos/importar")
    yield "oficina-sujetos-cartas", GARANTE, _a("/ipo/sujetos/cartas")
    yield "oficina-aplicabilidad", GARANTE, _a("/ipo/aplicabilidad")
    yield "oficina-sujeto-aplicabilidad", GARANTE, _a(f"/ipo/sujetos/{SIGLAS}/aplicabilidad")
    yield "oficina-prorrogas", GARANTE, _a("/ipo/prorrogas")
    yield "oficina-sin-publicar", GARANTE, _a(f"/ipo/sujetos/{SIGLAS}/sin-publicar/licitaciones")
    yield "oficina-lecturas", UNIDAD, _a("/ipo/lecturas")
    yield "oficina-sujeto-nuevo", GARANTE, _a("/ipo/sujetos/nuevo")
    yield "oficina-sujeto", GARANTE, _a(f"/ipo/sujetos/{SIGLAS}")
    yield "oficina-sujeto-editar", GARANTE, _a(f"/ipo/sujetos/{SIGLAS}/editar")
    yield "oficina-convenios-personales", UNIDAD, _a("/ipo/f/convenios/?personales=si")
    yield "oficina-no-existe", UNIDAD, _a("/ipo/f/no_existe/")
    for clave in SEIS:
        yield from _de_oficina(clave)


def _de_oficina(clave: str) -> Iterator[tuple[str, str | None, Ir]]:
    base = f"/ipo/f/{clave}"
    yield f"oficina-{clave}-lista", UNIDAD, _a(f"{base}/?ver=25")
    yield f"oficina-{clave}-nuevo", UNIDAD, _a(f"{base}/nuevo")
    yield f"oficina-{clave}-con-errores", UNIDAD, _con_errores(clave)
    yield f"oficina-{clave}-detalle", UNIDAD, _a_uno(clave, "publicado", "detalle")
    yield f"oficina-{clave}-historial", UNIDAD, _a_uno(clave, "publicado", "historial")
    yield f"oficina-{clave}-suprimir", UNIDAD, _a_uno(clave, "publicado", "suprimir")
    yield f"oficina-{clave}-version", UNIDAD, _a_uno(clave, "capturado", "version", "&n=1")
    yield f"oficina-{clave}-editar", UNIDAD, _a_uno(clave, "devuelto", "editar")
    yield f"oficina-{clave}-confirmar", UNIDAD, _a_confirmar(clave)
    yield f"oficina-{clave}-sin-resultados", UNIDAD, _a(f"{base}/?q=zzzzzz")


def _con_medida(navegador: Browser, direccion: str, sesiones: dict[str, str], carpeta: Path, medida: dict[str, int]
                ) -> int:
    hechas = 0
    for nombre, usuario, ir in pantallas():
        pagina = abrir_pagina(navegador, Vigia(direccion), medida, sesiones[usuario] if usuario else None)
        if ir(pagina) is not False:
            hechas += _disparar(pagina, carpeta / f"{nombre}-{medida['width']}")
        pagina.context.close()
    return hechas


def _disparar(pagina: Page, archivo: Path) -> int:
    pagina.screenshot(path=f"{archivo}.png")
    alto = int(pagina.evaluate("document.documentElement.scrollHeight"))
    if not pagina.viewport_size or not pagina.viewport_size["height"] < alto <= ALTO_MAXIMO:
        return 1
    pagina.screenshot(path=f"{archivo}-entera.png", full_page=True)
    return 2


def _a(ruta: str) -> Ir:
    return lambda pagina: pagina.goto(ruta)


def _al_primer_usuario(pagina: Page) -> None:
    pagina.goto("/ipo/usuarios")
    pagina.locator("td.principal a").first.click()
    pagina.wait_for_load_state()


def _al_primer_organo(pagina: Page) -> None:
    pagina.goto("/ipo/organos")
    pagina.locator("td.principal a").first.click()
    pagina.wait_for_load_state()


def _folio(pagina: Page, clave: str, estado: str) -> str | None:
    """El del primer registro en ese estado; ``None`` si no hay."""
    pagina.goto(f"/ipo/f/{clave}/?estado={estado}")
    fila = pagina.locator("tr[data-folio]").first
    return fila.get_attribute("data-folio") if fila.count() else None


def _a_uno(clave: str, estado: str, pantalla: str, mas: str = "") -> Ir:
    def ir(pagina: Page) -> bool:
        folio = _folio(pagina, clave, estado)
        if folio:
            pagina.goto(f"/ipo/f/{clave}/{pantalla}?id={folio}{mas}")
        return folio is not None
    return ir


def _al_retirado(pagina: Page) -> bool:
    folio = _folio(pagina, "licitaciones", "retirado")
    if folio:
        pagina.goto(f"/{SIGLAS}/licitaciones/r/{folio}")
    return folio is not None


def _al_registro_publico(clave: str) -> Ir:
    def ir(pagina: Page) -> None:
        pagina.goto(f"/{SIGLAS}/{clave}/")
        pagina.locator("td.principal a").first.click()
        pagina.wait_for_load_state()
    return ir


def _con_errores(clave: str) -> Ir:
    """Todo lo que sea fecha, cantidad o correo, mal escrito; se fotografía la hoja que vuelve."""
    def ir(pagina: Page) -> None:
        pagina.goto(f"/ipo/f/{clave}/nuevo")
        for campo in pagina.locator("fieldset input[inputmode]").all()[:6]:
            campo.fill("31/06/2026 x")
        pagina.locator(".pie .btn.p").click()
        pagina.wait_for_load_state()
    return ir


def _a_confirmar(clave: str) -> Ir:
    def ir(pagina: Page) -> bool:
        pagina.goto(f"/ipo/f/{clave}/?estado=capturado")
        marcas = pagina.locator("input[name=sel]")
        for i in range(min(3, marcas.count())):
            marcas.nth(i).check()
        if not marcas.count():
            return False
        pagina.get_by_label("Qué hacer").select_option("publicar")
        pagina.get_by_role("button", name="Continuar…").click()
        pagina.wait_for_load_state()
        return True
    return ir


def main() -> None:
    carpeta = Path(sys.argv[1] if len(sys.argv) > 1 else "capturas")
    with tempfile.TemporaryDirectory(prefix="ipomex-capturas-") as datos:
        correr("flask", "--app", "app", "demo", IPOMEX_ENTORNO="demo", IPOMEX_DATOS=datos, IPOMEX_BASE_DATOS="")
        with servir(Path(datos)) as direccion:
            print(f"{fotografiar(direccion, carpeta)} fotografías en {carpeta}/")


if __name__ == "__main__":
    main()
