"""``python -m benchmarks.carga DATOS FILAS INSTITUCIONES [CATALOGO]``: hace una base con su catálogo y la llena de golpe.

Los renglones se escriben directo en las tablas, sin pasar por el flujo de trabajo: capturar y publicar un millón, uno por
uno, tardaría horas. Es lo único que se salta las reglas de la casa, y solo para medir; queda lo mismo que habría dejado
el flujo —trabajo, copia pública, versiones, índice de búsqueda y contadores—, menos la bitácora de actos.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from peewee import SQL, Value, fn

from benchmarks.instituciones import create_instituciones, distribute
from benchmarks.renglones import CLAVE, Moldes
from fracciones_config.revision import read_archivos
from models.actos_publicos import Clase, PubActo
from models.base import db
from models.busqueda.renglones import put_publicadas
from models.conteos import PubResumen, Tablero
from models.domain.catalogo_vigente import aplicar_catalogo, vigente
from models.domain.workflow.sumas import rebuild_sumas
from models.escritores import arrendar
from models.esquema import create_fijas
from models.formatos import Tabla
from models.motores import abrir
from models.servicio.entorno import RAIZ

TROZO = 50_000
"""Renglones por transacción."""

CATALOGO = RAIZ / "fracciones_config"


def url_de(datos: Path) -> str:
    return f"sqlite:///{datos / 'ipomex.db'}"


def make_base(datos: Path, filas: int, instituciones: int, catalogo: Path = CATALOGO) -> None:
    """Hace la base de la carpeta ``datos``, con ``filas`` padrones repartidos entre las instituciones."""
    datos.mkdir(parents=True, exist_ok=True)
    db.initialize(abrir(url_de(datos)))
    with db.connection_context():
        create_fijas()
        arrendar()
        aplicar_catalogo(read_archivos(catalogo), "las medidas")
        todas = create_instituciones(instituciones, vigente.foto.catalogo)
        if filas:
            tabla = vigente.foto.tablas[CLAVE]
            load(tabla, Moldes(tabla, todas[0]).filas(todas, distribute(filas, instituciones)))
    db.obj.close_all()


def load(tabla: Tabla, filas: Iterable[dict[str, Any]]) -> None:
    """Escribe los renglones y todo lo que de ellos se sigue."""
    base = db.obj
    base.execute_sql("PRAGMA synchronous = OFF")
    _drop_indices(tabla)
    for trozo in _trozos(filas):
        with base.atomic():
            insert(tabla, trozo)
    for paso in (_copy_publicos, _note_actos, _index_palabras, _count):
        with base.atomic():
            paso(tabla)
    for modelo in (tabla.trabajo, tabla.publica):
        modelo._schema.create_indexes(safe=True)
    base.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _drop_indices(tabla: Tabla) -> None:
    """Hacerlos al final, de una vez, tarda la quinta parte. El de la llave se queda: es de la tabla."""
    for modelo in (tabla.trabajo, tabla.publica):
        for indice in db.get_indexes(modelo._meta.table_name):
            if indice.sql:
                db.execute_sql(f'DROP INDEX "{indice.name}"')


def _trozos(filas: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    todas = iter(filas)
    while trozo := list(itertools.islice(todas, TROZO)):
        yield trozo


def insert(tabla: Tabla, filas: list[dict[str, Any]]) -> None:
    """Escribe renglones en la tabla de trabajo, y nada más."""
    columnas = ", ".join(f'"{columna}"' for columna in filas[0])
    lugares = ", ".join("?" * len(filas[0]))
    sql = f'INSERT INTO "{tabla.trabajo._meta.table_name}" ({columnas}) VALUES ({lugares})'
    db.obj.connection().executemany(sql, (tuple(fila.values()) for fila in filas))


def _copy_publicos(tabla: Tabla) -> None:
    trabajo, publica = tabla.trabajo, tabla.publica
    de_trabajo = {"numero": trabajo.numero_publico, "actualizado_en": trabajo.contenido_en,
                  "validado_en": trabajo.publico_desde, "desde": trabajo.publico_desde}
    destino = publica._meta.sorted_fields
    publica.insert_from(trabajo.select(*(de_trabajo.get(c.name) or getattr(trabajo, c.name) for c in destino)),
                        destino).execute()


def _note_actos(tabla: Tabla) -> None:
    """Cada registro se publicó por su cuenta: lo que «Qué ha cambiado» enseña."""
    publica = tabla.publica
    PubActo.insert_from(
        publica.select(publica.sujeto_id, publica.id, Value(tabla.clave), publica.ejercicio, publica.periodo,
                       Value(Clase.PUBLICACION), SQL("1"), SQL("1"), publica.id, publica.validado_en),
        [PubActo.sujeto_id, PubActo.id, PubActo.clave, PubActo.ejercicio, PubActo.periodo, PubActo.clase, PubActo.n,
         PubActo.saldo, PubActo.registro_id, PubActo.instante]).execute()


def _index_palabras(tabla: Tabla) -> None:
    put_publicadas(tabla, tabla.trabajo.id > 0)


def _count(tabla: Tabla) -> None:
    """Los contadores, contados de verdad una sola vez."""
    trabajo, publica = tabla.trabajo, tabla.publica
    de_lugar = ("sujeto_id", "ejercicio", "periodo")
    estados = [getattr(trabajo, c) for c in (*de_lugar, "estado")]
    Tablero.insert_from(
        trabajo.select(*estados, Value(tabla.clave), fn.COUNT(SQL("1")), fn.MAX(trabajo.cambiado_en)).group_by(*estados),
        [*(getattr(Tablero, c) for c in (*de_lugar, "estado")), Tablero.clave, Tablero.n, Tablero.ultimo_cambio],
    ).execute()
    lugares = [getattr(publica, c) for c in de_lugar]
    PubResumen.insert_from(
        publica.select(*lugares, Value(tabla.clave), fn.COUNT(SQL("1")), fn.MAX(publica.validado_en),
                       fn.MAX(publica.actualizado_en)).group_by(*lugares),
        [*(getattr(PubResumen, c) for c in de_lugar), PubResumen.clave, PubResumen.n, PubResumen.ultima_publicacion,
         PubResumen.ultima_actualizacion]).execute()
    rebuild_sumas(tabla)


if __name__ == "__main__":
    make_base(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *map(Path, sys.argv[4:]))
