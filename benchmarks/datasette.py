"""Datasette sobre los mismos renglones públicos, para comparar: una tabla con sus columnas, índices y búsqueda FTS5.

Se le da lo mejor para él: la base es de solo lectura (``-i``), con un índice por institución y folio, y sus páginas son de
tantos renglones como las de la casa. Lo demás es tal como viene.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from peewee import sqlite3

from benchmarks.cliente import Cliente, Fallo
from benchmarks.renglones import CLAVE
from benchmarks.servidores import free_port, stop
from models.publicados.paginas import TAMANO

BASE = "publicos.db"
_DEL_SISTEMA = frozenset({"contenido", "catalogo", "numero", "actualizado_en", "validado_en", "desde", "sujeto_id"})
_ESPERA = 120.0


@dataclass(frozen=True, slots=True)
class Datasette:
    """Un Datasette que ya contesta."""

    puerto: int
    proceso: subprocess.Popen[bytes]

    def tabla(self, siglas: str) -> str:
        """La dirección de la página de los renglones de una institución, del más nuevo al más viejo."""
        return self._ruta(sujeto=siglas, _sort_desc="id")

    def buscar(self, palabras: str, siglas: str = "") -> str:
        """La de una búsqueda con FTS, en una institución o en todas."""
        return self._ruta(_search=palabras, **({"sujeto": siglas} if siglas else {}))

    def _ruta(self, **parametros: str) -> str:
        return f"/{BASE.removesuffix('.db')}/{CLAVE}?{urlencode(parametros)}"


@contextmanager
def datasette(datos: Path) -> Iterator[Datasette]:
    """Levanta un Datasette con lo público de esa base; la exporta la primera vez."""
    puerto = free_port()
    orden = [sys.executable, "-m", "datasette", "serve", "-i", str(export(datos)), "--port", str(puerto),
             "--setting", "default_page_size", str(TAMANO), "--setting", "sql_time_limit_ms", "10000"]
    with (datos / "datasette.log").open("wb") as salida:
        proceso = subprocess.Popen(orden, stdout=salida, stderr=salida, stdin=subprocess.DEVNULL)
        try:
            uno = Datasette(puerto, proceso)
            _esperar(uno, datos / "datasette.log")
            yield uno
        finally:
            stop(proceso)


def export(datos: Path) -> Path:
    """La base de Datasette, junto a la de la casa: los mismos renglones, con sus columnas y sus palabras."""
    destino = datos / BASE
    if destino.exists():
        return destino
    haciendose = destino.with_suffix(".haciendose")
    haciendose.unlink(missing_ok=True)
    base = sqlite3.connect(str(haciendose), isolation_level=None)
    try:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute(f"ATTACH '{datos / 'ipomex.db'}' AS casa")
        _copy(base)
    finally:
        base.close()
    return haciendose.rename(destino)


def _copy(base: sqlite3.Connection) -> None:
    columnas = [fila[1] for fila in base.execute(f"PRAGMA casa.table_info('pub_{CLAVE}')") if fila[1] not in _DEL_SISTEMA]
    textos = [fila[1] for fila in base.execute(f"PRAGMA casa.table_info('pub_{CLAVE}')")
              if fila[2].upper() == "TEXT" and fila[1] in columnas and fila[1] != "periodo"]
    suyas = ", ".join(f'p."{columna}"' for columna in columnas)
    base.execute(f'CREATE TABLE "{CLAVE}" (id INTEGER PRIMARY KEY, sujeto TEXT, '
                 + ", ".join(f'"{columna}"' for columna in columnas if columna != "id") + ")")
    base.execute(f'INSERT INTO "{CLAVE}" (sujeto, {suyas.replace("p.", "")}) SELECT s.siglas, {suyas} '
                 f'FROM casa."pub_{CLAVE}" p JOIN casa.pub_sujeto s ON s.sujeto_id = p.sujeto_id ORDER BY p.id')
    base.execute(f'CREATE INDEX por_sujeto ON "{CLAVE}" (sujeto, id)')
    indizadas = ", ".join(f'"{columna}"' for columna in textos)
    base.execute(f'CREATE VIRTUAL TABLE "{CLAVE}_fts" USING fts5({indizadas}, content="{CLAVE}", content_rowid="id", '
                 "tokenize='unicode61 remove_diacritics 2')")
    base.execute(f'INSERT INTO "{CLAVE}_fts" (rowid, {indizadas}) SELECT id, {indizadas} FROM "{CLAVE}"')


def _esperar(uno: Datasette, bitacora: Path) -> None:
    fin = time.monotonic() + _ESPERA
    while time.monotonic() < fin and uno.proceso.poll() is None:
        try:
            Cliente(uno.puerto).ver("/-/versions.json")
            return
        except OSError:
            time.sleep(0.1)
    raise Fallo(f"Datasette no arrancó:\n{bitacora.read_text()[-2000:]}")
