"""Buscar en lo publicado, por palabras o solo por lo que se acota: lo más nuevo primero, y de qué se compone lo hallado."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from peewee import Database, fn

from models.actos import PubVersion
from models.busqueda.alcance import Alcance
from models.busqueda.consulta import Consulta
from models.busqueda.indice import TOPE, Hallado, Indice, Par
from models.busqueda.motores import indice_de
from models.conteos import PubResumen
from models.formatos import Tabla
from models.publicados.comprobacion import drop_de_mas
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.registros import Registro, registro_de

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


@dataclass(frozen=True, slots=True)
class Facetas:
    """De lo hallado, cuántos hay de cada institución (por ``id``), formato (por ``clave``) y año, de más a menos."""

    instituciones: Mapping[int, int] = field(default_factory=dict)
    formatos: Mapping[str, int] = field(default_factory=dict)
    ejercicios: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hallazgos:
    """Una página de resultados.

    ``total`` mayor que ``tope`` quiere decir «más de ``tope``», y entonces las facetas son de los ``tope`` más nuevos.
    ``al_menos``: se miró hasta ``tope`` y puede haber más. ``parcial``: faltó mirar, y ``siguiente`` sigue desde ahí.
    """

    hallazgos: tuple[Hallazgo, ...] = ()
    total: int = 0
    siguiente: int | None = None
    tope: int = TOPE
    facetas: Facetas = Facetas()
    al_menos: bool = False
    parcial: bool = False


@dataclass(frozen=True, slots=True)
class Busqueda:
    """Lo que se busca: palabras, un alcance, o las dos cosas."""

    consulta: Consulta | None
    alcance: Alcance

    @property
    def esta_vacia(self) -> bool:
        """Si no pide nada, o pide ser de un formato y no hay de cuál."""
        return self.consulta is None and self.alcance.es_todo or self.alcance.claves == ()


def fetch_hallazgos(base: Database, tablas: Mapping[str, Tabla], busqueda: Busqueda, antes_de: int | None) -> Hallazgos:
    """Los registros que tienen todo lo que se pide. Sin nada que pedir, ninguno."""
    if busqueda.esta_vacia:
        return Hallazgos()
    return _Pesquisa(base, tablas, busqueda).fetch(antes_de)


class _Pesquisa:
    """Una búsqueda en curso: los ``TOPE`` más nuevos sirven para contar y casi siempre también para la página."""

    def __init__(self, base: Database, tablas: Mapping[str, Tabla], busqueda: Busqueda) -> None:
        self.base, self.tablas, self.busqueda = base, tablas, busqueda
        self.indice: Indice = indice_de(base)

    def fetch(self, antes_de: int | None) -> Hallazgos:
        crudos = self._hallar(None, TOPE + 1)
        hay_mas = len(crudos) > TOPE
        buenos = self._comprobar(crudos)
        visibles, hasta = self._pagina(buenos, crudos[-1].id if hay_mas else None, antes_de)
        siguiente = visibles[POR_PAGINA - 1].id if len(visibles) > POR_PAGINA else hasta
        exacto = self.busqueda.alcance.es_exacto
        exactas = self._exactas() if hay_mas else None
        total = exactas[1] if exactas else len(buenos)
        return Hallazgos(
            tuple(_leer(self.base, self.tablas, visibles[:POR_PAGINA])), total, siguiente,
            tope=total if exactas else TOPE, facetas=exactas[0] if exactas else _facetas(buenos[:TOPE]),
            al_menos=hay_mas and not exacto, parcial=len(visibles) <= POR_PAGINA and hasta is not None)

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

    def _hallar(self, antes_de: int | None, limite: int) -> list[Hallado]:
        return self.indice.hallar(self.busqueda.consulta, self.busqueda.alcance, antes_de, limite)

    def _comprobar(self, crudos: list[Hallado]) -> list[Hallado]:
        conocidos = [uno for uno in crudos if uno.clave in self.tablas]
        return drop_de_mas(self.base, self.tablas, conocidos, self.busqueda.alcance)

    def _exactas(self) -> tuple[Facetas, int] | None:
        """Sin palabras ni rangos, y de una sola institución, los contadores públicos ya saben cuántos hay."""
        alcance = self.busqueda.alcance
        if self.busqueda.consulta or alcance.montos or alcance.fechas or alcance.sujeto_id is None:
            return None
        condiciones = [PubResumen.sujeto_id == alcance.sujeto_id, PubResumen.n > 0,
                       PubResumen.clave.in_(list(self.tablas) if alcance.claves is None else list(alcance.claves))]
        if alcance.ejercicio is not None:
            condiciones.append(PubResumen.ejercicio == alcance.ejercicio)
        if alcance.periodo is not None:
            condiciones.append(PubResumen.periodo == alcance.periodo)
        filas = (PubResumen.select(PubResumen.clave, PubResumen.ejercicio, fn.SUM(PubResumen.n)).where(*condiciones)
                 .group_by(PubResumen.clave, PubResumen.ejercicio).bind(self.base).tuples())
        formatos: Counter[str] = Counter()
        ejercicios: Counter[int] = Counter()
        for clave, ejercicio, n in filas:
            formatos[clave] += int(n)
            ejercicios[ejercicio] += int(n)
        total = formatos.total()
        return Facetas({alcance.sujeto_id: total}, dict(formatos.most_common()), _sin_cero(ejercicios)), total


def _facetas(hallados: Sequence[Hallado]) -> Facetas:
    return Facetas(dict(Counter(uno.sujeto_id for uno in hallados).most_common()),
                   dict(Counter(uno.clave for uno in hallados).most_common()),
                   _sin_cero(Counter(uno.ejercicio for uno in hallados)))


def _sin_cero(ejercicios: Counter[int]) -> dict[int, int]:
    """Por año, del último al primero; lo vigente no es de ninguno."""
    return {ejercicio: n for ejercicio, n in sorted(ejercicios.items(), reverse=True) if ejercicio}


def _leer(base: Database, tablas: Mapping[str, Tabla], hallados: Sequence[Hallado]) -> Iterable[Hallazgo]:
    """Lo encontrado, de su versión pública de hoy."""
    if not hallados:
        return
    por_sujeto: dict[int, list[int]] = {}
    for uno in hallados:
        por_sujeto.setdefault(uno.sujeto_id, []).append(uno.id)
    instituciones = {i.id: i for i in read_instituciones(base, por_sujeto)}
    columnas = [PubVersion.sujeto_id, PubVersion.clave, PubVersion.registro_id, PubVersion.ejercicio,
                PubVersion.periodo, PubVersion.numero, PubVersion.contenido, PubVersion.catalogo,
                PubVersion.actualizado_en, PubVersion.validado_en, PubVersion.desde]
    suyos = reduce(or_, ((PubVersion.sujeto_id == sujeto_id) & PubVersion.registro_id.in_(ids)
                         for sujeto_id, ids in por_sujeto.items()))
    filas = PubVersion.select(*columnas).where(suyos, PubVersion.hasta.is_null()).bind(base).tuples()
    por_par: dict[Par, tuple[object, ...]] = {(fila[0], fila[2]): fila for fila in filas}
    for uno in hallados:
        fila = por_par.get(uno.par)
        if fila is not None and fila[1] in tablas and uno.sujeto_id in instituciones:
            tabla = tablas[str(fila[1])]
            yield Hallazgo(instituciones[uno.sujeto_id], tabla, registro_de(tabla, *fila[2:]))
