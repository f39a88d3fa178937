"""De qué se compone lo hallado: cuántos de cada institución, formato y año."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peewee import Database, fn

from models.busqueda.alcance import Alcance
from models.busqueda.indice import Hallado
from models.conteos import PubResumen
from models.formatos import Tabla


@dataclass(frozen=True, slots=True)
class Facetas:
    """De lo hallado, cuántos hay de cada institución (por ``id``), formato (por ``clave``) y año, de más a menos."""

    instituciones: Mapping[int, int] = field(default_factory=dict)
    formatos: Mapping[str, int] = field(default_factory=dict)
    ejercicios: Mapping[int, int] = field(default_factory=dict)


def count_facetas(hallados: Sequence[Hallado]) -> Facetas:
    """Las de estos, contados uno por uno."""
    return Facetas(dict(Counter(uno.sujeto_id for uno in hallados).most_common()),
                   dict(Counter(uno.clave for uno in hallados).most_common()),
                   _sin_cero(Counter(uno.ejercicio for uno in hallados)))


def read_facetas(base: Database, tablas: Mapping[str, Tabla], alcance: Alcance) -> tuple[Facetas, int] | None:
    """Las de todo un alcance, y cuántos son: sin rangos, y de una sola institución, los contadores públicos ya lo saben."""
    if alcance.montos or alcance.fechas or alcance.sujeto_id is None:
        return None
    condiciones = [PubResumen.sujeto_id == alcance.sujeto_id, PubResumen.n > 0,
                   PubResumen.clave.in_(list(tablas) if alcance.claves is None else list(alcance.claves))]
    if alcance.ejercicio is not None:
        condiciones.append(PubResumen.ejercicio == alcance.ejercicio)
    if alcance.periodo is not None:
        condiciones.append(PubResumen.periodo == alcance.periodo)
    filas = (PubResumen.select(PubResumen.clave, PubResumen.ejercicio, fn.SUM(PubResumen.n)).where(*condiciones)
             .group_by(PubResumen.clave, PubResumen.ejercicio).bind(base).tuples())
    formatos: Counter[str] = Counter()
    ejercicios: Counter[int] = Counter()
    for clave, ejercicio, n in filas:
        formatos[clave] += int(n)
        ejercicios[ejercicio] += int(n)
    total = formatos.total()
    return Facetas({alcance.sujeto_id: total}, dict(formatos.most_common()), _sin_cero(ejercicios)), total


def _sin_cero(ejercicios: Counter[int]) -> dict[int, int]:
    """Por año, del último al primero; lo vigente no es de ninguno."""
    return {ejercicio: n for ejercicio, n in sorted(ejercicios.items(), reverse=True) if ejercicio}
