"""Lo que entra a una salida: renglones crudos, en bloques de una institución, que se leen una vez para todas las columnas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import orjson

from models.domain.protegidos import read_vacios
from models.folios import a_folios

Datos = Mapping[str, Any]

TAMANO = 250
"""Renglones por bloque."""


class Fila(Protocol):
    """Un renglón como está en la base. Los instantes son milisegundos UTC, o nulos si nunca pasó.

    ``contenido`` es el JSON canónico del registro; ``numero``, el de su versión (la pública o, en lo de trabajo, la suya).
    ``estado`` es ``""`` en lo público; ``catalogo``, la versión del catálogo con que se guardó.
    """

    @property
    def id(self) -> int: ...
    @property
    def ejercicio(self) -> int: ...
    @property
    def periodo(self) -> str: ...
    @property
    def numero(self) -> int: ...
    @property
    def contenido(self) -> str: ...
    @property
    def catalogo(self) -> int: ...
    @property
    def actualizado_en(self) -> int | None: ...
    @property
    def validado_en(self) -> int | None: ...
    @property
    def desde(self) -> int | None: ...
    @property
    def estado(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Titular:
    """De quién son los renglones de un bloque."""

    siglas: str
    nombre: str


@dataclass(frozen=True)
class Bloque:
    """Unos cientos de renglones de una institución. Lo que varias columnas necesitan se calcula una vez."""

    titular: Titular
    filas: Sequence[Fila]
    primero: int = 0
    """Cuántos renglones hubo antes: en un libro de Excel, su número los une con los de sus tablas."""

    @cached_property
    def folios(self) -> list[str]:
        return a_folios([fila.id for fila in self.filas])

    @cached_property
    def contenidos(self) -> list[Mapping[str, Any]]:
        return [orjson.loads(fila.contenido) for fila in self.filas]

    @cached_property
    def datos(self) -> list[Datos]:
        return [contenido["datos"] for contenido in self.contenidos]

    @cached_property
    def vacios(self) -> list[Mapping[str, Mapping[str, str]]]:
        """Los vacíos de cada renglón, y lo protegido entre ellos."""
        return [read_vacios(contenido, con_columnas=False) for contenido in self.contenidos]

    @cached_property
    def motivos(self) -> list[Mapping[str, Mapping[str, str]]]:
        """Lo que se dice de cada campo en su columna de motivos: los vacíos, y las tablas con columnas protegidas."""
        return [read_vacios(contenido) for contenido in self.contenidos]

    @cached_property
    def con_vacio(self) -> frozenset[str]:
        """Los campos de los que algún renglón del bloque da un motivo; casi siempre ninguno."""
        return frozenset(nombre for vacio in self.motivos if vacio for nombre in vacio)


def to_bloques(titular: Titular, tramos: Iterable[Sequence[Fila]]) -> Iterator[Bloque]:
    """Los tramos leídos de la base, en bloques que caben en la memoria rápida del procesador: medidos, los más baratos."""
    for tramo in tramos:
        for desde in range(0, len(tramo), TAMANO):
            yield Bloque(titular, tramo[desde:desde + TAMANO])


def number_bloques(bloques: Iterable[Bloque]) -> Iterator[Bloque]:
    """Los mismos bloques, cada uno con cuántos renglones hubo antes."""
    antes = 0
    for bloque in bloques:
        yield Bloque(bloque.titular, bloque.filas, antes)
        antes += len(bloque.filas)
