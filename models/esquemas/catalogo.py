"""El catálogo de los conjuntos de datos, para los programas que los recolectan. Lo dicen ``pod`` (``data.json``) y ``dcat``.

Cada conjunto es el mismo ``Conjunto`` que se dice en schema.org dentro de las páginas: allá solo cambia la norma.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.esquemas.dataset import Archivo, Conjunto, Contexto

Documento = dict[str, Any]

CADA: Mapping[str, tuple[str, str]] = {
    "mensual": ("R/P1M", "MONTHLY"), "trimestral": ("R/P3M", "QUARTERLY"), "semestral": ("R/P6M", "ANNUAL_2"),
    "anual": ("R/P1Y", "ANNUAL")}
"""Periodicidad → cómo la dicen POD (ISO 8601) y DCAT; lo demás no tiene fecha fija."""

SIN_FECHA_FIJA = ("irregular", "IRREG")

TODO = "Todo lo publicado, en un solo archivo"
DE_TODO = ("Todos los registros públicos de todas las instituciones, con sus tablas y su diccionario: un CSV por tipo de "
           "información, en un Frictionless Data Package. Se hace cada noche.")


@dataclass(frozen=True, slots=True)
class Contacto:
    """A quién se le pregunta por los datos; el correo puede faltar."""

    nombre: str
    correo: str = ""
    sitio: str = ""


@dataclass(frozen=True, slots=True)
class Entero:
    """El archivo con todo lo publicado: su dirección, cuánto pesa, su huella SHA-256 y de cuándo es."""

    direccion: str
    bytes: int
    sha256: str
    modificado: str


@dataclass(frozen=True, slots=True)
class Indice:
    """Lo que el catálogo dice: de quién es, a quién se pregunta, sus conjuntos y, si se hizo, el archivo con todo.

    ``siglas``: las de la institución, si es el de una. ``partes``: si es el de todas, las siglas y el nombre de cada una.
    """

    titulo: str
    descripcion: str
    contexto: Contexto
    contacto: Contacto
    conjuntos: tuple[Conjunto, ...]
    entero: Entero | None = None
    siglas: str = ""
    partes: tuple[tuple[str, str], ...] = ()

    @property
    def direccion(self) -> str:
        """La suya, en DCAT."""
        return dcat_of(self.contexto.base, self.siglas)

    @property
    def editor(self) -> str:
        """Quién publica: la institución, o el órgano garante lo de todas."""
        return self.contacto.nombre if self.siglas else self.contexto.garante


def dcat_of(base: str, siglas: str) -> str:
    """La dirección del catálogo en DCAT de una institución o, sin siglas, del de todas."""
    return f"{base}/{siglas}/catalogo.jsonld" if siglas else f"{base}/datos/catalogo.jsonld"


def frequency_of(conjunto: Conjunto) -> tuple[str, str]:
    """Cada cuándo se publica, como lo dicen POD y DCAT."""
    formato = conjunto.formato
    return SIN_FECHA_FIJA if formato.es_vigente else CADA.get(str(formato.periodicidad), SIN_FECHA_FIJA)


def form_of(archivo: Archivo) -> str:
    """«CSV», «XLSX»…: con qué acaba su dirección."""
    return archivo.direccion.rpartition(".")[2].upper()


def media_of(archivo: Archivo) -> str:
    """El tipo sin sus parámetros."""
    return archivo.tipo.partition(";")[0]
