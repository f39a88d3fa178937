"""Quién encabeza una institución: las primeras personas de su directorio público."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from peewee import Database

from fracciones_config import Formato
from models.domain.catalogo_vigente import Foto
from models.folios import de_folio
from models.formatos import Tabla
from models.presentacion.arbol import Nodo
from models.publicados.registros import Registro, read_registros, select_publicos

SE_LEEN = 300
"""Personas que se miran para elegir a las primeras: las que se publicaron antes."""


class Gente:
    """La puerta del directorio y de las áreas, sin decir cómo se llaman sus formatos."""

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def tabla_de(self, maestro: str) -> Tabla | None:
        """La tabla del formato que enseña ``area`` o ``persona``; ``None`` si el catálogo no lo pide."""
        actual = self.foto()
        formato = next((f for f in actual.catalogo.activos if f.proyeccion and f.proyeccion.maestro == maestro), None)
        return actual.tablas[formato.clave] if formato else None

    def primeras(self, sujeto_id: int, tabla: Tabla, raices: list[Nodo], cuantas: int) -> list[Registro]:
        """Las primeras del directorio: quienes encabezan las áreas de arriba, y después las demás, por el lugar de su área."""
        publica = tabla.publica
        todas = read_registros(self.base, tabla, select_publicos(tabla, sujeto_id).order_by(publica.id).limit(SE_LEEN))
        areas = list(_por_niveles(raices))
        lugar = {nodo.id: i for i, nodo in enumerate(areas)}
        campo, cargo = _campo_de(tabla.formato, "area"), _campo_de(tabla.formato, "cargo")

        def orden(uno: Registro) -> tuple[bool, int, int]:
            i = lugar.get(_area(uno, campo), len(areas))
            encabeza = i < len(areas) and uno.datos.get(cargo) == areas[i].nota
            return (not encabeza, i, uno.id)

        return sorted(todas, key=orden)[:cuantas]


def _campo_de(formato: Formato, columna: str) -> str:
    assert formato.proyeccion is not None
    return next((campo for campo, suya in formato.proyeccion.campos.items() if suya == columna), columna)


def _area(registro: Registro, campo: str) -> int:
    dato = registro.datos.get(campo)
    return de_folio(str(dato["id"])) if isinstance(dato, dict) and "id" in dato else 0


def _por_niveles(raices: list[Nodo]) -> Iterator[Nodo]:
    """Las áreas: primero las de arriba."""
    nivel = raices
    while nivel:
        yield from nivel
        nivel = [hijo for nodo in nivel for hijo in nodo.hijos]
