"""El pulso de todas las instituciones en un instante, leído tan barato que se puede preguntar en cada petición.

En SQLite basta ``PRAGMA data_version``: mientras nadie confirme nada en la base, lo último que se leyó sigue valiendo. En
PostgreSQL es la suma de los pulsos, que solo crece.
"""

from __future__ import annotations

import os
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import Database, SqliteDatabase

from models.motores import abrir_suelta

CADA = 1.0
"""Segundos: cada cuánto se mira si el archivo de la base es otro."""

_TODOS = "SELECT sujeto_id, n FROM pub_pulso"


@dataclass(frozen=True, slots=True)
class Latidos:
    """``de_cada``: sujeto → su pulso. ``suma`` cambia cuando cambia el de cualquiera; ``ultimo`` es el más reciente.

    ``vida`` cambia si la base es otra (se restauró un respaldo): sus pulsos no se comparan con los de antes.
    """

    de_cada: Mapping[int, int] = field(default_factory=dict)
    suma: int = 0
    ultimo: int = 0
    vida: int = 0

    @staticmethod
    def con(filas: Any, vida: int = 0) -> Latidos:
        de_cada = {int(sujeto): int(n) for sujeto, n in filas}
        return Latidos(de_cada, sum(de_cada.values()), max(de_cada.values(), default=0), vida)

    def de(self, sujeto_id: int | None) -> int:
        """El de uno, o el de todos."""
        return self.suma if sujeto_id is None else self.de_cada.get(sujeto_id, 0)

    def instante(self, sujeto_id: int | None) -> int:
        """Cuándo cambió por última vez lo público de uno, o de todos; 0 si nunca."""
        return self.ultimo if sujeto_id is None else self.de_cada.get(sujeto_id, 0)


class Pulsometro(ABC):
    """Da los latidos de este momento. Se usa desde cualquier hilo."""

    @abstractmethod
    def __call__(self) -> Latidos:
        """Los de ahora: lo que se lea después de esto es igual de nuevo, o más. Lanza los errores de la base."""

    def cerrar(self) -> None:
        """Suelta lo que tenga abierto; la siguiente vez lo vuelve a abrir."""
        return


class DeSqlite(Pulsometro):
    """Una conexión propia, de solo lectura, que comparten los hilos: preguntar cuesta unos microsegundos.

    Si mientras uno esperaba otro empezó y acabó de preguntar, la respuesta les sirve a los dos: es posterior a su llegada.
    """

    def __init__(self, base: SqliteDatabase) -> None:
        self._base, self._candado = base, threading.Lock()
        self._conexion: Any = None
        self._archivo, self._se_mira = (0, 0), 0.0
        self._vida = 0
        self._visto: tuple[int, Latidos] | None = None
        self._empezadas = self._acabadas = 0

    def __call__(self) -> Latidos:
        al_llegar = self._empezadas
        with self._candado:
            if self._acabadas > al_llegar and self._visto is not None:
                return self._visto[1]
            self._empezadas += 1
            latidos = self._preguntar()
            self._acabadas = self._empezadas
            return latidos

    def _preguntar(self) -> Latidos:
        self._abrir()
        version = self._conexion.execute("PRAGMA data_version").fetchone()[0]
        if self._visto is None or self._visto[0] != version:
            self._visto = version, Latidos.con(self._conexion.execute(_TODOS), self._vida)
        return self._visto[1]

    def cerrar(self) -> None:
        with self._candado:
            self._soltar()

    def _abrir(self) -> None:
        """Abre el archivo, o lo vuelve a abrir si en su lugar hay otro: eso se mira de vez en cuando."""
        ahora = time.monotonic()
        if self._conexion is not None and ahora < self._se_mira:
            return
        self._se_mira = ahora + CADA
        estado = os.stat(self._base.database)
        archivo = estado.st_dev, estado.st_ino
        if self._conexion is None or archivo != self._archivo:
            self._soltar()
            self._conexion, self._archivo, self._vida = abrir_suelta(self._base), archivo, self._vida + 1

    def _soltar(self) -> None:
        conexion, self._conexion, self._visto = self._conexion, None, None
        if conexion is not None:
            conexion.close()


class DePostgres(Pulsometro):
    """Una consulta por vez, en la conexión que toque."""

    def __init__(self, base: Database) -> None:
        self._base = base
        self._visto = Latidos()

    def __call__(self) -> Latidos:
        with self._base.connection_context():
            suma = int(self._base.execute_sql("SELECT coalesce(sum(n), 0) FROM pub_pulso").fetchone()[0])
            visto = self._visto
            if visto.suma != suma:
                visto = self._visto = Latidos.con(self._base.execute_sql(_TODOS).fetchall())
            return visto


def pulsometro_de(base: Database) -> Pulsometro:
    """El del motor de esa base."""
    return DeSqlite(base) if isinstance(base, SqliteDatabase) else DePostgres(base)
