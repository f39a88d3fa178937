"""El renglón de un registro en la tabla de su formato, ya dibujado; y el recuerdo de los que se dibujaron hace poco.

Lo que se aprobó no cambia: la misma versión se dibuja igual siempre. Dibujar los renglones es casi la mitad de lo que
cuesta la página de un formato, y la gente vuelve a las mismas.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from fracciones_config import Campo
from models.formatos import Tabla
from models.publicados import Registro
from portal.celdas import Celda, list_cell
from portal.direcciones import to_registro

BREVE = 18
"""Un texto de estas letras, como un número de expediente, no se parte en dos renglones."""

RECORDADOS = 4096
"""Unos 20 MB: los renglones de 160 páginas."""


@dataclass(frozen=True, slots=True)
class De:
    """De qué se dibuja el renglón. Dos con el mismo formato, id, huella y columnas ``elegidas`` se dibujan igual."""

    tabla: Tabla
    siglas: str
    id: int
    huella: int
    columnas: tuple[Campo, ...] = field(compare=False)
    registro: Registro = field(compare=False)
    elegidas: str = ""


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un registro de la tabla: sus celdas en HTML. ``suelto`` lleva a su página si ninguna de ellas pudo.

    ``entero`` es el renglón con solo esas celdas, que es el de casi todas las tablas.
    """

    folio: str
    celdas: Markup
    suelto: str = ""
    entero: Markup = Markup("")

    @staticmethod
    def con(folio: str, celdas: Markup, suelto: str = "") -> Renglon:
        return Renglon(folio, celdas, suelto, Markup('<tr role="row" data-folio="{}">{}</tr>\n').format(folio, celdas))


@lru_cache(maxsize=RECORDADOS)
def draw_renglon(de: De) -> Renglon:
    """Las celdas de un registro; la que lo nombra (o la primera que es puro texto) lleva a su página."""
    folio = de.registro.folio
    ruta = to_registro(de.siglas, de.tabla.clave, folio)
    celdas = [list_cell(campo, de.registro, de.siglas) for campo in de.columnas]
    textos = [i for i, celda in enumerate(celdas) if celda.clase in ("", "parrafo")]
    if not textos:
        return Renglon.con(folio, _html(de, celdas), suelto=ruta)
    i = next((i for i in textos if de.columnas[i].nombre in de.tabla.formato.titulo), textos[0])
    clase = "principal breve" if len(celdas[i].texto) <= BREVE else "principal"
    celdas[i] = replace(celdas[i], clase=clase, enlace=ruta)
    return Renglon.con(folio, _html(de, celdas))


def join_enteros(renglones: Iterable[Renglon]) -> Markup:
    """Los renglones, uno tras otro: Jinja los volvería a escapar uno por uno."""
    return Markup("".join([renglon.entero for renglon in renglones]))  # noqa: S704 (ya vienen escapados)


def install(app: Flask) -> None:
    """Lo deja a la mano de las plantillas."""
    app.jinja_env.globals["enteros"] = join_enteros


def _html(de: De, celdas: list[Celda]) -> Markup:
    pares = [(campo.etiqueta, celda) for campo, celda in zip(de.columnas, celdas, strict=True)]
    piezas: Any = current_app.jinja_env.get_template("_celdas.html").module
    return Markup(piezas.celdas(pares))  # noqa: S704 (la plantilla ya escapó)
