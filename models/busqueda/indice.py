"""El índice de lo publicado: la tabla ``pub_busqueda``, en SQLite (FTS5) o en PostgreSQL (tsvector).

Guarda de cada registro sus palabras y las marcas de su alcance. Escribe dentro de la transacción de quien llama, salvo
``purgar``. Los ``id`` crecen con el tiempo: lo más nuevo es lo de ``id`` mayor.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from peewee import Database

from models.busqueda.alcance import Alcance
from models.busqueda.consulta import Consulta
from models.busqueda.normalizador import VERSION

TOPE = 1000
"""Nadie cuenta más allá: «más de 1000 resultados»."""

ID_MAXIMO = 2**63 - 1

Par = tuple[int, int]
"""``(sujeto_id, id)``."""

Condicion = tuple[str, tuple[Any, ...]]
"""Lo que va tras WHERE, y sus parámetros."""


class Hallado(NamedTuple):
    """Un registro encontrado: lo bastante para contarlo y para ir a leerlo. Lo vigente es del ejercicio 0."""

    sujeto_id: int
    id: int
    clave: str
    ejercicio: int

    @property
    def par(self) -> Par:
        return self.sujeto_id, self.id


class Indice(ABC):
    """Lo que el índice sabe hacer en cualquier motor. Se pide con ``motores.indice_de(base)``."""

    NOMBRE = "pub_busqueda"
    FORMA = 2
    """Lo que la tabla guarda y cómo. Al cambiarlo se sube, y al arrancar se rehace (``models.domain.workflow.indizado``)."""

    REGLAS = VERSION
    CREAR: ClassVar[tuple[str, ...]]
    TIRAR: ClassVar[tuple[str, ...]] = ("DROP TABLE IF EXISTS pub_busqueda",)
    PONER: ClassVar[str]
    QUITAR: ClassVar[str]
    VACIAR: ClassVar[str]

    def __init__(self, base: Database) -> None:
        self.base = base

    def crear(self) -> None:
        """Hace la tabla, si no existe."""
        for sql in self.CREAR:
            self._sql(sql)

    def rehacer(self) -> None:
        """Tira la tabla y la hace otra vez, vacía y con la forma de hoy."""
        for sql in self.TIRAR:
            self._sql(sql)
        self.crear()

    def poner_desde(self, select: str, parametros: Sequence[Any] = ()) -> None:
        """Pone, o sustituye, lo que da ``select``: renglones ``(sujeto_id, id, clave, ejercicio, marcas, tokens)``.

        Es un solo INSERT … SELECT; lo arma ``models.busqueda.renglones``. ``marcas`` son las de ``alcance``, cada una con
        un blanco delante, y ``tokens``, lo que dio ``normalizador.tokens_de`` al guardar el registro. Un ``id`` no puede
        venir dos veces.
        """
        self._sql(self.PONER.format(select=select), parametros)

    def quitar(self, pares: Iterable[Par]) -> None:
        """Saca registros; los que no están no estorban. Desde ese momento ninguna búsqueda los encuentra."""
        por_sujeto: defaultdict[int, list[int]] = defaultdict(list)
        for sujeto_id, id_ in pares:
            por_sujeto[sujeto_id].append(id_)
        for sujeto_id, ids in sorted(por_sujeto.items()):
            self._sql(self.QUITAR, (sujeto_id, self._lista(ids)))

    def vaciar(self) -> None:
        """Saca todo."""
        self._sql(self.VACIAR)

    def contar(
        self, consulta: Consulta, sujeto_id: int | None = None, clave: str | None = None, tope: int = TOPE
    ) -> int:
        """Cuántos hay; ``tope + 1`` quiere decir «más de ``tope``». Lanza ``ValueError`` si ``clave`` no lo es."""
        condicion, parametros = self._condicion(consulta, _alcance(sujeto_id, clave))
        sql = f"SELECT count(*) FROM (SELECT 1 FROM pub_busqueda WHERE {condicion} LIMIT {self.base.param}) AS n"
        return int(self._sql(sql, (*parametros, tope + 1)).fetchone()[0])

    def buscar(
        self, consulta: Consulta, sujeto_id: int | None = None, clave: str | None = None,
        antes_de: int | None = None, limite: int = 20,
    ) -> list[Par]:
        """Como ``hallar``, en una institución o en un formato. Lanza ``ValueError`` si ``clave`` no lo es."""
        return [uno.par for uno in self.hallar(consulta, _alcance(sujeto_id, clave), antes_de, limite)]

    @abstractmethod
    def hallar(
        self, consulta: Consulta | None, alcance: Alcance, antes_de: int | None = None, limite: int = 20, *,
        despues_de: int | None = None,
    ) -> list[Hallado]:
        """Lo que tiene todas las palabras y está dentro del alcance: lo más nuevo primero.

        ``antes_de`` es el último ``id`` de la página anterior. Con ``despues_de`` se camina al revés: lo que sigue a ese
        ``id``, lo más viejo primero. Sin palabras ni alcance no hay nada que hallar. Si el
        alcance no ``es_exacto``, puede venir de más.
        """

    @abstractmethod
    def frecuentes(self, limite: int) -> list[tuple[str, int]]:
        """Las palabras sin cifras que más registros tienen, con cuántos. Recorre el índice: no es para una petición."""

    @abstractmethod
    def purgar(self) -> None:
        """Borra del disco las palabras de lo ya quitado, como pide ``suprimir``. Tarda según lo que quede.

        Va fuera de toda transacción; si no, lanza ``RuntimeError``.
        """

    @abstractmethod
    def _condicion(self, consulta: Consulta | None, alcance: Alcance) -> Condicion:
        """Lo que va tras WHERE para que salgan los registros que la consulta pide."""

    def _sql(self, sql: str, parametros: Sequence[Any] = ()) -> Any:
        """Ejecuta y da el cursor."""
        return self.base.execute_sql(sql, tuple(parametros))

    @staticmethod
    def _lista(ids: list[int]) -> Any:
        """Los ``id`` como un solo parámetro."""
        return ids


def _alcance(sujeto_id: int | None, clave: str | None) -> Alcance:
    return Alcance(sujeto_id, None if clave is None else (clave,))
