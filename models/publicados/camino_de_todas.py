"""Lo público de un formato en varias instituciones, de lo más nuevo a lo más viejo o al revés: por el índice de búsqueda.

Las llaves de la base empiezan por la institución; lo único que va por antigüedad entre todas es ese índice, que guarda de cada
registro su formato, su año y su periodo. Se camina por él, y lo que no sabe se comprueba leyendo.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from peewee import CTE, Database, ValuesList

from models.busqueda.alcance import Alcance
from models.busqueda.consulta import Consulta
from models.busqueda.indice import Hallado
from models.busqueda.motores import indice_de
from models.formatos import Tabla
from models.publicados.filtros import Filtro, conditions
from models.publicados.instituciones import Institucion
from models.publicados.paginas import Tramo
from models.publicados.registros import COLUMNAS, Registro, registro_de

LOTE, LOTES = 500, 8
"""Por tramo se miran cuando más ``LOTE * LOTES`` registros; si no bastan, la página lo dice y deja seguir."""

POCAS = 24
"""Hasta cuántas instituciones se camina por separado y se entrevera: más allá conviene caminar una vez por todas."""


@dataclass(frozen=True, slots=True)
class Pedido:
    """Qué se pide: ``instituciones`` son las elegidas, o todas si no ``es_parte``. ``ejercicio`` nulo: todos los años."""

    tabla: Tabla
    instituciones: tuple[Institucion, ...]
    es_parte: bool = False
    ejercicio: int | None = None
    filtro: Filtro = field(default_factory=Filtro)

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(una.id for una in self.instituciones)


class DeUna(NamedTuple):
    """Un registro, con la institución que lo publica."""

    institucion: Institucion
    registro: Registro

    @property
    def id(self) -> int:
        """Por el que se sigue: los ``id`` crecen con el tiempo en todas las instituciones."""
        return self.registro.id


class CaminoDeTodas:
    """Un recorrido (``models.publicados.paginas``): da ``DeUna``. Lo que cuesta un tramo no depende de cuántos haya."""

    ida_y_vuelta = True

    def __init__(self, base: Database, pedido: Pedido, consulta: Consulta | None) -> None:
        self.base, self.pedido, self.consulta = base, pedido, consulta

    def tramo(self, desde: int | None, hacia_atras: bool, limite: int) -> Tramo:
        por_lote = LOTE if self.pedido.filtro.afina or self.pedido.es_parte else limite
        filas: list[DeUna] = []
        for _ in range(LOTES):
            lote, desde = self._lote(desde, hacia_atras, por_lote)
            filas += self._leer(lote, hacia_atras, limite - len(filas))
            if desde is None or len(filas) == limite:
                break
        return Tramo(filas, None if len(filas) == limite else desde)

    def _lote(self, desde: int | None, hacia_atras: bool, cuantos: int) -> tuple[list[Hallado], int | None]:
        """Los que siguen, en el sentido en que se camina, y desde dónde seguir (``None``: ya no hay más)."""
        pedido, ids = self.pedido, self.pedido.ids
        quienes: Sequence[int | None] = sorted(ids) if pedido.es_parte and len(ids) <= POCAS else [None]
        hallados, bordes = list[Hallado](), list[int]()
        for sujeto_id in quienes:
            alcance = Alcance(sujeto_id, (pedido.tabla.clave,), pedido.ejercicio, pedido.filtro.periodo)
            lugar = {"despues_de": desde} if hacia_atras else {"antes_de": desde}
            suyos = indice_de(self.base).hallar(self.consulta, alcance, limite=cuantos, **lugar)
            hallados += suyos
            if len(suyos) == cuantos:
                bordes.append(suyos[-1].id)
        borde = (min if hacia_atras else max)(bordes, default=None)
        dentro = [uno for uno in hallados if uno.sujeto_id in ids
                  and (borde is None or (uno.id <= borde if hacia_atras else uno.id >= borde))]
        return sorted(dentro, key=lambda uno: uno.id, reverse=not hacia_atras), borde

    def _leer(self, lote: Sequence[Hallado], hacia_atras: bool, cuantos: int) -> list[DeUna]:
        """De esos, los que pasan el filtro, en el mismo orden; ``cuantos`` cuando más."""
        afina = self.pedido.filtro.afina
        filtro = replace(self.pedido.filtro, periodo=None) if afina else Filtro()
        pares = [uno.par for uno in (lote if afina else lote[:cuantos])]
        return read_pares(self.base, self.pedido, pares, filtro, cuantos, hacia_atras)


def read_pares(
    base: Database, pedido: Pedido, pares: Sequence[tuple[int, int]], filtro: Filtro, cuantos: int, hacia_atras: bool = False,
) -> list[DeUna]:
    """Los registros de esas llaves que pasan el filtro, por antigüedad: ``cuantos`` cuando más."""
    if not pares:
        return []
    publica: Any = pedido.tabla.publica
    elegidos = among(pares)
    columnas = [publica.sujeto_id, *(getattr(publica, c) for c in COLUMNAS)]
    consulta = publica.select(*columnas).join(elegidos, on=_son(publica, elegidos)).order_by(
        publica.id.asc() if hacia_atras else publica.id.desc()).limit(cuantos).with_cte(elegidos)
    if partes := conditions(pedido.tabla, filtro):
        consulta = consulta.where(*partes)
    de = {una.id: una for una in pedido.instituciones}
    return [DeUna(de[fila[0]], registro_de(pedido.tabla, *fila[1:])) for fila in consulta.bind(base).tuples()]


def among(pares: Iterable[tuple[int, int]]) -> Any:
    """Unos registros de varias instituciones, para unirlos por su llave completa."""
    return CTE("w", ValuesList([tuple(par) for par in pares]), columns=("sujeto", "registro"))


def _son(publica: Any, elegidos: Any) -> Any:
    return (publica.sujeto_id == elegidos.c.sujeto) & (publica.id == elegidos.c.registro)
