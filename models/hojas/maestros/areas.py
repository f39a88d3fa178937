"""Las áreas que una hoja nombra: las que ya están y las que vienen en ella, halladas por su folio, su nombre o su camino."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from models.domain.lectores.crudo import DatoInvalido, citar, plegar
from models.folios import de_folio
from models.maestros import Area

CAMINO = " / "


@dataclass(slots=True, eq=False)
class Lugar:
    """Un área, ya guardada (con ``id``) o que apenas viene en la hoja. ``fila`` es la suya en la hoja, si está en ella."""

    nombre: str
    id: int | None = None
    superior: Lugar | None = None
    fila: int | None = None
    mala: bool = False


def read_lugares(sujeto_id: int) -> dict[int, Lugar]:
    """Las áreas vivas de una institución, con su superior."""
    filas = list(Area.select(Area.id, Area.nombre, Area.padre_id).where(Area.sujeto_id == sujeto_id, Area.baja_en.is_null()))
    lugares = {fila.id: Lugar(fila.nombre, fila.id) for fila in filas}
    for fila in filas:
        lugares[fila.id].superior = lugares.get(fila.padre_id)
    return lugares


class Indice:
    """Halla un área por lo que alguien escribió."""

    def __init__(self, lugares: Iterable[Lugar]) -> None:
        self._por_id: dict[int, Lugar] = {}
        self._por_nombre: dict[str, list[Lugar]] = defaultdict(list)
        for lugar in lugares:
            self._por_nombre[plegar(lugar.nombre)].append(lugar)
            if lugar.id is not None:
                self._por_id[lugar.id] = lugar

    def find(self, texto: str) -> Lugar:
        """El área; ``DatoInvalido`` si no está o si el nombre es de varias y no se dijo de cuál depende."""
        try:
            return self._por_id[de_folio(texto)]
        except (ValueError, KeyError):
            pass
        candidatas = self._por_nombre.get(plegar(texto), [])
        if not candidatas and CAMINO in texto:
            superior, _, nombre = (parte.strip() for parte in texto.rpartition(CAMINO))
            candidatas = [lugar for lugar in self._por_nombre.get(plegar(nombre), [])
                          if lugar.superior is not None and plegar(lugar.superior.nombre) == plegar(superior)]
        if len(candidatas) == 1:
            return candidatas[0]
        if candidatas:
            raise DatoInvalido(
                f"Hay {len(candidatas)} áreas que se llaman {citar(texto)}. Escriba «la superior / el área», o el folio.")
        raise DatoInvalido(f"{citar(texto)} no es un área del organigrama.{self._sugerir(texto)}")

    def _sugerir(self, texto: str) -> str:
        parecidas = difflib.get_close_matches(plegar(texto), list(self._por_nombre)[:2000], 1, 0.75)
        return f" ¿Quiso decir «{self._por_nombre[parecidas[0]][0].nombre}»?" if parecidas else ""


def find_en_ciclo(lugares: Iterable[Lugar]) -> set[Lugar]:
    """Las que dependen de sí mismas por algún camino."""
    en_ciclo: set[Lugar] = set()
    limpias: set[Lugar] = set()
    for lugar in lugares:
        camino: dict[Lugar, None] = {}
        arriba: Lugar | None = lugar
        while arriba is not None and arriba not in camino and arriba not in limpias:
            camino[arriba] = None
            arriba = arriba.superior
        if arriba is not None and arriba in camino:
            pasos = list(camino)
            en_ciclo |= set(pasos[pasos.index(arriba):])
        limpias |= camino.keys()
    return en_ciclo
