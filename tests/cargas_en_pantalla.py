"""Cargar desde Excel como lo hace una persona: baja la plantilla, sube el libro, espera, corrige, confirma y vuelve."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

CLAVE = "convenios"

CONVENIO: dict[str, Any] = {
    "ejercicio": 2026, "periodo": "3.er trimestre", "tipo_convenio": "De coordinación con el sector privado",
    "fecha_firma": dt.date(2026, 8, 3), "objetivo": "Plantar encinos en el cerro", "fecha_inicio_vigencia": dt.date(2026, 9, 1),
    "area_seguimiento": "Dirección de Obras Públicas", "monto_recursos": 48500.5, "area_responsable": "Tesorería Municipal",
    "convenio": "convenio firmado.pdf"}
"""Lo que se escribe en un renglón; el nombre y el número de su tabla, aparte."""

Celdas = list[tuple[str, str, Any]]
"""(hoja, celda, valor)."""

Escribir = Callable[[Path, Path, Celdas], None]
"""Abre un libro, pone esas celdas y lo guarda en otro archivo."""


def write_en_openpyxl(de: Path, a: Path, celdas: Celdas) -> None:
    """Como si lo llenara un programa."""
    libro = load_workbook(de)
    for hoja, celda, valor in celdas:
        libro[hoja][celda] = valor
    libro.save(a)


def celdas_de(plantilla: Path, *renglones: dict[str, Any], desde: int = 4) -> Celdas:
    """Las celdas que ocupan unos renglones, buscando cada columna por su llave; cada uno con su contraparte."""
    libro = load_workbook(plantilla)
    letras = {celda.value: celda.column_letter for celda in libro.worksheets[0][1]}
    celdas: Celdas = []
    for numero, renglon in enumerate(renglones, start=1):
        fila = desde + numero - 1
        suyas = renglon | {"contrapartes": numero}
        celdas += [("Convenios", f"{letras[llave]}{fila}", valor) for llave, valor in suyas.items()]
        celdas += [("Tabla_contrapartes", f"A{fila}", numero), ("Tabla_contrapartes", f"B{fila}", "Ana"),
                   ("Tabla_contrapartes", f"C{fila}", "Rosas")]
    return celdas


class Cargas:
    """La pantalla de cargas de una persona que ya entró."""

    def __init__(self, page: Page, carpeta: Path) -> None:
        self.page, self.carpeta = page, carpeta

    def baja_la_plantilla(self) -> Path:
        self.page.goto(f"/ipo/f/{CLAVE}/")
        self.page.locator("main").get_by_role("link", name="Cargar desde Excel").first.click()
        return self._descarga("button", "Bajar la plantilla")

    def sube(self, libro: Path, *archivos: Path) -> None:
        """Elige el libro (y sus archivos) en la página que ya está abierta y espera a que se revise."""
        self.page.get_by_label("Su libro").set_input_files(libro)
        if archivos:
            self.page.get_by_label("Los archivos que nombra").set_input_files(list(archivos))
        self.page.get_by_role("button", name="Revisar el libro").click()
        self.espera(".de-carga, .recado.ojo")

    def espera(self, selector: str) -> None:
        expect(self.page.locator(selector).first).to_be_visible(timeout=40_000)

    def cuentas(self) -> dict[str, int]:
        """Las de arriba, sin las que están en cero: palabras → cuántos."""
        pares = [ficha.split(maxsplit=1) for ficha in self.page.locator(".de-carga .ficha").all_inner_texts()]
        return {" ".join(palabras.split()): int(numero) for numero, palabras in pares if numero != "0"}

    def baja_los_errores(self) -> Path:
        return self._descarga("link", "Su Excel con los errores marcados")

    def confirma(self, boton: str) -> None:
        self.page.get_by_role("button", name=boton).click()
        self.espera(".recado.bien:has-text('cargado')")

    def _descarga(self, papel: Any, nombre: str) -> Path:
        with self.page.expect_download() as bajada:
            self.page.get_by_role(papel, name=nombre).click()
        destino = self.carpeta / bajada.value.suggested_filename
        bajada.value.save_as(destino)
        return destino


def load_and_publish(capturista: Cargas, unidad: Page, ciudadania: Page, pdf: Path, siglas: str, nombre: str,
                     escribir: Escribir) -> None:
    """El camino entero: plantilla, llenar, cargar, ver errores, corregir desde su libro, cargar, publicar y leerlo."""
    carpeta, firmado = capturista.carpeta, capturista.carpeta / "convenio firmado.pdf"
    firmado.write_bytes(pdf.read_bytes())
    plantilla = capturista.baja_la_plantilla()
    bueno = CONVENIO | {"denominacion_convenio": f"{nombre} uno"}
    malo = CONVENIO | {"denominacion_convenio": f"{nombre} dos", "fecha_firma": "31/06/2026"}
    escribir(plantilla, carpeta / "lleno.xlsx", celdas_de(plantilla, bueno, malo))
    capturista.sube(carpeta / "lleno.xlsx", firmado)
    assert capturista.cuentas() == {"nuevo": 1, "con errores": 1}, capturista.page.locator("main").inner_text()
    expect(capturista.page.get_by_text("junio tiene 30 días").first).to_be_visible()
    _deja_y_vuelve(capturista.page)
    marcado = capturista.baja_los_errores()
    [celda] = [lugar for hoja, lugar, valor in celdas_de(plantilla, bueno, malo) if valor == "31/06/2026"]
    escribir(marcado, carpeta / "corregido.xlsx", [("Convenios", celda, dt.date(2026, 6, 30))])
    capturista.page.get_by_role("link", name="Subir el libro corregido").first.click()
    capturista.sube(carpeta / "corregido.xlsx")
    assert capturista.cuentas() == {"nuevos": 2}, capturista.page.locator("main").inner_text()
    capturista.confirma("Cargar todo (2)")
    capturista.page.get_by_role("link", name="Ver lo que se cargó").click()
    expect(capturista.page.locator("tr[data-estado=capturado]")).to_have_count(2)
    _publica(unidad, nombre)
    ciudadania.goto(f"/{siglas}/{CLAVE}/")
    ciudadania.get_by_role("link", name=f"{nombre} dos").click()
    expect(ciudadania.get_by_text("30/06/2026").first).to_be_visible()
    expect(ciudadania.get_by_role("link", name="convenio firmado.pdf")).to_be_visible()


def _deja_y_vuelve(page: Page) -> None:
    """Se va al tablero y la vuelve a hallar en «Cargas desde Excel»."""
    page.goto("/ipo/tablero")
    page.get_by_role("navigation", name="Principal").get_by_role("link", name="Cargas desde Excel").click()
    page.get_by_role("link", name="lleno.xlsx").first.click()
    expect(page.get_by_role("heading", name="Lo que hay que corregir")).to_be_visible()


def _publica(unidad: Page, nombre: str) -> None:
    unidad.goto(f"/ipo/f/{CLAVE}/?q={nombre}")
    unidad.get_by_label("Marcar todos los de esta página").check()
    unidad.get_by_label("Qué hacer").select_option(label="Publicar")
    unidad.get_by_role("button", name="Continuar…").click()
    unidad.locator("main").get_by_role("button", name="Publicar").first.click()
    unidad.wait_for_url(lambda url: "confirmar" not in url)
