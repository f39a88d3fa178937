"""Las columnas de la tabla de un formato: cuáles se ven, y a dónde lleva cada encabezado para ordenar por ella."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from fracciones_config import Campo, Formato, TipoCampo
from models.formatos import Tabla
from models.publicados import Filtro, Orden
from models.publicados.filtros import sortable
from portal.peticion import read_columnas

COLUMNAS_CON_PERIODO = 5
"""Si el formato lista menos columnas que estas, cabe además el periodo."""

_TEXTOS = frozenset({TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO, TipoCampo.OPCION, TipoCampo.SI_NO})
_TIEMPOS = frozenset({TipoCampo.FECHA, TipoCampo.HORA, TipoCampo.PERIODO, TipoCampo.ANIO})


class Consulta(Protocol):
    """Lo que se está viendo de un formato, con la dirección que lo repite."""

    @property
    def tabla(self) -> Tabla: ...
    @property
    def filtro(self) -> Filtro: ...
    @property
    def columnas(self) -> tuple[Campo, ...]: ...

    def ruta(self, extension: str = "/", **parametros: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Encabezado:
    """Una columna. ``ruta`` ordena por ella (o al revés, si ya lo está); ``sentido`` es el de ``aria-sort``."""

    campo: Campo
    ruta: str = ""
    sentido: str = ""


def list_columns(formato: Formato) -> tuple[Campo, ...]:
    """Las columnas de siempre: las de la lista y, si cabe, el periodo."""
    columnas = tuple(campo for campo in formato.en_lista() if campo.nombre != "ejercicio")
    periodo = formato.por_nombre.get("periodo")
    if periodo is not None and periodo not in columnas and len(columnas) < COLUMNAS_CON_PERIODO:
        return (*columnas, periodo)
    return columnas


default_columns = lru_cache(maxsize=512)(lambda tabla: list_columns(tabla.formato))
"""Lo mismo, de una tabla: no cambian mientras no cambie el formato."""


def chosen_columns(tabla: Tabla) -> tuple[Campo, ...]:
    """Las que la dirección pide; vacía si son las de siempre."""
    columnas = read_columnas(tabla.formato)
    es_lo_de_siempre = {campo.nombre for campo in columnas} == {campo.nombre for campo in default_columns(tabla)}
    return () if es_lo_de_siempre else columnas


def columns_of(consulta: Consulta) -> tuple[Campo, ...]:
    """Las que se pidieron o, si no se dijo, las de siempre."""
    columnas: tuple[Campo, ...] = consulta.columnas or default_columns(consulta.tabla)
    return columnas


def list_encabezados(consulta: Consulta, columnas: Iterable[Campo], se_ordena: bool) -> list[Encabezado]:
    """Los encabezados; con ``se_ordena``, los que se puede llevan a la misma tabla en ese orden."""
    if not se_ordena:
        return [Encabezado(campo) for campo in columnas]
    ordenables, orden = _ordenables(consulta.tabla), consulta.filtro.orden
    return [_encabezado(consulta, campo, orden) if campo.nombre in ordenables else Encabezado(campo) for campo in columnas]


def _encabezado(consulta: Consulta, campo: Campo, orden: Orden | None) -> Encabezado:
    es_este = orden is not None and orden.campo == campo.nombre
    descendente = (not orden.descendente) if es_este and orden else campo.tipo not in _TEXTOS
    sentido = ("descending" if orden.descendente else "ascending") if es_este and orden else ""
    return Encabezado(campo, consulta.ruta(orden=Orden(campo.nombre, descendente)), sentido)


@lru_cache(maxsize=512)
def _ordenables(tabla: Tabla) -> frozenset[str]:
    return frozenset(campo.nombre for campo in sortable(tabla.formato))


def list_ordenes(consulta: Consulta, columnas: Iterable[Campo]) -> Iterator[tuple[str, str]]:
    """Lo que se puede elegir en «Ordenar por»: (valor en la dirección, lo que se lee)."""
    ordenables, orden = _ordenables(consulta.tabla), consulta.filtro.orden
    campos = {campo.nombre: campo for campo in columnas if campo.nombre in ordenables}
    if orden is not None:
        campos.setdefault(orden.campo, consulta.tabla.formato.por_nombre[orden.campo])
    for campo in campos.values():
        for descendente in (campo.tipo not in _TEXTOS, campo.tipo in _TEXTOS):
            yield str(Orden(campo.nombre, descendente)), f"{campo.etiqueta}: {_como(campo, descendente)}"


def order_in_words(consulta: Consulta) -> str:
    """«del monto total, de mayor a menor»: el orden pedido, dicho en una línea; ``""`` si ninguno."""
    orden = consulta.filtro.orden
    if orden is None:
        return ""
    campo = consulta.tabla.formato.por_nombre[orden.campo]
    return f"por «{campo.etiqueta}», {_como(campo, orden.descendente)}"


def _como(campo: Campo, descendente: bool) -> str:
    if campo.tipo in _TEXTOS:
        return "de la Z a la A" if descendente else "de la A a la Z"
    if campo.tipo in _TIEMPOS:
        return "de lo último a lo primero" if descendente else "de lo primero a lo último"
    return "de mayor a menor" if descendente else "de menor a mayor"
