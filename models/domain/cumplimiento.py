"""Cómo va cada formato en cada periodo: exactamente una de seis situaciones (``diseno.md`` 4).

Se mira el último año: los periodos que ya terminaron y el que corre. Lo vigente no tiene periodos: o hay algo publicado, o
se debe desde hoy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fracciones_config import Formato
from models.ausencias import PubSinInformacion
from models.conteos import PubResumen
from models.domain.periods import Periodo, periodos
from models.sujetos import PubNoAplica

POR_VENCER = 10
"""Días antes del límite en que se avisa."""

UN_ANIO = 365


class Situacion(StrEnum):
    """Dónde está un formato en un periodo."""

    NO_APLICA = "no_aplica"
    SIN_INFORMACION = "sin_informacion"
    AL_CORRIENTE = "al_corriente"
    POR_VENCER = "por_vencer"
    VENCIDO = "vencido"
    AUN_NO_TOCA = "aun_no_toca"


FALTA = frozenset({Situacion.POR_VENCER, Situacion.VENCIDO})


@dataclass(frozen=True, slots=True)
class Cumplimiento:
    """Un formato en un periodo. Lo vigente no lleva ``periodo`` ni ``limite``."""

    formato: Formato
    situacion: Situacion
    periodo: Periodo | None = None
    limite: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Publicado:
    """Lo que la ciudadanía ya puede leer: con cuatro cosas se sabe todo."""

    no_aplica: frozenset[str]
    sin_informacion: frozenset[tuple[str, int, str]]
    con_registros: frozenset[tuple[str, int, str]]
    con_algo: frozenset[str]


def read_cumplimiento(sujeto_id: int, formatos: Iterable[Formato], hoy: dt.date) -> list[Cumplimiento]:
    """Cada formato en cada periodo del último año, lo más viejo primero. Tres consultas, sean cuantos sean."""
    publicado = _read_publicado(sujeto_id)
    return [uno for formato in formatos for uno in _de_formato(formato, publicado, hoy)]


def missing_of(todos: Iterable[Cumplimiento]) -> list[Cumplimiento]:
    """Lo que falta: primero lo vencido hace más tiempo; lo vigente, hasta arriba."""
    faltan = [uno for uno in todos if uno.situacion in FALTA]
    return sorted(faltan, key=lambda uno: (uno.limite or dt.date.min, uno.formato.articulo, uno.formato.numero))


def _de_formato(formato: Formato, publicado: _Publicado, hoy: dt.date) -> Iterable[Cumplimiento]:
    if formato.es_vigente:
        yield Cumplimiento(formato, _de_lo_vigente(formato.clave, publicado))
        return
    for anio in (hoy.year - 1, hoy.year):
        for periodo in periodos(formato.periodicidad, anio):
            if periodo.inicio <= hoy and (hoy - periodo.fin).days <= UN_ANIO:
                limite = periodo.limite(formato.plazo_dias)
                yield Cumplimiento(formato, _de_periodo(formato.clave, periodo, limite, publicado, hoy), periodo, limite)


def _de_lo_vigente(clave: str, publicado: _Publicado) -> Situacion:
    if clave in publicado.no_aplica:
        return Situacion.NO_APLICA
    return Situacion.AL_CORRIENTE if clave in publicado.con_algo else Situacion.VENCIDO


def _de_periodo(clave: str, periodo: Periodo, limite: dt.date, publicado: _Publicado, hoy: dt.date) -> Situacion:
    lugar = (clave, periodo.ejercicio, periodo.clave)
    if clave in publicado.no_aplica:
        return Situacion.NO_APLICA
    if lugar in publicado.sin_informacion:
        return Situacion.SIN_INFORMACION
    if lugar in publicado.con_registros:
        return Situacion.AL_CORRIENTE
    if hoy > limite:
        return Situacion.VENCIDO
    cerca = hoy > periodo.fin and (limite - hoy).days <= POR_VENCER
    return Situacion.POR_VENCER if cerca else Situacion.AUN_NO_TOCA


def _read_publicado(sujeto_id: int) -> _Publicado:
    conteos = list(PubResumen.select(PubResumen.clave, PubResumen.ejercicio, PubResumen.periodo).where(
        PubResumen.sujeto_id == sujeto_id, PubResumen.n > 0).tuples())
    no_aplica = PubNoAplica.select(PubNoAplica.clave).where(PubNoAplica.sujeto_id == sujeto_id).tuples()
    sin = PubSinInformacion.select(PubSinInformacion.clave, PubSinInformacion.ejercicio, PubSinInformacion.periodo).where(
        PubSinInformacion.sujeto_id == sujeto_id).tuples()
    return _Publicado(frozenset(clave for (clave,) in no_aplica), frozenset(sin), frozenset(conteos),
                      frozenset(clave for clave, _, _ in conteos))
