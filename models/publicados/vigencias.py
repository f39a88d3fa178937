"""Lo que era público en un instante, según las copias de hoy y ``pub_version``: el pasado se sigue contestando."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import Database, Select, fn

from models.actos import PubVersion
from models.actos_publicos import Clase, PubActo
from models.formatos import Tabla
from models.publicados.cortes import start_of_day
from models.publicados.paginas import Tramo
from models.publicados.registros import FilaPublica, registro_de
from models.reloj import MEXICO
from models.versiones_publicas import columns_of_today

VENTANA = 3000
"""Versiones que se miran cada vez: algunas ya no regían en el instante, o todavía no."""

VENTANAS = 8
"""Las que se miran por tramo; si no bastan, la página lo dice y deja seguir."""

COLUMNAS_DE_VERSION = (
    PubVersion.registro_id, PubVersion.ejercicio, PubVersion.periodo, PubVersion.numero, PubVersion.contenido,
    PubVersion.catalogo, PubVersion.actualizado_en, PubVersion.validado_en, PubVersion.desde)
"""Las de una ``FilaPublica``, en su orden, de una versión que ya no rige."""


def start_of_year(ejercicio: int) -> int:
    """El instante en que empieza un año en la Ciudad de México."""
    return start_of_day(dt.date(ejercicio, 1, 1))


def find_primer_ejercicio(base: Database, sujeto_id: int, clave: str) -> int | None:
    """El año de la primera publicación de un formato; ``None`` si nunca ha publicado."""
    primera = PubActo.select(PubActo.instante).where(
        PubActo.sujeto_id == sujeto_id, PubActo.clave == clave, PubActo.clase == Clase.PUBLICACION,
    ).order_by(PubActo.instante).limit(1).bind(base).tuples()
    return next((dt.datetime.fromtimestamp(instante / 1000, MEXICO).year for (instante,) in primera), None)


class AlCorte:
    """Los registros de un ejercicio (0, lo vigente) que eran públicos justo antes de ``corte``, del más nuevo al más viejo.

    Son las de hoy, que se hallan por el índice de la tabla pública, y las que ya no rigen, por el suyo. Mira
    cuando más ``VENTANAS`` ventanas de cada una por tramo, aunque haya un millón.
    """

    ida_y_vuelta = True

    def __init__(
        self, base: Database, tabla: Tabla, sujeto_id: int, ejercicio: int, corte: int, ventana: int = VENTANA, *,
        crudo: bool = False,
    ) -> None:
        self.base, self.tabla, self.sujeto_id, self.ejercicio, self.corte = base, tabla, sujeto_id, ejercicio, corte
        self.ventana, self.crudo = ventana, crudo

    def tramo(self, desde: int | None, hacia_atras: bool, limite: int) -> Tramo:
        filas: list[FilaPublica] = []
        for _ in range(VENTANAS):
            borde = self._borde(desde, hacia_atras)
            filas += self._leer(desde, borde, hacia_atras, limite - len(filas))
            if len(filas) == limite or borde is None:
                return Tramo(self._armar(filas))
            desde = borde
        return Tramo(self._armar(filas), desde)

    def _leer(self, desde: int | None, borde: int | None, hacia_atras: bool, limite: int) -> list[FilaPublica]:
        """Las que regían después de ``desde`` y hasta ``borde``, de las dos partes juntas."""
        filas: list[FilaPublica] = []
        for consulta, id_ in (self._abiertas(), self._cerradas()):
            consulta = _between(consulta, id_, desde, borde, hacia_atras)
            orden = id_.asc() if hacia_atras else id_.desc()
            filas += map(FilaPublica._make, consulta.order_by(orden).limit(limite).bind(self.base).tuples())
        return sorted(filas, key=lambda fila: fila.id, reverse=not hacia_atras)[:limite]

    def _abiertas(self) -> tuple[Any, Any]:
        """Las versiones de hoy, si ya lo eran."""
        publica: Any = self.tabla.publica
        ya_regia = publica.validado_en + 0 < self.corte  # sin el «+ 0», SQLite va por el índice de las fechas: todos los años
        consulta = publica.select(*columns_of_today(publica)).where(
            publica.sujeto_id == self.sujeto_id, publica.ejercicio == self.ejercicio, ya_regia)
        return consulta, publica.id

    def _cerradas(self) -> tuple[Any, Any]:
        """Las que se corrigieron o se retiraron después."""
        return PubVersion.select(*COLUMNAS_DE_VERSION).where(
            *self._de_las_cerradas(), PubVersion.desde < self.corte, PubVersion.hasta >= self.corte), PubVersion.registro_id

    def _de_las_cerradas(self) -> tuple[Any, ...]:
        return (PubVersion.sujeto_id == self.sujeto_id, PubVersion.clave == self.tabla.clave,
                PubVersion.ejercicio == self.ejercicio, PubVersion.hasta.is_null(False))

    def _borde(self, desde: int | None, hacia_atras: bool) -> int | None:
        """Hasta dónde llega la ventana, leído solo de los índices; ``None`` si alcanza para todo lo que queda."""
        publica: Any = self.tabla.publica
        de_hoy = publica.select(publica.id).where(publica.sujeto_id == self.sujeto_id, publica.ejercicio == self.ejercicio)
        cerradas = PubVersion.select(PubVersion.registro_id.alias("id")).where(*self._de_las_cerradas())
        bordes = []
        for consulta, id_ in ((de_hoy, publica.id), (cerradas, PubVersion.registro_id)):
            orden = id_.asc() if hacia_atras else id_.desc()
            dentro = _between(consulta, id_, desde, None, hacia_atras).order_by(orden).limit(self.ventana)
            extremo = fn.MAX(dentro.c.id) if hacia_atras else fn.MIN(dentro.c.id)
            [(n, borde)] = list(Select([dentro], [fn.COUNT(dentro.c.id), extremo]).bind(self.base).tuples())
            bordes += [int(borde)] if n == self.ventana else []
        return (min if hacia_atras else max)(bordes) if bordes else None

    def _armar(self, filas: list[FilaPublica]) -> list[Any]:
        return filas if self.crudo else [registro_de(self.tabla, *fila) for fila in filas]


def _between(consulta: Any, id_: Any, desde: int | None, borde: int | None, hacia_atras: bool) -> Any:
    if desde is not None:
        consulta = consulta.where(id_ > desde if hacia_atras else id_ < desde)
    if borde is not None:
        consulta = consulta.where(id_ <= borde if hacia_atras else id_ >= borde)
    return consulta
