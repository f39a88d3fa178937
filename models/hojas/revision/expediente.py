"""El expediente de una carga: lo que se leyó de un libro, en un archivo de SQLite que se puede tirar y volver a hacer.

Lo escribe el proceso que lee (``models.hojas.revision``); el cotejo le pone a cada renglón lo que le toca (``set_acciones``) y
las pantallas lo consultan por páginas. Las páginas avanzan por llave: ``despues`` es la última fila (o número) que ya se vio.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from models.hojas.revision.anaqueles import ANAQUELES, FIJAS, create_demas, create_indices, create_renglon, insert_en, quote

BUENO, MALO, POR_CORREGIR, BAJA = "nuevo", "malo", "por_corregir", "baja"
"""Lo que dice la lectura de un renglón; uno bueno es nuevo mientras el cotejo no diga que ``cambia`` o que es
``igual``: casi siempre lo es, y así no hay que volver a escribirlo."""

_DE_PASO = ("PRAGMA page_size=16384", "PRAGMA journal_mode=off", "PRAGMA synchronous=off", "PRAGMA cache_size=-8000")
"""Un expediente a medias no sirve de nada: si algo se cae, se vuelve a hacer. Con páginas grandes se escribe más aprisa."""

Fila = Mapping[str, Any]


class Expediente:
    """Un expediente abierto. Se cierra solo al salir de su ``with``."""

    def __init__(self, ruta: Path, base: Any) -> None:
        self.ruta, self._base = ruta, base
        base.row_factory = sqlite3.Row

    @classmethod
    def create(cls, ruta: Path, fisicas: Sequence[str]) -> Expediente:
        """Uno nuevo y vacío, con una columna por cada física. Sin ``seal`` no tiene índices."""
        ruta.unlink(missing_ok=True)
        base = sqlite3.connect(str(ruta), isolation_level=None)
        for orden in (*_DE_PASO, create_renglon(fisicas), *create_demas()):
            base.execute(orden)
        return cls(ruta, base)

    @classmethod
    def open(cls, ruta: Path) -> Expediente:
        """Uno que ya existe; ``FileNotFoundError`` si no está."""
        if not ruta.exists():
            raise FileNotFoundError(ruta)
        return cls(ruta, sqlite3.connect(str(ruta), isolation_level=None, timeout=5))

    def __enter__(self) -> Expediente:
        return self

    def __exit__(self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._base.close()

    @property
    def base(self) -> Any:
        """La conexión, para quien coteja con consultas propias."""
        return self._base

    @property
    def fisicas(self) -> tuple[str, ...]:
        """Las columnas físicas del formato, tras las fijas."""
        return tuple(fila["name"] for fila in self._base.execute("PRAGMA table_info(renglon)"))[len(FIJAS):]

    def add_renglones(self, filas: Sequence[Sequence[Any]]) -> None:
        """Agrega renglones: los valores de ``FIJAS`` y, tras ellos, los de las físicas.

        Las columnas sin nada no se mandan: pasarle a SQLite un nulo cuesta lo que pasarle un texto largo, y de lo que se lee
        de un libro la tercera parte son nulos.
        """
        if not filas:
            return
        nombres, columnas = (*FIJAS, *self.fisicas), list(zip(*filas, strict=True))
        con_algo = [i for i, columna in enumerate(columnas) if columna[0] is not None or any(v is not None for v in columna)]
        self._base.execute("BEGIN")
        self._base.executemany(insert_en("renglon", [nombres[i] for i in con_algo]),
                               zip(*(columnas[i] for i in con_algo), strict=True))
        self._base.execute("COMMIT")

    def add(self, tabla: str, filas: Iterable[Sequence[Any]]) -> None:
        """Agrega filas a otra de sus tablas, con los valores en el orden de ``ANAQUELES``."""
        self._base.execute("BEGIN")
        self._base.executemany(insert_en(tabla, ANAQUELES[tabla]), filas)
        self._base.execute("COMMIT")

    def seal(self, resumen: Mapping[str, Any]) -> None:
        """Guarda el resumen y hace los índices: ya está completo."""
        self.index()
        self.add("dato", [("resumen", json.dumps(resumen, ensure_ascii=False))])

    def index(self) -> None:
        """Hace los índices; con ellos contar no recorre los renglones enteros."""
        for orden in create_indices():
            self._base.execute(orden)

    def resumen(self) -> dict[str, Any]:
        """Lo que contó la lectura; ``{}`` si no terminó."""
        hallado = self._base.execute("SELECT valor FROM dato WHERE llave = 'resumen'").fetchone()
        return json.loads(hallado[0]) if hallado else {}

    def counts(self) -> dict[str, int]:
        """Cuántos renglones hay de cada ``accion``."""
        return dict(tuple(fila) for fila in self._base.execute("SELECT accion, count(*) FROM renglon GROUP BY accion"))

    def count(self, tabla: str) -> int:
        """Cuántas filas tiene una de sus tablas."""
        return int(self._base.execute(f"SELECT count(*) FROM {quote(tabla)}").fetchone()[0])

    def count_incompletos(self) -> int:
        """Los renglones que se pueden guardar y a los que algo les falta."""
        return int(self._base.execute("SELECT count(*) FROM renglon WHERE faltan > 0 AND accion <> 'malo'").fetchone()[0])

    def count_archivos(self) -> dict[str, int]:
        """Cuántos archivos distintos piden las celdas, cuántos ya llegaron y cuántos faltan."""
        piden, hallados = self._base.execute(
            "SELECT count(DISTINCT nombre), count(DISTINCT iif(archivo_id IS NULL, NULL, nombre)) FROM archivo").fetchone()
        return {"piden": piden, "hallados": hallados, "faltan": piden - hallados}

    def find_renglon(self, fila: int) -> Fila | None:
        """El renglón de una fila del libro."""
        return self._una("SELECT * FROM renglon WHERE fila = ?", fila)

    def list_renglones(self, acciones: Collection[str] | None = None, despues: int = 0, limite: int = 50) -> list[Fila]:
        """Una página de renglones, por fila; de todos o solo de unas acciones."""
        donde, valores = self._de_acciones(acciones)
        return self._todas(f"SELECT * FROM renglon WHERE fila > ? AND {donde} ORDER BY fila LIMIT ?",
                           despues, *valores, limite)

    def iter_renglones(self, acciones: Collection[str] | None = None) -> Iterator[Fila]:
        """Los renglones uno a uno, por fila, sin tenerlos todos en memoria."""
        donde, valores = self._de_acciones(acciones)
        cursor = self._base.cursor()
        yield from cursor.execute(f"SELECT * FROM renglon WHERE {donde} ORDER BY fila", valores)

    def set_acciones(self, cambios: Iterable[tuple[int, str, str | None]]) -> None:
        """Pone a cada ``(fila, accion, causa)`` lo que le toca."""
        self._base.execute("BEGIN")
        self._base.executemany("UPDATE renglon SET accion = ?2, causa = ?3 WHERE fila = ?1", cambios)
        self._base.execute("COMMIT")

    def list_de(self, tabla: str, despues: int = 0, limite: int = 100, fila: int | None = None) -> list[Fila]:
        """Una página de ``problema``, ``correccion``, ``hallazgo``, ``archivo``…, en el orden del libro; cada una con su
        ``numero``, la llave de la página siguiente. Con ``fila``, solo los de ese renglón."""
        donde, valores = ("fila = ? AND ", (fila,)) if fila is not None else ("", ())
        return self._todas(f"SELECT rowid AS numero, * FROM {quote(tabla)} WHERE {donde}rowid > ? ORDER BY rowid LIMIT ?",
                           *valores, despues, limite)

    def group_correcciones(self) -> list[Fila]:
        """Las correcciones juntas por campo y clase: cuántas, cuántas aceptadas y un ejemplo (``leido``, ``queda``)."""
        return self._todas("SELECT campo, clase, count(*) AS cuantas, sum(aceptada) AS aceptadas, leido, queda, "
                           "min(rowid) AS numero FROM correccion GROUP BY campo, clase ORDER BY numero")

    def group_problemas(self) -> list[Fila]:
        """Los problemas juntos por campo y mensaje, del más repetido al menos; cuántos y la primera celda."""
        return self._todas("SELECT campo, etiqueta, mensaje, clase, count(*) AS cuantos, hoja, celda, min(rowid) AS numero "
                           "FROM problema GROUP BY campo, mensaje ORDER BY cuantos DESC, numero LIMIT 200")

    def set_archivo(self, nombre: str, archivo_id: int | None) -> None:
        """Dice qué archivo es el que las celdas llaman ``nombre``."""
        self._base.execute("UPDATE archivo SET archivo_id = ? WHERE nombre = ?", (archivo_id, nombre))

    def avisos(self) -> list[Fila]:
        """Lo que hay que saber del libro: sus letras, las columnas que no se reconocieron, las hojas que se ignoraron."""
        return self._todas("SELECT clase, texto FROM aviso ORDER BY rowid")

    def hojas(self) -> list[Fila]:
        return self._todas("SELECT * FROM hoja ORDER BY orden")

    def columnas(self) -> list[Fila]:
        """Las columnas del libro, y al final (con ``posicion`` nula) los campos que no traía."""
        return self._todas("SELECT * FROM columna ORDER BY rowid")

    @staticmethod
    def _de_acciones(acciones: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
        if acciones is None:
            return "1", ()
        return f"accion IN ({','.join('?' * len(acciones))})", tuple(acciones)

    def _todas(self, consulta: str, *valores: Any) -> list[Fila]:
        return list(self._base.execute(consulta, valores).fetchall())

    def _una(self, consulta: str, *valores: Any) -> Fila | None:
        fila: Fila | None = self._base.execute(consulta, valores).fetchone()
        return fila
