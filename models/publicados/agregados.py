"""Lo que se sabe de lo publicado sin leer registro por registro: sus totales y sus áreas."""

from __future__ import annotations

from collections.abc import Callable

from peewee import Database

from models.domain.catalogo_vigente import Foto
from models.formatos import Tabla
from models.publicados.acotados import find_acotado
from models.publicados.filtros import Filtro
from models.publicados.instituciones import Institucion
from models.publicados.organigrama import read_areas
from models.publicados.resumenes import ResumenDeEjercicio
from models.publicados.totales import Totales, read_totales, sum_acotado


class Agregados:
    """Se cuelga de ``Publicados``; como ella, necesita una conexión abierta."""

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def totales(
        self, institucion: Institucion, tabla: Tabla, resumen: ResumenDeEjercicio, filtro: Filtro,
    ) -> Totales | None:
        """Lo que suma lo que pasa el filtro en ese ejercicio; ``None`` si para saberlo habría que mirar demasiados."""
        if not filtro.afina and not filtro.texto:
            return read_totales(self.base, tabla, institucion.id, resumen.ejercicio).del_periodo(filtro.periodo)
        partes = find_acotado(self.base, tabla, institucion.id, resumen, filtro)
        return None if partes is None else sum_acotado(self.base, tabla, partes)

    def areas(self, institucion: Institucion) -> dict[str, str]:
        """Folio → nombre de las áreas que la institución publicó en su organigrama."""
        actual = self.foto()
        clave = next((f.clave for f in actual.catalogo.formatos if f.proyeccion and f.proyeccion.maestro == "area"), None)
        return read_areas(self.base, actual.tablas[clave], institucion.id) if clave else {}
