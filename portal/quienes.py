"""Quién es quién en una institución: las áreas de arriba de su organigrama y las primeras personas de su directorio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fracciones_config import Formato
from models.presentacion.arbol import Nodo
from models.publicados import Institucion, Obligacion, Registro
from portal.celdas import Celda, full_cell
from portal.contexto import publicados
from portal.direcciones import to_formato, to_registro
from portal.palabras import title_of

PERSONAS = 5
AREAS = 8
"""Cuántas caben sin que la página deje de ser un resumen."""


@dataclass(frozen=True, slots=True)
class Cara:
    """Una persona del directorio: su nombre, su cargo y cómo encontrarla."""

    nombre: str
    ruta: str
    datos: tuple[Celda, ...]


@dataclass(frozen=True, slots=True)
class Quienes:
    """Lo que la página de la institución enseña; vacío si no ha publicado nada de esto."""

    raices: list[Nodo] = field(default_factory=list)
    areas: int = 0
    ruta_areas: str = ""
    caras: list[Cara] = field(default_factory=list)
    personas: int = 0
    ruta_personas: str = ""

    @property
    def primeras(self) -> list[Nodo]:
        """Las áreas que dependen de la de arriba; si hay varias de arriba, esas."""
        return self.raices[0].hijos if len(self.raices) == 1 else self.raices

    @property
    def caben(self) -> list[Nodo]:
        return self.primeras[:AREAS]


def find_quienes(institucion: Institucion, obligaciones: list[Obligacion]) -> Quienes:
    """Las áreas y las personas públicas de una institución."""
    cuantos = {o.formato.clave: o.n for o in obligaciones}
    gente, siglas = publicados().gente, institucion.siglas
    areas, personas = gente.tabla_de("area"), gente.tabla_de("persona")
    n_areas = cuantos.get(areas.clave, 0) if areas else 0
    n_personas = cuantos.get(personas.clave, 0) if personas else 0
    raices = publicados().organigrama(institucion, areas) if areas and n_areas else []
    caras = [_cara(personas.formato, uno, siglas) for uno in gente.primeras(institucion.id, personas, raices, PERSONAS)
             ] if personas and n_personas else []
    return Quienes(raices, n_areas, to_formato(siglas, areas.clave) if areas else "",
                   caras, n_personas, to_formato(siglas, personas.clave) if personas else "")


def _cara(formato: Formato, registro: Registro, siglas: str) -> Cara:
    return Cara(title_of(formato, registro), to_registro(siglas, formato.clave, registro.folio),
                tuple(_datos(formato, registro, siglas)))


def _datos(formato: Formato, registro: Registro, siglas: str) -> Iterator[Celda]:
    assert formato.proyeccion is not None
    por_columna = {columna: campo for campo, columna in formato.proyeccion.campos.items()}
    for columna in ("cargo", "telefono", "correo"):
        campo = formato.por_nombre.get(por_columna.get(columna, ""))
        if campo is not None and campo.nombre in registro.datos:
            yield full_cell(campo, registro, siglas)
