"""Qué formatos se podrían confirmar sin cambios hoy: los que deben un periodo y ya tienen algo público.

Con pocas consultas, sean cuantos sean los formatos; la última palabra la tiene ``sin_cambios.confirm``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import fn

from fracciones_config import Formato
from models.conteos import PubResumen, Tablero
from models.domain.ausencias import PROPUESTA
from models.domain.cumplimiento import Cumplimiento, Situacion, read_cumplimiento
from models.domain.periods import Periodo
from models.domain.permissions import Actor
from models.domain.sin_cambios import SIN_PUBLICAR
from models.sin_cambios import Confirmacion

DEBIDAS = frozenset({Situacion.VENCIDO, Situacion.POR_VENCER, Situacion.AUN_NO_TOCA})


@dataclass(frozen=True, slots=True)
class PorConfirmar:
    """Un formato en un periodo que terminó sin que se publicara nada.

    ``sin_publicar``: registros del formato con cambios que la ciudadanía no ve; con alguno no se puede confirmar.
    ``ultima``: instante de la última publicación.
    """

    formato: Formato
    periodo: Periodo
    limite: dt.date
    vencido: bool
    sin_publicar: int
    ultima: int
    propuesta: bool

    @property
    def se_puede(self) -> bool:
        return not self.sin_publicar and not self.propuesta

    @property
    def marca(self) -> str:
        """Cómo se nombra en un formulario: ``formato:ejercicio:periodo``."""
        return f"{self.formato.clave}:{self.periodo.ejercicio}:{self.periodo.clave}"


def por_confirmar(actor: Actor, formatos: Iterable[Formato], hoy: dt.date) -> list[PorConfirmar]:
    """Lo que la persona podría confirmar, en el orden de la ley y luego del calendario."""
    sujeto_id = actor.sujeto_id or 0
    ultimas: dict[str, int] = dict(PubResumen.select(PubResumen.clave, fn.MAX(PubResumen.ultima_publicacion)).where(
        PubResumen.sujeto_id == sujeto_id, PubResumen.n > 0).group_by(PubResumen.clave).tuples())
    debidos = [uno for uno in read_cumplimiento(sujeto_id, formatos, hoy)
               if uno.formato.clave in ultimas and _termino_sin_nada(uno, hoy)]
    if not debidos:
        return []
    pendientes: dict[str, int] = dict(Tablero.select(Tablero.clave, fn.SUM(Tablero.n)).where(
        Tablero.sujeto_id == sujeto_id, Tablero.estado.in_(SIN_PUBLICAR)).group_by(Tablero.clave).tuples())
    propuestas = set(Confirmacion.select(Confirmacion.clave, Confirmacion.ejercicio, Confirmacion.periodo).where(
        Confirmacion.sujeto_id == sujeto_id, Confirmacion.situacion == PROPUESTA).tuples())
    return [PorConfirmar(
        uno.formato, suyo, uno.limite, uno.situacion is Situacion.VENCIDO, int(pendientes.get(uno.formato.clave, 0)),
        ultimas[uno.formato.clave], (uno.formato.clave, suyo.ejercicio, suyo.clave) in propuestas)
        for uno in debidos if (suyo := uno.periodo) and uno.limite]


def _termino_sin_nada(uno: Cumplimiento, hoy: dt.date) -> bool:
    return uno.situacion in DEBIDAS and uno.periodo is not None and uno.periodo.fin < hoy
