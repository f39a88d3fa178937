"""``python -m benchmarks.linea_base LIBRO BASE``: lo menos que se puede hacer con un libro, leerlo e insertar sus celdas.

Calamine lo lee entero y un ``executemany`` mete cada renglón, tal cual, en una tabla sin más índice que su llave, con los
mismos ajustes de SQLite que la casa. No revisa nada, no busca repetidos ni guarda de quién es. Imprime los segundos.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine

from benchmarks.carga import url_de
from models.motores import abrir


def load(libro: Path, datos: Path) -> dict[str, float]:
    """``{"segundos", "leer", "filas"}`` de leer el libro e insertarlo en una base nueva dentro de ``datos``."""
    inicio = time.perf_counter()
    filas = python_calamine.load_workbook(str(libro)).get_sheet_by_index(0).to_python()
    leido = time.perf_counter()
    base = abrir(url_de(datos))
    base.connect()
    columnas = [f'"{nombre}"' for nombre in filas[0]]
    base.execute_sql(f"CREATE TABLE crudo (id INTEGER PRIMARY KEY, {', '.join(columnas)})")
    with base.atomic():
        base.connection().executemany(f"INSERT INTO crudo ({', '.join(columnas)}) VALUES ({', '.join('?' * len(columnas))})",
                                      _celdas(filas[1:]))
    fin = time.perf_counter()
    base.close()
    return {"segundos": fin - inicio, "leer": leido - inicio, "filas": len(filas) - 1}


def _celdas(filas: list[list[Any]]) -> Iterator[list[Any]]:
    """Las celdas como SQLite las guarda: una fecha, como texto."""
    for fila in filas:
        yield [celda.isoformat() if isinstance(celda, dt.date) else celda for celda in fila]


if __name__ == "__main__":
    print(json.dumps(load(Path(sys.argv[1]), Path(sys.argv[2]))))
