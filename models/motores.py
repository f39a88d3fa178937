"""Los dos motores: SQLite (el de casa) y PostgreSQL (para crecer), abiertos como esta casa los necesita."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import peewee
from playhouse.pool import PooledPostgresqlDatabase, PooledSqliteDatabase

ERRORES_DE_BASE: tuple[type[Exception], ...] = (peewee.sqlite3.Error,)
"""Lo que lanza una conexión suelta, sin Peewee de por medio."""

SQLITE_MINIMA = (3, 51, 3)
"""Antes de esta versión, WAL puede corromper con dos conexiones (defecto «WAL-reset»)."""

_PRAGMAS: dict[str, object] = {
    "journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 5000,
    "cache_size": -4000, "temp_store": "memory", "trusted_schema": 0, "cell_size_check": 1,
}
"""FULL: con NORMAL, 121 de 150 apagones simulados perdieron publicaciones ya confirmadas."""


class MotorInseguro(RuntimeError):
    """La biblioteca de SQLite es vieja y puede corromper la base."""


def abrir(url: str, conexiones: int = 24) -> peewee.Database:
    """Abre la base de una URL ``sqlite:///ruta`` o ``postgresql://…``; lanza ``MotorInseguro``."""
    if url.startswith("sqlite:///"):
        return _abrir_sqlite(url.removeprefix("sqlite:///"), conexiones, _PRAGMAS)
    return PooledPostgresqlDatabase(
        url, prefer_psycopg3=True, max_connections=conexiones, stale_timeout=300, timeout=5,
        connect_timeout=3, keepalives=1, prepare_threshold=None)


def abrir_lectura(url: str, permitida: Callable[[str], bool], conexiones: int = 24) -> peewee.Database:
    """Abre la misma base para el portal: solo lectura, y solo las tablas que ``permitida`` acepte."""
    if url.startswith("sqlite:///"):
        base = _abrir_sqlite(url.removeprefix("sqlite:///"), conexiones, {**_PRAGMAS, "query_only": 1})
        return _con_guardia(base, permitida)
    return PooledPostgresqlDatabase(
        url, prefer_psycopg3=True, max_connections=conexiones, stale_timeout=300, timeout=5, connect_timeout=3,
        prepare_threshold=None, options="-c default_transaction_read_only=on")


def _abrir_sqlite(ruta: str, conexiones: int, pragmas: dict[str, object]) -> peewee.SqliteDatabase:
    sqlite3 = peewee.sqlite3
    if sqlite3.sqlite_version_info < SQLITE_MINIMA:
        raise MotorInseguro(
            f"SQLite {sqlite3.sqlite_version} tiene un defecto que puede dañar la base; hace falta 3.51.3 o posterior. "
            "Instale pysqlite3 con: pip install -r requirements.txt")
    return PooledSqliteDatabase(ruta, pragmas=pragmas, lock_type="IMMEDIATE", check_same_thread=False,
                                max_connections=conexiones, timeout=5)


def abrir_suelta(base: peewee.SqliteDatabase) -> Any:
    """Una conexión aparte, de solo lectura y para varios hilos, al archivo de esa base. La cierra quien la pide."""
    conexion = peewee.sqlite3.connect(base.database, timeout=5, isolation_level=None, check_same_thread=False)
    conexion.execute("PRAGMA query_only = 1")
    return conexion


def _con_guardia(base: Any, permitida: Callable[[str], bool]) -> peewee.Database:
    """SQLite pregunta al preparar cada consulta; el portal ni siquiera puede *nombrar* una tabla de trabajo.

    El guardia se pone al abrir cada conexión, no cada vez que el fondo la presta: ponerlo hace que SQLite olvide las
    consultas que ya tenía preparadas, y prepararlas costaba la octava parte de una página.
    """
    sqlite3 = peewee.sqlite3
    alistar = base._add_conn_hooks

    def guardia(accion: int, tabla: str | None, *_: object) -> int:
        prohibida = accion == sqlite3.SQLITE_READ and tabla is not None and not permitida(tabla)
        return int(sqlite3.SQLITE_DENY if prohibida else sqlite3.SQLITE_OK)

    def alistar_con_guardia(conexion: Any) -> None:
        alistar(conexion)
        conexion.set_authorizer(guardia)

    base._add_conn_hooks = alistar_con_guardia
    return base


def is_busy(error: BaseException) -> bool:
    """Si la base no respondió porque otro está escribiendo: lo mismo, unos segundos después, se puede."""
    return isinstance(error, peewee.OperationalError) and any(
        dicho in str(error) for dicho in ("database is locked", "database is busy", "lock timeout"))


@contextmanager
def sin_esperar(base: peewee.Database) -> Iterator[None]:
    """Lo de adentro se hace si la base está libre en este instante; si otro está escribiendo, se deja para otra vez."""
    if es_postgres(base):
        yield
        return
    base.execute_sql("PRAGMA busy_timeout = 0")
    try:
        yield
    except peewee.OperationalError as error:
        if not is_busy(error):
            raise
    finally:
        base.execute_sql(f"PRAGMA busy_timeout = {_PRAGMAS['busy_timeout']}")


def es_postgres(base: object) -> bool:
    """Dice si la base (o el apoderado ``db``) es PostgreSQL."""
    real = getattr(base, "obj", None) or base
    return isinstance(real, peewee.PostgresqlDatabase)
