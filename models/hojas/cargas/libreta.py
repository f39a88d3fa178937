"""El expediente de una carga, abierto para consultarlo o anotarle el cotejo: una base SQLite aparte de la principal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import sqlite3

from models.cargas import Carga
from models.domain.errores import ActoImposible
from models.hojas.cargas.carpeta import carpeta


@contextmanager
def libreta(carga: Carga) -> Iterator[Any]:
    """La conexión al expediente; lo escrito se confirma al salir bien. Lanza ``ActoImposible`` si ya no está."""
    ruta = carpeta.ruta_de(carga)
    if not ruta.is_file():
        raise ActoImposible("Lo que se leyó de este libro ya no está guardado. Vuelva a subirlo.")
    conexion = sqlite3.connect(ruta, isolation_level=None)
    try:
        conexion.execute("PRAGMA trusted_schema = 0")
        conexion.execute("PRAGMA synchronous = off")  # se hace otra vez del libro si algo le pasa
        conexion.execute("BEGIN")
        yield conexion
        conexion.execute("COMMIT")
    finally:
        conexion.close()
