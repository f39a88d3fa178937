"""Los manuales de ``docs/``, por secciones: de ahí sale la ayuda de cada pantalla, y así no hay dos textos que se contradigan.

Una sección empieza con su título (``## …``) y, debajo, dice a qué pantallas ayuda: ``<!-- ayuda: lista registro -->``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt

from models.domain.permissions import Rol

DOCS = Path(__file__).resolve().parents[2] / "docs"

ARCHIVOS: Mapping[Rol, str] = {
    Rol.CAPTURISTA: "manual-capturista.md", Rol.ADMINISTRADOR: "manual-administrador.md",
    Rol.UNIDAD: "manual-unidad.md", Rol.GARANTE: "manual-garante.md",
}

COMO_SIGUE: Mapping[Rol, tuple[Rol, ...]] = {
    Rol.CAPTURISTA: (Rol.CAPTURISTA,),
    Rol.ADMINISTRADOR: (Rol.ADMINISTRADOR, Rol.CAPTURISTA),
    Rol.UNIDAD: (Rol.UNIDAD, Rol.ADMINISTRADOR, Rol.CAPTURISTA),
    Rol.GARANTE: (Rol.GARANTE, Rol.CAPTURISTA),
}
"""De quién es el manual en que se busca, y en cuáles después: lo que su manual no explica está en el de quien captura."""

_AYUDA = re.compile(r"<!-- ayuda: ([a-z -]+) -->\n?")
_ETIQUETAS = {"p", "ol", "ul", "li", "strong", "em", "code", "a", "table", "thead", "tbody", "tr", "th", "td", "img", "h3"}
_ATRIBUTOS = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading"}, "ol": {"start"}}


@dataclass(frozen=True, slots=True)
class Seccion:
    """Una sección de un manual. ``html`` viene limpio: solo párrafos, listas, tablas, ligas e imágenes."""

    titulo: str
    temas: frozenset[str]
    html: str


@cache
def secciones_de(rol: Rol) -> tuple[Seccion, ...]:
    """El manual completo de un papel, en su orden."""
    texto = (DOCS / ARCHIVOS[rol]).read_text(encoding="utf-8")
    return tuple(_seccion(trozo) for trozo in texto.split("\n## ")[1:])


@cache
def find_secciones(rol: Rol, tema: str) -> tuple[Seccion, ...]:
    """Lo que ayuda en una pantalla: del manual propio o, si no dice nada, del que le sigue. Vacío si ninguno."""
    for cual in COMO_SIGUE[rol]:
        suyas = tuple(una for una in secciones_de(cual) if tema in una.temas)
        if suyas:
            return suyas
    return ()


def _seccion(trozo: str) -> Seccion:
    titulo, _, cuerpo = trozo.partition("\n")
    dichos = _AYUDA.search(cuerpo)
    return Seccion(titulo.strip(), frozenset(dichos[1].split()) if dichos else frozenset(), _render(_AYUDA.sub("", cuerpo)))


def _render(markdown: str) -> str:
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return nh3.clean(html, tags=_ETIQUETAS, attributes=_ATRIBUTOS, url_schemes={"http", "https", "mailto"},
                     set_tag_attribute_values={"img": {"loading": "lazy"}})
