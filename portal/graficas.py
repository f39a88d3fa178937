"""Gráficas de barras, sencillas: el dibujo lo hace pygal; aquí se le quita todo lo que la página no deja o no necesita.

La política de contenido no admite estilos ni guiones en línea: quedan rectángulos y textos con su clase, y los colores y las
letras los pone ``portal.css``. Las mismas cifras van siempre además en una tabla.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from xml.etree import ElementTree as Arbol

from markupsafe import Markup

from models.presentacion.textos import cut_text

ANCHO = 360
ALTO_DE_BARRA, BORDE = 30, 8
BARRAS = 12
"""Las que se dibujan; la tabla las trae todas."""

LARGO_DE_ROTULO = 22
_AIRE = 2.0
"""Cuánto más largo que la barra mayor es el espacio: ahí cabe su cifra."""

LETRA = 12.5
_POR_LETRA = 0.68
"""Cuánto mide una cifra en negritas, en letras de alto: lo que en la más ancha de las letras comunes."""

_SOBRAN = frozenset({"defs", "title", "desc", "style", "script"})
_CLASES_QUE_SOBRAN = frozenset({"axis x", "background", "plot overlay", "plot tooltip-overlay", "titles"})
_CORRIDO = re.compile(r"translate\(([\d.]+)")
_DECIMALES = re.compile(r"(\d+\.\d)\d+")


@dataclass(frozen=True, slots=True)
class Parte:
    """Una barra: su nombre, su tamaño y lo que se lee de él. ``registros``, cuántos son."""

    rotulo: str
    valor: float
    texto: str
    registros: int


@dataclass(frozen=True, slots=True)
class Grafica:
    """``que`` encabeza la columna de la cifra; ``por``, la de los nombres."""

    titulo: str
    por: str
    que: str
    partes: tuple[Parte, ...]

    @property
    def hay_que_ver(self) -> bool:
        """Si compara algo: dos barras cuando menos, y ninguna negativa."""
        return sum(parte.valor > 0 for parte in self.partes) > 1 and all(parte.valor >= 0 for parte in self.partes)

    @property
    def dibujo(self) -> Markup:
        return draw(self)


@lru_cache(maxsize=256)
def draw(grafica: Grafica) -> Markup:
    """El SVG, con su descripción para quien no lo ve."""
    partes = grafica.partes[:BARRAS]
    raiz = _clean(_with_pygal(partes))
    alto = len(partes) * ALTO_DE_BARRA + BORDE
    dicho = "; ".join(f"{parte.rotulo}, {parte.texto}" for parte in partes)
    raiz.attrib = {"viewBox": f"0 0 {_width_of(raiz)} {alto}", "class": "grafica", "role": "img",
                   "aria-label": f"{grafica.titulo}. {dicho}.", "focusable": "false"}
    return Markup(Arbol.tostring(raiz, encoding="unicode"))  # noqa: S704 (lo escribe ElementTree, que escapa)


def _with_pygal(partes: tuple[Parte, ...]) -> Arbol.Element:
    mayor = max(parte.valor for parte in partes)
    grafica = _load_pygal().HorizontalBar(
        width=ANCHO, height=len(partes) * ALTO_DE_BARRA + BORDE, js=[], css=[], no_prefix=True, show_legend=False,
        show_y_guides=False, print_values=True, print_values_position="top",
        style=_load_estilo(), margin=BORDE // 2, spacing=4, truncate_label=-1, range=(0, mayor * _AIRE))
    grafica.x_labels = [cut_text(parte.rotulo, LARGO_DE_ROTULO) for parte in reversed(partes)]
    grafica.add("", [{"value": parte.valor, "formatter": _siempre(parte.texto)} for parte in reversed(partes)])
    return grafica.render_tree()  # type: ignore[no-any-return]


@cache
def _load_pygal() -> Any:
    """Se carga con la primera gráfica, para no retrasar el arranque.

    Al importarse deja en ``sys.meta_path`` un buscador de sus complementos, viejo, con el que Python avisa en cada
    ``import``: se quita, que aquí no hay complementos.
    """
    import pygal

    sys.meta_path[:] = [uno for uno in sys.meta_path if type(uno).__module__ != pygal.__name__]
    return pygal


@cache
def _load_estilo() -> Any:
    """Solo para que pygal sepa cuánto miden las letras (con holgura: cada sistema tiene las suyas); las pone ``portal.css``."""
    _load_pygal()
    from pygal.style import Style

    return Style(label_font_size=LETRA * 1.15, major_label_font_size=LETRA * 1.15, value_font_size=LETRA)


def _siempre(texto: str) -> object:
    return lambda valor: texto


def _clean(raiz: Arbol.Element) -> Arbol.Element:
    """Sin estilos, guiones, comentarios ni adornos; cada cifra, junto a la punta de su barra."""
    puntas = [float(barra.get("x", 0)) + float(barra.get("width", 0)) for barra in raiz.iter() if _is_barra(barra)]
    for cifra, punta in zip(_cifras(raiz), puntas, strict=True):
        cifra.attrib.update({"x": f"{punta + 5:.1f}", "text-anchor": "start"})
    for padre in list(raiz.iter()):
        for hijo in list(padre):
            if not isinstance(hijo.tag, str) or _tag(hijo) in _SOBRAN or hijo.get("class") in _CLASES_QUE_SOBRAN:
                padre.remove(hijo)
    for uno in raiz.iter():
        for nombre in ("style", "rx", "ry", "id"):
            uno.attrib.pop(nombre, None)
        uno.attrib.update({nombre: _DECIMALES.sub(r"\1", valor) for nombre, valor in uno.attrib.items()})
    return raiz


def _width_of(raiz: Arbol.Element) -> int:
    """Lo ancho del dibujo: si la cifra de una barra larga no cupiera, más de lo previsto."""
    return math.ceil(max(ANCHO, *_ends(raiz, 0.0)))


def _ends(uno: Arbol.Element, corrido: float) -> Iterator[float]:
    """Hasta dónde llega cada cifra, contando lo que sus grupos la corren."""
    movido = _CORRIDO.match(uno.get("transform") or "")
    corrido += float(movido[1]) if movido else 0.0
    if _tag(uno) == "text" and uno.get("class") == "value":
        yield corrido + float(uno.get("x", 0)) + len("".join(uno.itertext())) * LETRA * _POR_LETRA
    for hijo in uno:
        yield from _ends(hijo, corrido)


def _cifras(raiz: Arbol.Element) -> Iterator[Arbol.Element]:
    return (uno for uno in raiz.iter() if _tag(uno) == "text" and uno.get("class") == "value")


def _is_barra(uno: Arbol.Element) -> bool:
    return _tag(uno) == "rect" and "reactive" in (uno.get("class") or "")


def _tag(uno: Arbol.Element) -> str:
    return uno.tag.rpartition("}")[2] if isinstance(uno.tag, str) else ""
