"""El estado de todo lo publicado: lo que la portada y la lista de instituciones enseñan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from peewee import Database, fn

from models.conteos import PubResumen


@dataclass(frozen=True, slots=True)
class Conteo:
    """De una institución (o un formato): sus registros, en cuántos formatos (o instituciones), y el último cambio."""

    registros: int = 0
    partes: int = 0
    ultima: int = 0


@dataclass(frozen=True, slots=True)
class Novedad:
    """Algo que cambió en lo público; ``registros`` son los que hay, no los que cambiaron."""

    sujeto_id: int
    clave: str
    ejercicio: int
    periodo: str
    registros: int
    instante: int


@dataclass(frozen=True, slots=True)
class Panorama:
    """Los totales de todo el portal. ``registros_de`` va por (institución, formato)."""

    de_sujeto: Mapping[int, Conteo] = field(default_factory=dict)
    de_clave: Mapping[str, Conteo] = field(default_factory=dict)
    registros_de: Mapping[tuple[int, str], int] = field(default_factory=dict)
    novedades: tuple[Novedad, ...] = ()

    @property
    def registros(self) -> int:
        return sum(conteo.registros for conteo in self.de_sujeto.values())


NOVEDADES = 10
DE_LA_MISMA = 2
"""Novedades que se enseñan, y cuántas de una institución: quien publica mucho no tapa a las demás."""


def read_panorama(base: Database) -> Panorama:
    """Lee los totales. Recorre todo ``pub_resumen``: quien llama lo recuerda (``memoria``)."""
    filas = (PubResumen.select(PubResumen.sujeto_id, PubResumen.clave, fn.SUM(PubResumen.n),
                               fn.MAX(PubResumen.ultima_publicacion))
             .where(PubResumen.n > 0).group_by(PubResumen.sujeto_id, PubResumen.clave).bind(base).tuples())
    parejas: list[tuple[int, int, str]] = []
    de_sujeto: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    de_clave: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    registros_de = {}
    for sujeto_id, clave, n, ultima in filas:
        de_sujeto[sujeto_id].append((int(n), int(ultima)))
        de_clave[clave].append((int(n), int(ultima)))
        registros_de[sujeto_id, clave] = int(n)
        parejas.append((int(ultima), sujeto_id, clave))
    return Panorama({s: _conteo(pares) for s, pares in de_sujeto.items()},
                    {c: _conteo(pares) for c, pares in de_clave.items()}, registros_de, _novedades(base, parejas))


def _conteo(pares: list[tuple[int, int]]) -> Conteo:
    return Conteo(sum(n for n, _ in pares), len(pares), max(ultima for _, ultima in pares))


def _novedades(base: Database, parejas: list[tuple[int, int, str]]) -> tuple[Novedad, ...]:
    """Lo último que cambió: un renglón por institución y formato, con el ejercicio y el periodo en que fue."""
    vistas, elegidas = Counter[int](), []
    for instante, sujeto_id, clave in sorted(parejas, key=lambda una: (-una[0], una[1], una[2])):
        vistas[sujeto_id] += 1
        if vistas[sujeto_id] <= DE_LA_MISMA:
            elegidas.append((sujeto_id, clave, instante))
    return tuple(filter(None, (_novedad(base, *elegida) for elegida in elegidas[:NOVEDADES])))


def _novedad(base: Database, sujeto_id: int, clave: str, instante: int) -> Novedad | None:
    """``None`` si acaba de retirarse."""
    fila = (PubResumen.select().where(PubResumen.sujeto_id == sujeto_id, PubResumen.clave == clave, PubResumen.n > 0)
            .order_by(PubResumen.ultima_publicacion.desc(), PubResumen.ejercicio.desc(), PubResumen.periodo.desc())
            .limit(1).bind(base).first())
    return fila and Novedad(sujeto_id, clave, fila.ejercicio, fila.periodo, fila.n, instante)
