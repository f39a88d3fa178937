"""``python -m benchmarks.descargas DATOS FILAS_DE_LIBRO``: lo que cuesta escribir un CSV de todo y un libro de Excel.

La referencia es ``csv.writer`` sobre un cursor crudo de los mismos renglones y las mismas columnas, como texto y tal como están
en la base: el id en vez del folio, los instantes sin decir, los motivos en blanco. Se turnan, para que lo que estorbe a una
estorbe a la otra.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.carga import url_de
from benchmarks.instituciones import GRANDE
from benchmarks.renglones import CLAVE
from models.base import db
from models.domain.catalogo_vigente import vigente
from models.formatos import Tabla
from models.hojas.disposicion import Identidad
from models.hojas.salidas.columnas import Que, columns_of
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import FORMAS, Salida
from models.hojas.salidas.fuentes import iter_publico
from models.hojas.salidas.renglones import TAMANO, Bloque, Titular, to_bloques
from models.motores import abrir
from models.sujetos import SujetoObligado

VUELTAS = 3
_CRUDAS = {
    Que.FOLIO: "id", Que.SIGLAS: "'so-001'", Que.INSTITUCION: "'Institución de medición so-001'", Que.MOTIVO: "''",
    Que.ACTUALIZADO: "actualizado_en", Que.VALIDADO: "validado_en", Que.DESDE: "desde",
    Que.DIRECCION: f"'https://ipomex.ejemplo.mx/so-001/{CLAVE}/r/' || id"}


def main(datos: Path, filas_de_libro: int) -> dict[str, float]:
    """Segundos de procesador de cada cosa (la mediana); ``renglones`` son los del CSV; ``de_libro``, los del libro."""
    db.initialize(abrir(url_de(datos)))
    with db.connection_context(), TemporaryDirectory(dir=datos) as temporal:
        tabla, destino = vigente.foto.tablas[CLAVE], Path(temporal) / "salida"
        tareas = {"cruda": lambda: write_crudo(tabla, destino), "casa": lambda: write(tabla, "csv", todos(tabla), destino)}
        tiempos: dict[str, list[float]] = {"cruda": [], "casa": [], "libro": []}
        for _ in range(VUELTAS):
            for nombre, tarea in tareas.items():
                tiempos[nombre].append(_cronometrar(tarea))
        del_libro = filas_de_libro // TAMANO or 1
        for _ in range(VUELTAS):
            tiempos["libro"].append(_cronometrar(
                lambda: write(tabla, "xlsx", itertools.islice(todos(tabla), del_libro), destino)))
        return {**{nombre: median(unos) for nombre, unos in tiempos.items()}, "renglones": tabla.publica.select().count(),
                "de_libro": del_libro * TAMANO, "campos": len(tabla.formato.campos)}


def write_crudo(tabla: Tabla, destino: Path) -> None:
    """Lo más rápido que Python sabe con su biblioteca."""
    columnas = ", ".join(_crudas(tabla))
    cursor = db.obj.connection().execute(
        f'SELECT {columnas} FROM "{tabla.publica._meta.table_name}" ORDER BY sujeto_id, id')
    with destino.open("w", newline="", encoding="utf-8") as archivo:
        csv.writer(archivo).writerows(cursor)


def _crudas(tabla: Tabla) -> Iterator[str]:
    """Cada columna del CSV de la casa, dicha en SQL."""
    for columna in columns_of(tabla.formato, de_trabajo=False):
        yield f'"{tabla.columnas[columna.llave]}"' if columna.que is Que.CAMPO else _CRUDAS[columna.que]


def todos(tabla: Tabla) -> Iterator[Bloque]:
    """Lo público de todas las instituciones."""
    for sujeto in SujetoObligado.select().order_by(SujetoObligado.id):
        yield from to_bloques(Titular(sujeto.siglas, sujeto.nombre), iter_publico(tabla, sujeto.id))


def write(tabla: Tabla, forma: str, bloques: Iterator[Bloque], destino: Path) -> None:
    """Lo mismo que da la orden ``exportar``."""
    salida = Salida(tabla, bloques, Enlaces("https://ipomex.ejemplo.mx"), CLAVE, Identidad(CLAVE, 1, GRANDE))
    with destino.open("wb") as archivo:
        for trozo in FORMAS[forma].escribir(salida):
            archivo.write(trozo)


def _cronometrar(tarea: Callable[[], None]) -> float:
    """Segundos de procesador: con la máquina ocupada, los de reloj miden a los demás."""
    inicio = time.process_time()
    tarea()
    return time.process_time() - inicio


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
