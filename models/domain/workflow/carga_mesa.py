"""Los renglones de un expediente, puestos donde la base los alcanza: así miles se escriben con unas cuantas consultas.

En SQLite el expediente se le agrega a la conexión (``ATTACH``); en PostgreSQL se le manda por COPY a una tabla pasajera. De ahí
en adelante las consultas son las mismas.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import Table, fn, sqlite3

from models.base import db
from models.domain.errores import ActoImposible
from models.formatos import Tabla
from models.motores import es_postgres

PROPIAS = ("ejercicio", "periodo", "faltan", "contenido", "tokens", "huella", "personales")
"""Las columnas de un renglón que van tal cual a su registro, además de las de los campos."""

SUELTAS = {"fila": "bigint", "accion": "text", "registro_id": "bigint", "version": "bigint", "baja_motivo": "text",
           "area_id": "bigint"}

CON_ALGO = ("nuevo", "cambia", "baja")
"""Los renglones que hacen algo. Los demás no llegan a la mesa de PostgreSQL."""

_PAGINAS = 64 * 1024
"""Kibibytes de memoria de la conexión mientras carga: con los 4 MB de siempre, los índices grandes salen y entran del disco."""


def fisicas_of(tabla: Tabla) -> list[str]:
    """Las columnas físicas de los campos, sin las del sistema."""
    return [columna for columna in tabla.columnas.values() if columna not in ("ejercicio", "periodo")]


class Mesa:
    """Las tablas del expediente, para consultarlas junto con las de la base."""

    def __init__(self, ruta: Path, tabla: Tabla) -> None:
        self.ruta, self.tabla = ruta, tabla
        esquema = None if es_postgres(db) else "mesa"
        self.renglon = Table("renglon" if esquema else "mesa_renglon", schema=esquema, alias="m")
        self.cambio = Table("cambio" if esquema else "mesa_cambio", schema=esquema, alias="k")
        self.archivo = Table("archivo" if esquema else "mesa_archivo", schema=esquema, alias="a")

    def lay(self) -> None:
        """Dentro de la transacción, antes que nada. En SQLite ya está todo puesto."""
        if es_postgres(db):
            _copy_todo(self)


@contextmanager
def near(ruta: Path, tabla: Tabla) -> Iterator[Mesa]:
    """Acerca un expediente a la base. Va fuera de la transacción."""
    if es_postgres(db):
        yield Mesa(ruta, tabla)
        return
    assert not db.in_transaction(), "En SQLite, un expediente se agrega antes de empezar la transacción."
    db.execute_sql("ATTACH DATABASE ? AS mesa", (str(ruta),))
    db.execute_sql(f"PRAGMA main.cache_size = -{_PAGINAS}")
    try:
        yield Mesa(ruta, tabla)
    finally:
        db.execute_sql("PRAGMA main.cache_size = -4000")
        db.execute_sql("DETACH DATABASE mesa")


def _copy_todo(mesa: Mesa) -> None:
    nombre, fisicas = mesa.tabla.trabajo._meta.table_name, fisicas_of(mesa.tabla)
    sueltas = ", ".join(f'NULL::{tipo} AS "{columna}"' for columna, tipo in SUELTAS.items())
    del_registro = ", ".join(f'"{columna}"' for columna in (*PROPIAS, *fisicas))
    db.execute_sql(f'CREATE TEMP TABLE mesa_renglon ON COMMIT DROP AS SELECT {sueltas}, {del_registro} FROM "{nombre}" '
                   "WITH NO DATA")
    db.execute_sql("CREATE TEMP TABLE mesa_cambio (fila bigint, cambios text) ON COMMIT DROP")
    db.execute_sql("CREATE TEMP TABLE mesa_archivo (fila bigint, campo text, nombre text, archivo_id bigint) ON COMMIT DROP")
    expediente = sqlite3.connect(str(mesa.ruta))
    try:
        marcas = ", ".join(f"'{accion}'" for accion in CON_ALGO)
        columnas = ", ".join(f'"{columna}"' for columna in (*SUELTAS, *PROPIAS, *fisicas))
        _copy("mesa_renglon", expediente.execute(f"SELECT {columnas} FROM renglon WHERE accion IN ({marcas})"))
        _copy("mesa_cambio", expediente.execute("SELECT fila, cambios FROM cambio"))
        _copy("mesa_archivo", expediente.execute("SELECT fila, campo, nombre, archivo_id FROM archivo"))
    except sqlite3.OperationalError as error:
        raise ActoImposible("Lo que se leyó de este libro ya no está completo. Vuelva a subirlo.") from error
    finally:
        expediente.close()
    db.execute_sql("ANALYZE mesa_renglon")


def _copy(destino: str, filas: Any) -> None:
    cursor = db.connection().cursor()
    with cursor.copy(f"COPY {destino} FROM STDIN") as copia:
        for fila in filas:
            copia.write_row(fila)
    cursor.close()


Grupos = dict[tuple[str, int | None, int, str], int]
"""(acción, área, ejercicio, periodo) → cuántos renglones."""


def read_grupos(mesa: Mesa) -> Grupos:
    """Los renglones que hacen algo, contados de una pasada."""
    m = mesa.renglon
    llave = (m.c.accion, m.c.area_id, m.c.ejercicio, m.c.periodo)
    consulta = m.select(*llave, fn.COUNT(m.c.fila)).where(m.c.accion.in_(CON_ALGO)).group_by(*llave)
    return {(accion, area, ejercicio, periodo): n for accion, area, ejercicio, periodo, n in tuplas(consulta)}


def tuplas(consulta: Any) -> list[tuple[Any, ...]]:
    """Las filas de una consulta, en tuplas, sin hacer ningún objeto."""
    return list(consulta.tuples().execute(db.obj))
