"""Las preguntas de ``docs/preguntas.md``, leídas para hacerlas: sus pasos son órdenes y sus respuestas, lo que debe leerse."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from models.reloj import hoy

DOCUMENTO = Path(__file__).parents[1] / "docs" / "preguntas.md"


@dataclass(frozen=True, slots=True)
class Pregunta:
    """Una pregunta con sus pasos, tal como están escritos, y lo que al final se lee (o se descarga)."""

    numero: int
    texto: str
    pasos: tuple[str, ...]
    respuesta: str


def leer_preguntas(documento: Path = DOCUMENTO) -> list[Pregunta]:
    """Todas las del documento, en su orden."""
    return list(_leer(documento.read_text()))


def _leer(texto: str) -> Iterator[Pregunta]:
    for numero, titulo, cuerpo in re.findall(r"^## (\d+)\. (.+?)\n(.*?)(?=^## |\Z)", texto, re.M | re.S):
        [respuesta] = re.findall(r"^(Se (?:lee|descarga) .+)$", cuerpo, re.M)
        yield Pregunta(int(numero), titulo, tuple(re.findall(r"^\d+\. (.+)$", cuerpo, re.M)), respuesta)


class Visita:
    """Alguien que sigue el documento al pie de la letra, sin saber nada más del portal."""

    def __init__(self, page: Page) -> None:
        self.page, self.descargado = page, ""
        self.page.goto("/")

    def da(self, paso: str) -> None:
        """Un paso. Lanza ``ValueError`` si el documento pide algo que una persona no sabría hacer."""
        for molde, hacer in _PASOS.items():
            if hallado := re.fullmatch(molde, paso):
                hacer(self, *hallado.groups())
                self.page.wait_for_load_state()
                return
        raise ValueError(f"Nadie sabe dar este paso: {paso}")

    def comprueba(self, respuesta: str) -> None:
        """Que la página diga lo que el documento promete."""
        for dicho in re.findall(r"«(.+?)»", respuesta):
            if respuesta.startswith("Se descarga"):
                assert self.descargado.endswith(dicho), f"se descargó «{self.descargado}»"
            else:
                molde = ".*?".join(re.escape(parte) for parte in dicho.split("…"))
                expect(self.page.locator("main")).to_contain_text(re.compile(molde, re.S))

    def _abre(self, nombre: str) -> None:
        self.page.get_by_role("link", name=nombre).first.click()

    def _abre_el_renglon(self) -> None:
        self.page.locator("main table tbody tr a").first.click()

    def _abre_el_resultado(self) -> None:
        self.page.locator("main .hallazgos a").first.click()

    def _busca(self, palabras: str) -> None:
        caja = self.page.locator("input[type=search][name=q]").first
        caja.fill(palabras)
        caja.press("Enter")

    def _elige(self, opcion: str, campo: str, boton: str) -> None:
        control = self._control(campo)
        rotulos = [texto.strip() for texto in control.locator("option").all_text_contents()]
        control.select_option(label=next(texto for texto in rotulos if texto.startswith(opcion)))
        self._oprime(control, boton)

    def _escribe(self, dato: str, campo: str, boton: str) -> None:
        control = self._control(campo)
        control.fill((hoy() - dt.timedelta(days=1)).isoformat() if dato == "el día de ayer" else dato)
        self._oprime(control, boton)

    def _control(self, campo: str) -> Locator:
        """El control que se llama así («grupo: parte» si está en un grupo), a la vista aunque estuviera plegado."""
        principal, (grupo, _, parte) = self.page.locator("main"), campo.partition(": ")
        control = principal.get_by_role("group", name=grupo, include_hidden=True).get_by_label(parte) if parte else (
            principal.get_by_label(campo))
        for plegado in control.first.locator("xpath=ancestor::details[not(@open)]").all():
            plegado.locator("summary").first.click()
        return control.first

    def _oprime(self, control: Locator, boton: str) -> None:
        control.locator("xpath=ancestor::form").get_by_role("button", name=boton, exact=True).first.click()

    def _descarga(self, nombre: str) -> None:
        with self.page.expect_download() as espera:
            self.page.locator("main").get_by_role("link", name=nombre, exact=True).first.click()
        self.descargado = espera.value.suggested_filename


_PASOS: dict[str, Callable[..., None]] = {
    r"Abra «(.+)»\.": Visita._abre,
    r"Abra el primer renglón de la tabla\.": Visita._abre_el_renglon,
    r"Abra el primer resultado\.": Visita._abre_el_resultado,
    r"Busque «(.+)»\.": Visita._busca,
    r"Elija «(.+)» en «(.+)» y oprima «(.+)»\.": Visita._elige,
    r"Escriba «(.+)» en «(.+)» y oprima «(.+)»\.": Visita._escribe,
    r"Escriba (el día de ayer) en «(.+)» y oprima «(.+)»\.": Visita._escribe,
    r"Descargue «(.+)»\.": Visita._descarga,
}
"""Lo que el documento puede pedir, y cómo se hace."""
