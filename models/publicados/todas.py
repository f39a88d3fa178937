"""Un formato en todas las instituciones como una sola tabla filtrada: sus páginas, cuántos hay y cuánto suman."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Database, fn

from models.busqueda.alcance import Alcance
from models.busqueda.consulta import parse
from models.busqueda.motores import indice_de
from models.conteos import PubResumen
from models.formatos import Tabla
from models.publicados import acotados
from models.publicados.camino_de_todas import CaminoDeTodas, Pedido, read_pares
from models.publicados.filtros import SIN_FILTRO, Orden, conditions
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.memoria import Memoria
from models.publicados.paginas import TAMANO, Cursor, Pagina, fetch_pagina
from models.publicados.totales import Totales, sum_acotado
from models.sumas import Lugar, PubSuma, Suma, measures_of

RECORDADOS = 200
"""Resúmenes y totales: unos cientos de kB cada uno con trescientas instituciones."""


@dataclass(frozen=True, slots=True)
class ResumenDeTodas:
    """Cuántos registros hay por ``(institución, ejercicio, periodo)``, y cuándo cambió lo público por última vez.

    ``por_anio``: año (o nulo, todos) → institución → cuántos; ``periodos``: año (o nulo) → los que tienen registros.
    """

    conteos: Mapping[tuple[int, int, str], int]
    ultima: int
    por_anio: Mapping[int | None, Mapping[int, int]]
    periodos: Mapping[int | None, frozenset[str]]

    @property
    def ejercicios(self) -> tuple[int, ...]:
        return tuple(sorted((anio for anio in self.por_anio if anio), reverse=True))

    def contar(self, pedido: Pedido) -> int:
        """Cuántos hay de esas instituciones, ese año y ese periodo, sin mirar los demás filtros."""
        ids, periodo = pedido.ids, pedido.filtro.periodo
        if periodo is None:
            return sum(n for sujeto_id, n in self.por_institucion(pedido.ejercicio).items() if sujeto_id in ids)
        return sum(n for (sujeto_id, ejercicio, suyo), n in self.conteos.items() if sujeto_id in ids
                   and pedido.ejercicio in (None, ejercicio) and periodo == suyo)

    def por_institucion(self, ejercicio: int | None) -> Mapping[int, int]:
        """Institución → cuántos registros tiene de ese año (o de todos)."""
        return self.por_anio.get(ejercicio, {})


def _resumir(filas: Iterable[tuple[int, int, str, int, int]]) -> ResumenDeTodas:
    """De renglones ``(institución, ejercicio, periodo, registros, último cambio)``."""
    conteos, ultima = dict[tuple[int, int, str], int](), 0
    por_anio: defaultdict[int | None, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    periodos: defaultdict[int | None, set[str]] = defaultdict(set)
    for sujeto_id, ejercicio, periodo, n, cambio in filas:
        ultima = max(ultima, cambio)
        if not n:
            continue
        conteos[sujeto_id, ejercicio, periodo] = n
        for anio in (None, ejercicio):
            por_anio[anio][sujeto_id] += n
            periodos[anio].add(periodo)
    return ResumenDeTodas(conteos, ultima, por_anio, {anio: frozenset(suyos) for anio, suyos in periodos.items()})


class EnTodas:
    """Se cuelga de ``Publicados``; como ella, necesita una conexión abierta."""

    def __init__(self, base: Database, version: Callable[[], object]) -> None:
        self.base, self._version = base, version
        self._recordado: dict[Hashable, tuple[object, Any]] = {}
        self.instituciones: Callable[[], list[Institucion]] = Memoria(lambda: read_instituciones(base), version)

    def resumen(self, tabla: Tabla) -> ResumenDeTodas:
        """Lo que hay de un formato en cada institución. Se recuerda mientras lo público no cambie."""
        r = PubResumen
        consulta = r.select(r.sujeto_id, r.ejercicio, r.periodo, r.n, r.ultima_publicacion).where(
            r.sujeto_id.in_([una.id for una in self.instituciones()] or [0]), r.clave == tabla.clave)
        return self._recordar(tabla.clave, lambda: _resumir(consulta.bind(self.base).tuples()))  # type: ignore[no-any-return]

    def _recordar(self, llave: Hashable, averiguar: Callable[[], Any]) -> Any:
        """Lo que costó averiguar, mientras la versión de lo público sea la misma. La versión se lee antes."""
        version = self._version()
        guardado = self._recordado.get(llave)
        if guardado is not None and guardado[0] == version:
            return guardado[1]
        if len(self._recordado) >= RECORDADOS:
            self._recordado.clear()
        valor = averiguar()
        self._recordado[llave] = version, valor
        return valor

    def registros(
        self, pedido: Pedido, resumen: ResumenDeTodas, cursor: Cursor | None, tamano: int = TAMANO,
    ) -> Pagina:
        """Una página de ``DeUna``, de lo más nuevo a lo más viejo; en el orden que el filtro pida, si no son demasiados."""
        consulta = parse(pedido.filtro.texto) if pedido.filtro.texto else None
        if not pedido.instituciones or (pedido.filtro.texto and consulta is None):
            return Pagina(es_primera=cursor is None)
        if pedido.filtro.orden is not None and (partes := self._pocos(pedido, resumen)) is not None:
            return self._ordenada(pedido, pedido.filtro.orden, partes, cursor, tamano)
        return fetch_pagina(CaminoDeTodas(self.base, pedido, consulta), cursor, tamano)

    def _ordenada(self, pedido: Pedido, orden: Orden, partes: list[Any], cursor: Cursor | None, tamano: int) -> Pagina:
        publica: Any = pedido.tabla.publica
        columna = publica.periodo if orden.campo == "periodo" else pedido.tabla.field(orden.campo, publica=True)
        filas = list(publica.select(publica.sujeto_id, publica.id, columna).where(*partes).bind(self.base).tuples())
        de = {id_: sujeto_id for sujeto_id, id_, _ in filas}
        campo = pedido.tabla.formato.por_nombre[orden.campo]
        ids = acotados.sort_ids(campo, [(id_, valor) for _, id_, valor in filas], orden.descendente)
        return acotados.cut_pagina(ids, cursor, tamano, lambda visibles: read_pares(
            self.base, pedido, [(de[id_], id_) for id_ in visibles], SIN_FILTRO, tamano))

    def totales(self, pedido: Pedido, resumen: ResumenDeTodas) -> Totales | None:
        """Lo que suma lo que pasa el filtro; ``None`` si para saberlo habría que mirar demasiados."""
        if not measures_of(pedido.tabla).hay or not pedido.instituciones:
            return Totales(pedido.tabla.formato)
        if not pedido.filtro.afina and not pedido.filtro.texto:
            llave = (pedido.tabla, pedido.ejercicio, pedido.ids)
            return self._recordar(llave, lambda: self._sumados(pedido)).del_periodo(pedido.filtro.periodo)  # type: ignore[no-any-return]
        partes = self._pocos(pedido, resumen)
        return None if partes is None else sum_acotado(self.base, pedido.tabla, partes)

    def _sumados(self, pedido: Pedido) -> Totales:
        s = PubSuma
        donde = [s.sujeto_id.in_(sorted(pedido.ids)), s.clave == pedido.tabla.clave, s.con_valor > 0]
        if pedido.ejercicio is not None:
            donde.append(s.ejercicio == pedido.ejercicio)
        lugar = (s.ejercicio, s.periodo, s.campo, s.opcion, s.moneda)
        filas = s.select(*lugar, fn.SUM(s.con_valor), fn.SUM(s.alta), fn.SUM(s.baja)).where(*donde).group_by(*lugar)
        return Totales(pedido.tabla.formato, {
            Lugar(*fila[:5]): Suma(*map(int, fila[5:])) for fila in filas.bind(self.base).tuples()})

    def _pocos(self, pedido: Pedido, resumen: ResumenDeTodas) -> list[Any] | None:
        publica: Any = pedido.tabla.publica
        partes = [publica.sujeto_id.in_(sorted(pedido.ids)), *conditions(pedido.tabla, pedido.filtro)]
        if pedido.ejercicio is not None:
            partes.append(publica.ejercicio == pedido.ejercicio)
        if not pedido.filtro.texto:
            return partes if resumen.contar(pedido) <= acotados.TOPE else None
        consulta = parse(pedido.filtro.texto)
        alcance = Alcance(None, (pedido.tabla.clave,), pedido.ejercicio, pedido.filtro.periodo)
        tope = acotados.TOPE_DE_PALABRAS
        hallados = indice_de(self.base).hallar(consulta, alcance, None, tope + 1) if consulta else []
        return None if len(hallados) > tope else [*partes, publica.id.in_([uno.id for uno in hallados])]

