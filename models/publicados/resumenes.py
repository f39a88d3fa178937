"""Cuántos registros públicos hay, según ``pub_resumen``: aquí nadie cuenta filas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import Database, fn

from models.conteos import PubResumen
from models.preparadas import Preparada


@dataclass(frozen=True, slots=True)
class ResumenDeEjercicio:
    """Lo público de un formato en un ejercicio. ``ultima`` es el instante en que cambió por última vez."""

    ejercicio: int
    n: int
    ultima: int
    periodos: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResumenDeFormato:
    """Los ejercicios de un formato de una institución, del más nuevo al más viejo; también los que quedaron en cero."""

    ejercicios: tuple[ResumenDeEjercicio, ...] = ()

    def de(self, ejercicio: int) -> ResumenDeEjercicio:
        """El resumen de un ejercicio; en ceros si nunca tuvo nada."""
        hallado = next((r for r in self.ejercicios if r.ejercicio == ejercicio), None)
        return hallado or ResumenDeEjercicio(ejercicio, 0, 0)

    @property
    def con_registros(self) -> tuple[int, ...]:
        return tuple(r.ejercicio for r in self.ejercicios if r.n > 0)

    @property
    def n(self) -> int:
        return sum(r.n for r in self.ejercicios)

    @property
    def ultima(self) -> int:
        return max((r.ultima for r in self.ejercicios), default=0)


_DE_FORMATO = Preparada(lambda sujeto_id, clave: PubResumen.select(
    PubResumen.ejercicio, PubResumen.periodo, PubResumen.n, PubResumen.ultima_publicacion,
).where(PubResumen.sujeto_id == sujeto_id, PubResumen.clave == clave))


def read_resumen(base: Database, sujeto_id: int, clave: str) -> ResumenDeFormato:
    """El resumen de un formato de una institución."""
    return resumen_of(_DE_FORMATO(base, sujeto_id, clave))


def resumen_of(filas: Iterable[tuple[Any, ...]]) -> ResumenDeFormato:
    """De ``(ejercicio, periodo, cuántos, último cambio)``."""
    por_ejercicio: dict[int, list[tuple[str, int, int]]] = {}
    for ejercicio, periodo, n, ultima in filas:
        por_ejercicio.setdefault(ejercicio, []).append((periodo, n, ultima))
    return ResumenDeFormato(tuple(_sumar(e, por_ejercicio[e]) for e in sorted(por_ejercicio, reverse=True)))


def read_por_clave(base: Database, sujeto_id: int) -> dict[str, tuple[int, int]]:
    """clave → (registros públicos, último cambio) de todos los formatos de una institución."""
    filas = (PubResumen.select(PubResumen.clave, fn.SUM(PubResumen.n), fn.MAX(PubResumen.ultima_publicacion))
             .where(PubResumen.sujeto_id == sujeto_id).group_by(PubResumen.clave).bind(base).tuples())
    return {clave: (int(n), int(ultima)) for clave, n, ultima in filas}


def _sumar(ejercicio: int, periodos: Iterable[tuple[str, int, int]]) -> ResumenDeEjercicio:
    renglones = list(periodos)
    return ResumenDeEjercicio(
        ejercicio, sum(n for _, n, _ in renglones), max(ultima for _, _, ultima in renglones),
        {periodo: n for periodo, n, _ in renglones})
