"""Una base limpia por prueba, en el motor que sea, sin pagar cada vez el segundo y medio que cuesta hacerla.

Se hace una por sesión —tablas, catálogo real y elenco— y de ahí sale la de cada prueba: en SQLite se copia el archivo
(12 ms); en PostgreSQL, donde una base son mil quinientos archivos, se presta siempre la misma y al devolverla se borra lo
que la prueba escribió (5 ms, por una conexión que ya conoce las tablas). Quien va a cambiar el catálogo pide
``base_propia``: una copia entera de otra plantilla, igual de verdadera y con solo tres formatos.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from fracciones_config.revision import Archivos, read_archivos
from models.base import db
from models.domain.catalogo_vigente import Foto, aplicar_catalogo, vigente
from models.esquema import create_fijas
from models.motores import abrir
from tests.elenco import Casa, contratar, presentar
from tests.postgres import base_nueva, borrar_base

RAIZ = Path(__file__).parents[1]
CATALOGO = RAIZ / "fracciones_config"
MOTORES = ("sqlite", "postgresql")
POCOS = ("convenios", "informacion_reservada", "padrones")
DEL_CATALOGO = frozenset({"catalogo_version", "esquema_campo", "formato_version"})


@dataclass(frozen=True)
class Base:
    """La base de una prueba; ``url`` sirve para abrirla también desde otro proceso."""

    motor: str
    url: str
    _casa: Casa = field(repr=False)

    def presentar(self) -> Casa:
        """El elenco que quedó en la plantilla, para esta prueba sola; sin volver a preguntarlo."""
        return deepcopy(self._casa)

    @property
    def es_postgres(self) -> bool:
        return self.motor == "postgresql"


class DeSqlite:
    """La plantilla en SQLite: un archivo que se copia."""

    motor = "sqlite"

    def __init__(self, carpeta: Path, catalogo: Archivos) -> None:
        self.carpeta, self._numeros = carpeta, count(1)
        self.archivo = carpeta / "plantilla.db"
        self.foto, self.casa = poner(f"sqlite:///{self.archivo}", catalogo)

    @contextmanager
    def prestar(self) -> Iterator[Base]:
        copia = self.carpeta / f"{next(self._numeros)}.db"
        shutil.copyfile(self.archivo, copia)
        try:
            with _en_uso(f"sqlite:///{copia}", self.foto):
                yield Base(self.motor, f"sqlite:///{copia}", self.casa)
        finally:
            for resto in self.carpeta.glob(f"{copia.name}*"):
                resto.unlink()

    copiar = prestar


class DePostgres:
    """La plantilla en PostgreSQL: una base que se presta y se limpia, y de la que se sacan copias si hace falta."""

    motor = "postgresql"

    def __init__(self, servidor: str, catalogo: Archivos) -> None:
        self.servidor, self.url = servidor, base_nueva(servidor)
        self.foto, self.casa = poner(self.url, catalogo)
        with psycopg.connect(self.url, autocommit=True) as conexion:
            tablas = [nombre for (nombre,) in conexion.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
            llenas = _con_filas(conexion, tablas)
            _ejecutar(conexion, "CREATE SCHEMA plantilla;" + "".join(
                f'CREATE TABLE plantilla."{tabla}" AS TABLE public."{tabla}";' for tabla in llenas))
        self.vacias = [tabla for tabla in tablas if tabla not in llenas]
        self.elenco = [tabla for tabla in llenas if tabla not in DEL_CATALOGO]
        self._limpieza: psycopg.Connection[tuple[str]] | None = None

    @contextmanager
    def prestar(self) -> Iterator[Base]:
        try:
            with _en_uso(self.url, self.foto):
                yield Base(self.motor, self.url, self.casa)
        finally:
            self._limpiar()

    @contextmanager
    def copiar(self) -> Iterator[Base]:
        self.close()  # no se copia una base que alguien tiene abierta
        copia = base_nueva(self.servidor, self.url.rpartition("/")[2])
        try:
            with _en_uso(copia, self.foto):
                yield Base(self.motor, copia, self.casa)
        finally:
            borrar_base(copia)

    def _limpiar(self) -> None:
        conexion = self._limpieza = self._limpieza or _conocedora(self.url)
        [(numero,)] = conexion.execute("SELECT max(numero) FROM catalogo_version")
        assert numero == self.foto.numero, "La prueba cambió el catálogo de la base prestada: pida «base_propia»."
        borrar = "".join(f'DELETE FROM "{tabla}";' for tabla in [*_con_filas(conexion, self.vacias), *self.elenco])
        poner = "".join(f'INSERT INTO "{tabla}" SELECT * FROM plantilla."{tabla}";' for tabla in self.elenco)
        _ejecutar(conexion, f"BEGIN; {borrar} {poner} COMMIT")

    def close(self) -> None:
        """Suelta la conexión con que se limpia."""
        if self._limpieza is not None:
            self._limpieza.close()
            self._limpieza = None


Plantilla = DeSqlite | DePostgres


def archivos_del_catalogo(solo: Iterable[str] = ()) -> Archivos:
    """Los YAML de verdad: todos, o solo los de unos formatos."""
    quedan = {f"formatos/{clave}.yaml" for clave in solo}
    return {ruta: datos for ruta, datos in read_archivos(CATALOGO).items()
            if not (quedan and ruta.startswith("formatos/")) or ruta in quedan}


def poner(url: str, catalogo: Archivos) -> tuple[Foto, Casa]:
    """Deja en una base vacía las tablas, el catálogo y el elenco; los da."""
    db.initialize(abrir(url))
    try:
        create_fijas()
        aplicar_catalogo(catalogo, "pruebas")
        ensenar(None)
        contratar()
        return vigente.foto, presentar()
    finally:
        soltar()


def ensenar(foto: Foto | None) -> None:
    """Hace que este proceso trabaje con esa foto; con ``None``, que la lea de la base, como recién arrancado."""
    vigente._foto = foto


def soltar() -> None:
    """Cierra todas las conexiones de este proceso a la base en uso."""
    if db.in_transaction():
        db.rollback()
    db.obj.close_all()


@contextmanager
def _en_uso(url: str, foto: Foto) -> Iterator[None]:
    db.initialize(abrir(url))
    ensenar(foto)
    try:
        yield
    finally:
        soltar()
        ensenar(None)


def _conocedora(url: str) -> "psycopg.Connection[tuple[str]]":
    """Una conexión que se queda abierta: la primera consulta aprende las tablas (50 ms) y las demás ya las saben."""
    return psycopg.connect(url, autocommit=True, options="-c lock_timeout=5000", prepare_threshold=0)


def _con_filas(conexion: "psycopg.Connection[tuple[str]]", tablas: list[str]) -> list[str]:
    consulta = " UNION ALL ".join(f"SELECT '{tabla}' WHERE EXISTS (SELECT FROM \"{tabla}\")" for tabla in tablas)
    return [nombre for (nombre,) in conexion.execute(consulta.encode())]


def _ejecutar(conexion: "psycopg.Connection[tuple[str]]", sql: str) -> None:
    conexion.execute(sql.encode(), prepare=False)
