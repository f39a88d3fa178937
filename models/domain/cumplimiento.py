"""Cómo va cada formato en cada periodo: exactamente una de seis situaciones (``diseno.md`` 4).

Se mira el último año: los periodos que ya terminaron y el que corre. Lo vigente se debe desde hoy mientras no haya nada
público; después, basta que en cada periodo se publique algo o se confirme sin cambios, y lo de hoy responde por lo de antes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peewee import Database

from fracciones_config import Formato
from models.ausencias import PubSinInformacion
from models.base import db
from models.conteos import PubResumen
from models.domain.periods import Periodo, periodo, periodos
from models.domain.prorrogas import Lugar, read_prorrogas
from models.reloj import dia_de
from models.sin_cambios import PubSinCambios
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
    """Un formato en un periodo. Lo vigente solo lleva ``periodo`` y ``limite`` si le falta confirmarse en ese periodo.

    Con ``prorroga``, el órgano garante dio más plazo y ``limite`` ya lo cuenta.
    """

    formato: Formato
    situacion: Situacion
    periodo: Periodo | None = None
    limite: dt.date | None = None
    prorroga: bool = False


@dataclass(frozen=True, slots=True)
class Hechos:
    """Lo que la ciudadanía ya puede leer de una institución: con esto se sabe todo.

    ``ultima``: formato → día en que cambió lo público.
    """

    no_aplica: frozenset[str]
    sin_informacion: frozenset[tuple[str, int, str]]
    con_registros: frozenset[tuple[str, int, str]]
    sin_cambios: frozenset[tuple[str, int, str]]
    ultima: Mapping[str, dt.date]
    prorrogas: Mapping[Lugar, dt.date] = field(default_factory=dict)

    def limite(self, formato: Formato, suyo: Periodo) -> dt.date:
        """El último día: el de ley o el de la prórroga, si la hay y llega más lejos."""
        de_ley = suyo.limite(formato.plazo_dias)
        return max(de_ley, self.prorrogas.get((formato.clave, suyo.ejercicio, suyo.clave), de_ley))


def read_cumplimiento(sujeto_id: int, formatos: Iterable[Formato], hoy: dt.date) -> list[Cumplimiento]:
    """Cada formato en cada periodo del último año, lo más viejo primero. Seis consultas, sean cuantos sean."""
    publicado = read_hechos(db, sujeto_id, read_prorrogas(sujeto_id))
    return [uno for formato in formatos for uno in evaluate(formato, publicado, hoy)]


def missing_of(todos: Iterable[Cumplimiento]) -> list[Cumplimiento]:
    """Lo que falta: primero lo vencido hace más tiempo; lo vigente, hasta arriba."""
    faltan = [uno for uno in todos if uno.situacion in FALTA]
    return sorted(faltan, key=lambda uno: (uno.limite or dt.date.min, uno.formato.articulo, uno.formato.numero))


def evaluate(formato: Formato, publicado: Hechos, hoy: dt.date) -> Iterable[Cumplimiento]:
    """Un formato en cada periodo que se mira, según lo publicado: no pregunta nada a la base."""
    if formato.es_vigente:
        yield _de_lo_vigente(formato, publicado, hoy)
        return
    for suyo in del_ultimo_anio(formato, hoy):
        limite = publicado.limite(formato, suyo)
        yield Cumplimiento(formato, _de_periodo(formato.clave, suyo, limite, publicado, hoy), suyo, limite,
                           limite > suyo.limite(formato.plazo_dias))


def del_ultimo_anio(formato: Formato, hoy: dt.date) -> list[Periodo]:
    """Los periodos de un formato que se miran en esa fecha, del más viejo al que corre."""
    return [suyo for anio in (hoy.year - 1, hoy.year) for suyo in periodos(formato.periodicidad, anio)
            if suyo.inicio <= hoy and (hoy - suyo.fin).days <= UN_ANIO]


def _de_lo_vigente(formato: Formato, publicado: Hechos, hoy: dt.date) -> Cumplimiento:
    """Una sola situación: de los periodos sin publicar ni confirmar, manda el último que ya venció."""
    if formato.clave in publicado.no_aplica:
        return Cumplimiento(formato, Situacion.NO_APLICA)
    if formato.clave not in publicado.ultima:
        return Cumplimiento(formato, Situacion.VENCIDO)
    hasta = max([publicado.ultima[formato.clave],
                 *(periodo(anio, suyo).inicio for clave, anio, suyo in publicado.sin_cambios if clave == formato.clave)])
    pendientes = [suyo for suyo in del_ultimo_anio(formato, hoy) if suyo.fin < hoy and suyo.inicio > hasta]
    if not pendientes:
        return Cumplimiento(formato, Situacion.AL_CORRIENTE)
    vencidos = [suyo for suyo in pendientes if hoy > publicado.limite(formato, suyo)]
    suyo = (vencidos or pendientes)[-1]
    limite = publicado.limite(formato, suyo)
    return Cumplimiento(formato, _por_fecha(suyo, limite, hoy), suyo, limite, limite > suyo.limite(formato.plazo_dias))


def _de_periodo(clave: str, periodo: Periodo, limite: dt.date, publicado: Hechos, hoy: dt.date) -> Situacion:
    lugar = (clave, periodo.ejercicio, periodo.clave)
    if clave in publicado.no_aplica:
        return Situacion.NO_APLICA
    if lugar in publicado.sin_informacion:
        return Situacion.SIN_INFORMACION
    if lugar in publicado.con_registros or lugar in publicado.sin_cambios:
        return Situacion.AL_CORRIENTE
    return _por_fecha(periodo, limite, hoy)


def _por_fecha(periodo: Periodo, limite: dt.date, hoy: dt.date) -> Situacion:
    if hoy > limite:
        return Situacion.VENCIDO
    cerca = hoy > periodo.fin and (limite - hoy).days <= POR_VENCER
    return Situacion.POR_VENCER if cerca else Situacion.AUN_NO_TOCA


def read_hechos(base: Database, sujeto_id: int, prorrogas: Mapping[Lugar, dt.date]) -> Hechos:
    """Lo público de una institución, en cuatro consultas a ``base``: solo tablas ``pub_…``, así que el portal también puede."""
    conteos = list(PubResumen.select(
        PubResumen.clave, PubResumen.ejercicio, PubResumen.periodo, PubResumen.ultima_publicacion,
    ).where(PubResumen.sujeto_id == sujeto_id, PubResumen.n > 0).bind(base).tuples())
    no_aplica = PubNoAplica.select(PubNoAplica.clave).where(PubNoAplica.sujeto_id == sujeto_id).bind(base).tuples()
    sin = PubSinInformacion.select(PubSinInformacion.clave, PubSinInformacion.ejercicio, PubSinInformacion.periodo).where(
        PubSinInformacion.sujeto_id == sujeto_id).bind(base).tuples()
    igual = PubSinCambios.select(PubSinCambios.clave, PubSinCambios.ejercicio, PubSinCambios.periodo).where(
        PubSinCambios.sujeto_id == sujeto_id).bind(base).tuples()
    ultima: dict[str, int] = {}
    for clave, _, _, instante in conteos:
        ultima[clave] = max(instante, ultima.get(clave, 0))
    return Hechos(
        frozenset(clave for (clave,) in no_aplica), frozenset(sin), frozenset(fila[:3] for fila in conteos),
        frozenset(igual), {clave: dia_de(instante) for clave, instante in ultima.items()},
        prorrogas)
