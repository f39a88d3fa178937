"""Buscar en todo lo publicado, o en una institución, o en un formato: lo más nuevo primero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from peewee import Database

from models.actos import PubVersion
from models.busqueda.consulta import Consulta
from models.busqueda.indice import TOPE, Par
from models.busqueda.motores import indice_de
from models.formatos import Tabla
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.registros import Registro, registro_de

POR_PAGINA = 20


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Un registro encontrado, con su institución y su formato."""

    institucion: Institucion
    tabla: Tabla
    registro: Registro


@dataclass(frozen=True, slots=True)
class Hallazgos:
    """Una página de resultados. ``total`` mayor que ``tope`` quiere decir «más de ``tope``»."""

    hallazgos: tuple[Hallazgo, ...] = ()
    total: int = 0
    siguiente: int | None = None
    tope: int = TOPE


def fetch_hallazgos(
    base: Database, tablas: Mapping[str, Tabla], consulta: Consulta, sujeto_id: int | None, clave: str | None,
    antes_de: int | None,
) -> Hallazgos:
    """Los registros que tienen todo lo que la consulta pide."""
    indice = indice_de(base)
    pares = indice.buscar(consulta, sujeto_id, clave, antes_de, POR_PAGINA + 1)
    visibles = pares[:POR_PAGINA]
    return Hallazgos(
        tuple(_leer(base, tablas, visibles)), indice.contar(consulta, sujeto_id, clave),
        siguiente=visibles[-1][1] if len(pares) > POR_PAGINA else None)


def _leer(base: Database, tablas: Mapping[str, Tabla], pares: list[Par]) -> Iterable[Hallazgo]:
    """Lo encontrado, de su versión pública de hoy: dice de qué formato es cada uno."""
    if not pares:
        return
    por_sujeto: dict[int, list[int]] = {}
    for sujeto_id, id_ in pares:
        por_sujeto.setdefault(sujeto_id, []).append(id_)
    instituciones = {i.id: i for i in read_instituciones(base, por_sujeto)}
    columnas = [PubVersion.sujeto_id, PubVersion.clave, PubVersion.registro_id, PubVersion.ejercicio,
                PubVersion.periodo, PubVersion.numero, PubVersion.contenido, PubVersion.catalogo,
                PubVersion.actualizado_en, PubVersion.validado_en, PubVersion.desde]
    suyos = reduce(or_, ((PubVersion.sujeto_id == sujeto_id) & PubVersion.registro_id.in_(ids)
                         for sujeto_id, ids in por_sujeto.items()))
    filas = PubVersion.select(*columnas).where(suyos, PubVersion.hasta.is_null()).bind(base).tuples()
    por_par = {(fila[0], fila[2]): fila for fila in filas}
    for par in pares:
        fila = por_par.get(par)
        if fila is not None and fila[1] in tablas and par[0] in instituciones:
            tabla = tablas[fila[1]]
            yield Hallazgo(instituciones[par[0]], tabla, registro_de(tabla, *fila[2:]))
