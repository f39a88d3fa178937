"""Los cajones del índice traen de más en las orillas de un rango: aquí se quitan, leyendo solo lo hallado."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from peewee import Database

from fracciones_config import Campo
from models.busqueda.alcance import Alcance, Fechas, Montos
from models.busqueda.indice import Hallado, Par
from models.busqueda.renglones import amounts_of, dates_of
from models.formatos import Tabla


def drop_de_mas(
    base: Database, tablas: Mapping[str, Tabla], hallados: Sequence[Hallado], alcance: Alcance,
) -> list[Hallado]:
    """Los que de veras tienen un monto y una fecha en el rango, en su orden."""
    if alcance.es_exacto or not hallados:
        return list(hallados)
    por_lugar: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for uno in hallados:
        por_lugar[uno.clave, uno.sujeto_id].append(uno.id)
    buenos: set[Par] = set()
    for clave in {clave for clave, _ in por_lugar} & tablas.keys():
        suyos = {sujeto_id: ids for (de, sujeto_id), ids in por_lugar.items() if de == clave}
        buenos |= _cumplen(base, tablas[clave], suyos, alcance)
    return [uno for uno in hallados if uno.par in buenos]


def _cumplen(base: Database, tabla: Tabla, ids: Mapping[int, list[int]], alcance: Alcance) -> set[Par]:
    publica: Any = tabla.publica
    condiciones = [_alguno(tabla, amounts_of(tabla), alcance.montos), _alguno(tabla, dates_of(tabla), alcance.fechas)]
    pedidas = [condicion for condicion in condiciones if condicion is not None]
    if not pedidas:
        return set()
    pares: set[Par] = set()
    for sujeto_id, suyos in ids.items():
        consulta = publica.select(publica.sujeto_id, publica.id).where(
            publica.sujeto_id == sujeto_id, publica.id.in_(suyos), *pedidas)
        pares |= set(consulta.bind(base).tuples())
    return pares


def _alguno(tabla: Tabla, campos: Sequence[Campo], rango: Montos | Fechas | None) -> Any:
    """Que alguno de esos campos esté en el rango; ``None`` si no se pidió rango (o el formato no tiene de esos campos)."""
    if rango is None or not campos:
        return None
    return reduce(or_, (_entre(tabla.field(campo.nombre, publica=True), rango) for campo in campos))


def _entre(columna: Any, rango: Montos | Fechas) -> Any:
    partes = []
    if rango.desde is not None:
        partes.append(columna >= rango.desde)
    if rango.hasta is not None:
        partes.append(columna <= rango.hasta)
    return reduce(lambda una, otra: una & otra, partes) if partes else columna.is_null(False)
