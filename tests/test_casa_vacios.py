"""La casa: una pantalla sin nada dice qué hacer después."""

import re

import pytest

from tests.bases import RAIZ

PLANTILLAS = RAIZ / "admin_views" / "templates"
BASTA = 35
"""Letras: menos no alcanzan para decir qué sigue."""

_VACIO = re.compile(r'<(div|p) class="caja vacio".*?</\1>', re.S)
_NADA = re.compile(r"<p class=\"caja\">((?:No hay|Todavía no|Nadie|Ninguno)[^<{]*)")


def vacios() -> list[tuple[str, str]]:
    return [(str(ruta.relative_to(PLANTILLAS)), caja[0]) for ruta in sorted(PLANTILLAS.rglob("*.html"))
            for caja in _VACIO.finditer(ruta.read_text(encoding="utf-8"))]


def test_cada_caja_vacia_dice_que_sigue() -> None:
    cajas = vacios()
    assert len(cajas) > 15
    mudas = [(ruta, caja[:120]) for ruta, caja in cajas
             for rama in re.split(r"{% el(?:se|if)[^%]*%}", caja) if "<h2>" in rama and not dice_que_sigue(rama)]
    assert not mudas


def test_cada_linea_sin_nada_dice_que_sigue() -> None:
    cortas = [(str(ruta.relative_to(PLANTILLAS)), dicho) for ruta in sorted(PLANTILLAS.rglob("*.html"))
              for dicho in _NADA.findall(ruta.read_text(encoding="utf-8")) if len(dicho) < BASTA]
    assert not cortas


def dice_que_sigue(rama: str) -> bool:
    """Además del título, una frase que alcance o una liga."""
    resto = re.sub(r"<h2>.*?</h2>", "", rama, flags=re.S)
    return "<a " in resto or "{{ " in resto or len(re.sub(r"<[^>]+>|{%.*?%}", "", resto).strip()) >= BASTA


@pytest.mark.parametrize(("rama", "dice"), [
    ("<div><h2>Nada</h2></div>", False), ("<div><h2>Nada</h2><p>Vacío.</p></div>", False),
    ("<div><h2>Nada</h2><p>Agregue primero a quien encabeza la institución.</p></div>", True),
    ("<div><h2>Nada</h2><a href='/'>Ver todos</a></div>", True)])
def test_se_nota_la_que_no_dice_nada(rama: str, dice: bool) -> None:
    assert dice_que_sigue(rama) is dice
