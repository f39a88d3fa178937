"""A qué se acota una búsqueda, y con qué palabras lo sabe el índice: institución, formatos, año, periodo, montos y fechas.

Cada registro se guarda con unas *marcas*: ``s7 flicitaciones e2026 pt1 m91 d202603``. Nadie puede teclearlas: van en otra
columna (o, en PostgreSQL, tras un guion bajo). Las de dinero y de fecha son cajones, y un rango es la unión de los suyos;
en los de las orillas puede haber de más, y quien busca lo comprueba (``es_exacto``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

CIFRAS_MAXIMAS = 19
"""De un monto en centavos: las que caben en 63 bits."""

PRIMER_ANIO, ULTIMO_ANIO = 2000, 2039
"""Los años con un cajón por mes; lo de antes y lo de después va en uno solo."""

ANTES, DESPUES = f"d{PRIMER_ANIO - 1}", f"d{ULTIMO_ANIO + 1}"

_CLAVE = re.compile(r"[a-z][a-z0-9_]{0,40}")
_PERIODO = re.compile(r"[A-Z][A-Z0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Montos:
    """De cuánto a cuánto, en centavos, inclusive. Basta que lo cumpla un monto del registro."""

    desde: int | None = None
    hasta: int | None = None

    @property
    def es_exacto(self) -> bool:
        """Si los cajones empiezan y acaban justo en estos límites."""
        empieza = self.desde is None or _es_orilla(self.desde)
        return empieza and (self.hasta is None or self.hasta >= 0 and _es_orilla(self.hasta + 1))

    def marcas(self) -> tuple[str, ...]:
        negativos = ("mn",) if self.desde is None or self.desde < 0 else ()
        return negativos + tuple(f"m{cifras}{primera}" for cifras, primera, menor, mayor in _cajones()
                                 if (self.desde is None or mayor >= self.desde) and (self.hasta is None or menor <= self.hasta))


@dataclass(frozen=True, slots=True)
class Fechas:
    """De qué día a qué día, inclusive. Basta que lo cumpla una fecha del registro."""

    desde: dt.date | None = None
    hasta: dt.date | None = None

    @property
    def es_exacto(self) -> bool:
        un_dia = dt.timedelta(days=1)
        acaba = self.hasta is None or self.hasta == dt.date.max or _empieza_un_mes(self.hasta + un_dia)
        return acaba and (self.desde is None or _empieza_un_mes(self.desde))

    def marcas(self) -> tuple[str, ...]:
        desde, hasta = self.desde or dt.date.min, self.hasta or dt.date.max
        antes = (ANTES,) if desde.year < PRIMER_ANIO else ()
        despues = (DESPUES,) if hasta.year > ULTIMO_ANIO else ()
        meses = ((anio, mes) for anio in range(PRIMER_ANIO, ULTIMO_ANIO + 1) for mes in range(1, 13))
        dentro = tuple(f"d{anio}{mes:02}" for anio, mes in meses
                       if (desde.year, desde.month) <= (anio, mes) <= (hasta.year, hasta.month))
        return antes + dentro + despues


@dataclass(frozen=True, slots=True)
class Alcance:
    """A qué se acota. Sin nada, a todo lo publicado; ``claves`` son los formatos entre los que se busca."""

    sujeto_id: int | None = None
    claves: tuple[str, ...] | None = None
    ejercicio: int | None = None
    periodo: str | None = None
    montos: Montos | None = None
    fechas: Fechas | None = None

    @property
    def es_todo(self) -> bool:
        return self == TODO

    @property
    def es_exacto(self) -> bool:
        """Si lo que da el índice ya no hay que comprobarlo."""
        return (self.montos is None or self.montos.es_exacto) and (self.fechas is None or self.fechas.es_exacto)

    def grupos(self) -> Iterator[tuple[str, ...]]:
        """Las marcas que el registro debe tener: de cada grupo, alguna. Lanza ``ValueError`` si una clave no lo es."""
        if self.sujeto_id is not None:
            yield (f"s{int(self.sujeto_id)}",)
        if self.claves is not None:
            yield tuple(_comprobada(_CLAVE, f"la clave de un formato: «{clave}»", clave, "f") for clave in self.claves)
        if self.ejercicio is not None:
            yield (f"e{int(self.ejercicio)}",)
        if self.periodo is not None:
            yield (_comprobada(_PERIODO, f"un periodo: «{self.periodo}»", self.periodo, "p").lower(),)
        for rango in (self.montos, self.fechas):
            if rango is not None:
                yield rango.marcas()


TODO = Alcance()


def sql_of_monto(columna: str) -> str:
    """La marca de un monto en centavos: sus cifras y la primera. ``123450`` → ``' m61'``."""
    texto = f"CAST({columna} AS TEXT)"
    return (f"CASE WHEN {columna} IS NULL THEN '' WHEN {columna} < 0 THEN ' mn' "
            f"ELSE ' m' || length({texto}) || substr({texto}, 1, 1) END")


def sql_of_fecha(columna: str) -> str:
    """La marca de una fecha: su mes. ``2026-03-15`` → ``' d202603'``."""
    texto = f"CAST({columna} AS TEXT)"
    return (f"CASE WHEN {columna} IS NULL THEN '' WHEN {columna} < '{PRIMER_ANIO}-01-01' THEN ' {ANTES}' "
            f"WHEN {columna} > '{ULTIMO_ANIO}-12-31' THEN ' {DESPUES}' "
            f"ELSE ' d' || substr({texto}, 1, 4) || substr({texto}, 6, 2) END")


def sql_of_lugar(ejercicio: str, periodo: str) -> str:
    """Las marcas del año y del periodo; lo vigente no las lleva."""
    return f"CASE WHEN {ejercicio} > 0 THEN ' e' || {ejercicio} || ' p' || lower({periodo}) ELSE '' END"


def _cajones() -> Iterator[tuple[int, int, int, int]]:
    """``(cifras, primera, menor, mayor)`` de cada cajón de montos; el del cero es el primero."""
    yield 1, 0, 0, 0
    for cifras in range(1, CIFRAS_MAXIMAS + 1):
        unidad = 10 ** (cifras - 1)
        for primera in range(1, 10):
            yield cifras, primera, primera * unidad, (primera + 1) * unidad - 1


def _es_orilla(centavos: int) -> bool:
    """Si un cajón empieza ahí."""
    return centavos == 0 or centavos > 0 and not str(centavos)[1:].strip("0")


def _empieza_un_mes(dia: dt.date) -> bool:
    """Si un cajón empieza ese día; el de después de todos los meses, también."""
    return dia.day == 1 and (PRIMER_ANIO <= dia.year <= ULTIMO_ANIO or (dia.year, dia.month) == (ULTIMO_ANIO + 1, 1))


def _comprobada(forma: re.Pattern[str], que: str, dicho: str, prefijo: str) -> str:
    if not forma.fullmatch(dicho):
        raise ValueError(f"No es {que}.")
    return prefijo + dicho
