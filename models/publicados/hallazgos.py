"""Buscar en lo publicado, por palabras o solo por lo que se acota: en qué orden, y de qué se compone lo hallado."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from peewee import Database

from models.busqueda.alcance import Alcance
from models.busqueda.consulta import Consulta
from models.busqueda.indice import TOPE, Hallado, Indice, Par
from models.busqueda.motores import indice_de
from models.formatos import Tabla
from models.publicados.comprobacion import drop_de_mas
from models.publicados.facetas import Facetas, count_facetas, read_facetas
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.registros import Registro, registro_de
from models.publicados.relevancia import ENTRE, rank
from models.versiones_publicas import columns_of_today

POR_PAGINA = 20

LOTE = 250
LOTES = 4
"""Lo que el índice da de más se comprueba por lotes; después de tantos, la página sigue donde se quedó."""


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Un registro encontrado, con su institución y su formato."""

    institucion: Institucion
    tabla: Tabla
    registro: Registro


class OrdenDeHallazgos(StrEnum):
    """En qué orden van. Sin palabras no hay qué sea más relevante: siempre lo más nuevo primero."""

    RELEVANTES = "relevantes"
    RECIENTES = "recientes"


class Tras(NamedTuple):
    """Dónde acabó una página: el último ``id`` y, si van por relevancia, sus puntos."""

    id: int
    puntos: int | None = None


@dataclass(frozen=True, slots=True)
class Hallazgos:
    """Una página de resultados.

    ``total`` mayor que ``tope`` quiere decir «más de ``tope``», y entonces las facetas son de los ``tope`` más nuevos.
    ``al_menos``: se miró hasta ``tope`` y puede haber más. ``parcial``: faltó mirar, y ``siguiente`` sigue desde ahí.
    ``entre``: si no se ordenaron todos por relevancia, cuántos (los más nuevos); ``resto``, dónde siguen los demás, por fecha.
    """

    hallazgos: tuple[Hallazgo, ...] = ()
    total: int = 0
    siguiente: Tras | None = None
    tope: int = TOPE
    facetas: Facetas = Facetas()
    al_menos: bool = False
    parcial: bool = False
    entre: int | None = None
    resto: Tras | None = None


@dataclass(frozen=True, slots=True)
class Busqueda:
    """Lo que se busca: palabras, un alcance, o las dos cosas."""

    consulta: Consulta | None
    alcance: Alcance
    orden: OrdenDeHallazgos = OrdenDeHallazgos.RECIENTES

    @property
    def esta_vacia(self) -> bool:
        """Si no pide nada, o pide ser de un formato y no hay de cuál."""
        return self.consulta is None and self.alcance.es_todo or self.alcance.claves == ()


@dataclass(frozen=True, slots=True)
class _Tramo:
    """Lo que se enseña en una página, y cómo se sigue: los mismos campos de ``Hallazgos``."""

    visibles: list[Hallado]
    siguiente: Tras | None = None
    parcial: bool = False
    entre: int | None = None
    resto: Tras | None = None


def fetch_hallazgos(base: Database, tablas: Mapping[str, Tabla], busqueda: Busqueda, tras: Tras | None) -> Hallazgos:
    """Los registros que tienen todo lo que se pide. Sin nada que pedir, ninguno."""
    if busqueda.esta_vacia:
        return Hallazgos()
    return _Pesquisa(base, tablas, busqueda).fetch(tras)


class _Pesquisa:
    """Una búsqueda en curso: los ``TOPE`` más nuevos sirven para contar y casi siempre también para la página."""

    def __init__(self, base: Database, tablas: Mapping[str, Tabla], busqueda: Busqueda) -> None:
        self.base, self.tablas, self.busqueda = base, tablas, busqueda
        self.indice: Indice = indice_de(base)

    def fetch(self, tras: Tras | None) -> Hallazgos:
        crudos = self._hallar(None, TOPE + 1)
        hay_mas = len(crudos) > TOPE
        buenos = self._comprobar(crudos)
        fin = crudos[-1].id if hay_mas else None
        if self.busqueda.orden is OrdenDeHallazgos.RELEVANTES and self.busqueda.consulta is not None:
            tramo = self._relevantes(self.busqueda.consulta, buenos[:TOPE], fin, tras)
        else:
            tramo = self._recientes(buenos, fin, tras.id if tras else None)
        exactas = self._contadas() if hay_mas else None
        total = exactas[1] if exactas else len(buenos)
        return Hallazgos(
            tuple(_leer(self.base, self.tablas, tramo.visibles)), total, tramo.siguiente,
            tope=total if exactas else TOPE, facetas=exactas[0] if exactas else count_facetas(buenos[:TOPE]),
            al_menos=hay_mas and not self.busqueda.alcance.es_exacto, parcial=tramo.parcial, entre=tramo.entre,
            resto=tramo.resto)

    def _relevantes(self, consulta: Consulta, buenos: list[Hallado], fin: int | None, tras: Tras | None) -> _Tramo:
        """Lo que mejor responde, de los ``ENTRE`` más nuevos; al acabarse, los demás siguen por fecha."""
        mirados = buenos[:ENTRE]
        sobran = len(buenos) > ENTRE or fin is not None
        puntuados = rank(self.base, self.tablas, consulta, mirados)
        if tras is not None:
            puntuados = [uno for uno in puntuados if uno.lugar < (tras.puntos or 0, tras.id)]
        pagina = puntuados[:POR_PAGINA]
        siguiente = Tras(pagina[-1].hallado.id, pagina[-1].puntos) if len(puntuados) > POR_PAGINA else None
        ultimo = mirados[-1].id if mirados else fin
        resto = Tras(ultimo) if sobran and siguiente is None and ultimo is not None else None
        return _Tramo([uno.hallado for uno in pagina], siguiente, entre=len(mirados) if sobran else None, resto=resto)

    def _recientes(self, buenos: list[Hallado], fin: int | None, antes_de: int | None) -> _Tramo:
        """Lo más nuevo primero."""
        visibles, hasta = self._pagina(buenos, fin, antes_de)
        siguiente = visibles[POR_PAGINA - 1].id if len(visibles) > POR_PAGINA else hasta
        return _Tramo(visibles[:POR_PAGINA], None if siguiente is None else Tras(siguiente),
                      parcial=len(visibles) <= POR_PAGINA and hasta is not None)

    def _pagina(
        self, buenos: list[Hallado], fin: int | None, antes_de: int | None,
    ) -> tuple[list[Hallado], int | None]:
        """Los de la página y uno más; y si se dejó de mirar antes de llenarla, dónde.

        ``fin`` es hasta dónde llegan ``buenos``, si no llegan hasta lo más viejo.
        """
        visibles = [uno for uno in buenos if antes_de is None or uno.id < antes_de][:POR_PAGINA + 1]
        if fin is None or len(visibles) > POR_PAGINA:
            return visibles, None
        desde = fin if antes_de is None else min(fin, antes_de)
        faltan = POR_PAGINA + 1 - len(visibles)
        exacto = self.busqueda.alcance.es_exacto
        for _ in range(LOTES):
            lote = self._hallar(desde, faltan if exacto else LOTE)
            visibles += self._comprobar(lote)
            if len(visibles) > POR_PAGINA or len(lote) < (faltan if exacto else LOTE):
                return visibles[:POR_PAGINA + 1], None
            desde = lote[-1].id
        return visibles, desde

    def _contadas(self) -> tuple[Facetas, int] | None:
        return None if self.busqueda.consulta else read_facetas(self.base, self.tablas, self.busqueda.alcance)

    def _hallar(self, antes_de: int | None, limite: int) -> list[Hallado]:
        return self.indice.hallar(self.busqueda.consulta, self.busqueda.alcance, antes_de, limite)

    def _comprobar(self, crudos: list[Hallado]) -> list[Hallado]:
        conocidos = [uno for uno in crudos if uno.clave in self.tablas]
        return drop_de_mas(self.base, self.tablas, conocidos, self.busqueda.alcance)


def _leer(base: Database, tablas: Mapping[str, Tabla], hallados: Sequence[Hallado]) -> Iterable[Hallazgo]:
    """Lo encontrado, de su versión pública de hoy."""
    if not hallados:
        return
    instituciones = {i.id: i for i in read_instituciones(base, {uno.sujeto_id for uno in hallados})}
    por_clave: dict[str, list[Par]] = {}
    for uno in hallados:
        por_clave.setdefault(uno.clave, []).append(uno.par)
    filas = {par: fila for clave in por_clave.keys() & tablas.keys()
             for par, fila in _copias(base, tablas[clave], por_clave[clave])}
    for uno in hallados:
        if uno.par in filas and uno.sujeto_id in instituciones:
            tabla = tablas[uno.clave]
            yield Hallazgo(instituciones[uno.sujeto_id], tabla, registro_de(tabla, *filas[uno.par]))


def _copias(base: Database, tabla: Tabla, pares: Sequence[Par]) -> Iterable[tuple[Par, tuple[Any, ...]]]:
    """Lo que hoy dicen esos registros de un formato, cada uno por su llave."""
    publica: Any = tabla.publica
    por_sujeto: dict[int, list[int]] = {}
    for sujeto_id, id_ in pares:
        por_sujeto.setdefault(sujeto_id, []).append(id_)
    suyos = reduce(or_, ((publica.sujeto_id == sujeto_id) & publica.id.in_(ids) for sujeto_id, ids in por_sujeto.items()))
    filas = publica.select(publica.sujeto_id, *columns_of_today(publica)).where(suyos)
    return (((fila[0], fila[1]), fila[1:]) for fila in filas.bind(base).tuples())
