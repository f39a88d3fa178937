"""Lo que se sabe de lo publicado sin leer registro por registro: sus áreas y, más abajo en la casa, sus totales."""

from __future__ import annotations

from collections.abc import Callable

from peewee import Database

from models.domain.catalogo_vigente import Foto
from models.publicados.instituciones import Institucion
from models.publicados.organigrama import read_areas


class Agregados:
    """Se cuelga de ``Publicados``; como ella, necesita una conexión abierta."""

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def areas(self, institucion: Institucion) -> dict[str, str]:
        """Folio → nombre de las áreas que la institución publicó en su organigrama."""
        actual = self.foto()
        clave = next((f.clave for f in actual.catalogo.formatos if f.proyeccion and f.proyeccion.maestro == "area"), None)
        return read_areas(self.base, actual.tablas[clave], institucion.id) if clave else {}
