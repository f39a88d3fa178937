"""Lo que rodea a toda página y es igual en todas: el menú, los estilos y el pie. Se dibuja una vez por catálogo.

Dibujarlo en cada una era la sexta parte de lo que cuesta pintar la página de un formato.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, current_app, render_template
from markupsafe import Markup

from models.domain.catalogo_vigente import Foto
from portal.contexto import foto_o_nada

MENU = (("/instituciones", "Instituciones", ""), ("/cambios", "Cambios", ""), ("/datos", "Datos", " abiertos"),
        ("/acerca", "Acerca", ""))
"""Dirección, nombre, y lo que del nombre solo se ve donde hay lugar (quien oye la página lo oye siempre)."""

_RUTAS = frozenset(ruta for ruta, _, _ in MENU)


@dataclass(slots=True)
class _Dibujadas:
    """Las piezas de una foto del catálogo; ``None``: de las páginas que fallaron antes de tenerla."""

    foto: Foto | None
    piezas: dict[tuple[str, str], Markup] = field(default_factory=dict)


def pieza(plantilla: str, aqui: str = "") -> Markup:
    """La pieza, ya dibujada. Solo dice lo que depende de la marca y del catálogo, y de ``aqui``."""
    dibujadas: _Dibujadas = current_app.extensions["marco"]
    actual = foto_o_nada()
    if dibujadas.foto is not actual:
        dibujadas = current_app.extensions["marco"] = _Dibujadas(actual)
    hecha = dibujadas.piezas.get((plantilla, aqui))
    if hecha is None:
        hecha = Markup(render_template(plantilla, aqui=aqui).rstrip("\n"))  # noqa: S704 (la plantilla ya escapó)
        dibujadas.piezas[plantilla, aqui] = hecha
    return hecha


def menu_en(ruta: str) -> Markup:
    """El menú de una página, que marca en cuál de sus lugares se está."""
    return pieza("_menu.html", ruta if ruta in _RUTAS else "")


def install(app: Flask) -> None:
    """Las deja a la mano de las plantillas."""
    app.extensions["marco"] = _Dibujadas(None)
    app.jinja_env.globals.update(pieza=pieza, menu_en=menu_en, menu=MENU)
