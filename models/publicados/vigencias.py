"""Lo que estuvo vigente al cierre de un año, según ``pub_version``: el pasado se sigue contestando."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import Database, fn

from models.actos import PubVersion
from models.formatos import Tabla
from models.publicados.paginas import Tramo
from models.publicados.registros import FilaPublica, registro_de
from models.reloj import MEXICO

VENTANA = 1000
"""Versiones que se leen cada vez: algunas ya no regían al cierre del año."""

Lugar = tuple[int, int, int]
"""``(desde, registro, número de versión)``: el orden en que se recorren."""


def start_of_year(ejercicio: int) -> int:
    """El instante en que empieza un año en la Ciudad de México."""
    return int(dt.datetime(ejercicio, 1, 1, tzinfo=MEXICO).timestamp() * 1000)


def find_primer_ejercicio(base: Database, sujeto_id: int, clave: str) -> int | None:
    """El año de la primera publicación de un formato; ``None`` si nunca ha publicado."""
    [(desde,)] = list(PubVersion.select(fn.MIN(PubVersion.desde)).where(
        PubVersion.sujeto_id == sujeto_id, PubVersion.clave == clave).bind(base).tuples())
    return dt.datetime.fromtimestamp(desde / 1000, MEXICO).year if desde is not None else None


class AlCierre:
    """Los registros de un formato que regían justo antes de ``corte``, de la publicación más nueva a la más vieja.

    Mira versiones por ventanas hasta llenar el tramo: las que ya no regían al corte se saltan.
    """

    ida_y_vuelta = True

    def __init__(
        self, base: Database, tabla: Tabla, sujeto_id: int, corte: int, ventana: int = VENTANA, *, crudo: bool = False,
    ) -> None:
        self.base, self.tabla, self.sujeto_id, self.corte, self.ventana = base, tabla, sujeto_id, corte, ventana
        self.crudo = crudo

    def tramo(self, desde: int | None, hacia_atras: bool, limite: int) -> Tramo:
        lugar = self._lugar(desde) if desde is not None else None
        if desde is not None and lugar is None:
            return Tramo([])
        vigentes: list[tuple[int, int]] = []
        while True:
            versiones = self._versiones(lugar, hacia_atras)
            vigentes += [(id_, numero) for _, id_, numero, hasta in versiones if hasta is None or hasta >= self.corte]
            if len(vigentes) >= limite or len(versiones) < self.ventana:
                return Tramo(self._leer(vigentes[:limite]))
            lugar = versiones[-1][:3]

    def _versiones(self, lugar: Lugar | None, hacia_atras: bool) -> list[tuple[int, int, int, int | None]]:
        orden = [PubVersion.desde, PubVersion.registro_id, PubVersion.numero]
        consulta = PubVersion.select(*orden, PubVersion.hasta).where(
            PubVersion.sujeto_id == self.sujeto_id, PubVersion.clave == self.tabla.clave,
            PubVersion.desde < self.corte)
        if lugar is not None:
            consulta = consulta.where(_beyond(orden, lugar, hacia_atras))
        consulta = consulta.order_by(*(c.asc() if hacia_atras else c.desc() for c in orden)).limit(self.ventana)
        return list(consulta.bind(self.base).tuples())

    def _lugar(self, registro_id: int) -> Lugar | None:
        """Dónde queda la última versión que ese registro tuvo antes del corte."""
        fila = (PubVersion.select(PubVersion.desde, PubVersion.registro_id, PubVersion.numero)
                .where(PubVersion.sujeto_id == self.sujeto_id, PubVersion.registro_id == registro_id,
                       PubVersion.desde < self.corte)
                .order_by(PubVersion.numero.desc()).bind(self.base).tuples().first())
        return (int(fila[0]), int(fila[1]), int(fila[2])) if fila else None

    def _leer(self, vigentes: list[tuple[int, int]]) -> list[Any]:
        """Los contenidos, por su llave, en el mismo orden."""
        if not vigentes:
            return []
        columnas = [PubVersion.registro_id, PubVersion.ejercicio, PubVersion.periodo, PubVersion.numero,
                    PubVersion.contenido, PubVersion.catalogo, PubVersion.actualizado_en, PubVersion.validado_en,
                    PubVersion.desde]
        filas = PubVersion.select(*columnas).where(
            PubVersion.sujeto_id == self.sujeto_id, PubVersion.registro_id.in_([id_ for id_, _ in vigentes]))
        por_llave = {(fila[0], fila[3]): fila for fila in filas.bind(self.base).tuples()}
        if self.crudo:
            return [FilaPublica._make(por_llave[llave]) for llave in vigentes]
        return [registro_de(self.tabla, *por_llave[llave]) for llave in vigentes]


def _beyond(orden: list[Any], lugar: Lugar, hacia_atras: bool) -> Any:
    """Más allá de ese lugar, dicho de modo que el índice por ``desde`` sirva."""
    desde, registro_id, numero = orden
    if hacia_atras:
        mas_alla = (desde > lugar[0]) | (registro_id > lugar[1]) | ((registro_id == lugar[1]) & (numero > lugar[2]))
        return (desde >= lugar[0]) & mas_alla
    mas_alla = (desde < lugar[0]) | (registro_id < lugar[1]) | ((registro_id == lugar[1]) & (numero < lugar[2]))
    return (desde <= lugar[0]) & mas_alla
