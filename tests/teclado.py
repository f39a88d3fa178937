"""Andar por una página con el tabulador, como quien no usa ratón."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

PARADAS_MAXIMAS = 400
"""Controles de la página más larga, y de sobra."""

DONDE = """() => {
  const n = document.activeElement, visto = n.closest(".elegir") || n, caja = visto.getBoundingClientRect();
  const estilo = getComputedStyle(visto), encima = document.elementFromPoint(caja.x + caja.width / 2, caja.y + caja.height / 2);
  const sigue = n === window.__antes && n.type === "date";
  window.__antes = n;
  return {
    sigue, quien: n.id || n.name || n.textContent.trim().slice(0, 40), etiqueta: n.tagName, fin: n === document.body,
    se_ve: estilo.outlineStyle !== "none" && parseFloat(estilo.outlineWidth) >= 2,
    tapado: !!encima && !visto.contains(encima) && !encima.contains(visto),
  }}"""

CONTROLES = """() => [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary")]
  .filter(n => !n.disabled && n.tabIndex >= 0 && n.checkVisibility({visibilityProperty: true})).length"""


def paradas(page: Page, tecla: str = "Tab") -> Iterator[dict[str, object]]:
    """Da cada control al que llega el tabulador, hasta dar la vuelta."""
    for _ in range(PARADAS_MAXIMAS):
        page.keyboard.press(tecla)
        parada = page.evaluate(DONDE)
        if parada["fin"]:
            return
        if not parada["sigue"]:  # una fecha tiene varias paradas: día, mes, año y calendario
            yield parada
    pytest.fail("El tabulador no termina de dar la vuelta: algo atrapa el foco.")


def ir_a(page: Page, quien: str, tecla: str = "Tab") -> None:
    """Tabula hasta el control con ese id, nombre o texto; con ``Shift+Tab``, hacia atrás."""
    for parada in paradas(page, tecla):
        if parada["quien"] == quien:
            return
    pytest.fail(f"El tabulador no llega a «{quien}».")
