"""Qué le falta a una página para que cualquiera pueda usarla: axe-core, el ancho y el tamaño de lo que se toca."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

ETIQUETAS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Las WCAG 2.2 hasta el nivel AA, como las llama axe-core."""

BLANCO = 24
"""Píxeles por lado de lo que se toca (criterio 2.5.8)."""

_CHICOS = """minimo => [...document.querySelectorAll("button,summary,select,input:not([type=hidden]),textarea,.btn,.boton")]
  .filter(n => n.checkVisibility({visibilityProperty: true}) && !n.closest(".oculto") && n.type !== "file")
  .map(n => [n, (n.type === "checkbox" && n.closest("label") || n).getBoundingClientRect()])
  .filter(([n, caja]) => caja.width > 1 && (caja.width < minimo || caja.height < minimo))
  .map(([n, caja]) => `${n.outerHTML.slice(0, 90)} mide ${caja.width.toFixed(0)}×${caja.height.toFixed(0)}`)"""

_ANCHOS = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [`la página mide ${document.documentElement.scrollWidth} de ancho`].concat(
    [...document.querySelectorAll("main *, header *, footer *")]
    .filter(n => n.getBoundingClientRect().right > innerWidth + 1 && !n.closest(".rollo,.desliza,.lado"))
    .slice(0, 4).map(n => `  se sale: ${n.outerHTML.slice(0, 90)}`))"""


_AXE = """opciones => axe.run(document, opciones).then(hallado => hallado.violations.map(v => ({
  id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 5).map(n => ({html: n.html, failureSummary: n.failureSummary}))})))"""
"""De lo mucho que dice axe, solo lo que está mal: traer aquí lo que cumple tarda más que hallarlo."""


def faltas_de(pagina: Page) -> list[str]:
    """Todo lo que esta página incumple; vacía si nada."""
    return [*_de_axe(pagina), *pagina.evaluate(_CHICOS, BLANCO), *pagina.evaluate(_ANCHOS)]


@cache
def guion_de_axe() -> str:
    """axe-core, tal como lo trae el paquete ``axe-playwright-python``."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def _de_axe(pagina: Page) -> list[str]:
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(guion_de_axe())
    violaciones = pagina.evaluate(_AXE, {
        "runOnly": {"type": "tag", "values": list(ETIQUETAS)}, "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"], "elementRef": False, "preload": {"assets": ["media"]}})
    return [_contar(violacion, nodo) for violacion in violaciones for nodo in violacion["nodes"]]


def _contar(violacion: dict[str, Any], nodo: dict[str, str]) -> str:
    porque = " ".join(nodo["failureSummary"].split())[:300]
    return f"{violacion['id']} ({violacion['impact']}): {nodo['html'][:160]}\n    {porque}"
