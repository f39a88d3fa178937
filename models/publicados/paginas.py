"""Páginas por llave, de lo más nuevo a lo más viejo: la última cuesta lo mismo que la primera.

Un *recorrido* da tramos de registros a partir de una posición (el ``id`` del último visto). Los que filtran sin
índice miran cuando más una ventana de registros por petición; si no basta, la página lo dice y deja seguir.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from models.publicados.registros import Registro

TAMANO = 25
"""Registros por página."""

TROZO = 1000
"""Registros por tramo de una descarga: entre uno y otro no se retiene ninguna conexión."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Una posición: sigue lo más viejo que ``id`` o, si es ``hacia_atras``, lo más nuevo."""

    id: int
    hacia_atras: bool = False


@dataclass(frozen=True, slots=True)
class Tramo:
    """Lo leído; ``hasta`` es la posición donde se dejó de mirar sin haber llegado al final ni llenado el tramo.

    Los ``registros`` son ``Registro``, o ``FilaPublica`` si el recorrido es crudo.
    """

    registros: list[Any]
    hasta: int | None = None


class Recorrido(Protocol):
    """Una manera de recorrer registros por llave."""

    ida_y_vuelta: bool

    def tramo(self, desde: int | None, hacia_atras: bool, limite: int) -> Tramo:
        """Hasta ``limite`` registros después de ``desde`` (excluido), en el sentido pedido."""


@dataclass(frozen=True, slots=True)
class Pagina:
    """Una página. ``parcial``: faltó mirar registros más viejos; ``siguiente`` sigue desde ahí.

    ``ordenada``: va en el orden que se pidió, y no de lo más nuevo a lo más viejo.
    """

    registros: tuple[Registro, ...] = ()
    siguiente: int | None = None
    anterior: int | None = None
    parcial: bool = False
    total: int | None = None
    es_primera: bool = True
    ordenada: bool = False


def fetch_pagina(recorrido: Recorrido, cursor: Cursor | None, tamano: int = TAMANO) -> Pagina:
    """La página que sigue al cursor, o la primera."""
    if cursor is not None and cursor.hacia_atras and recorrido.ida_y_vuelta:
        return _hacia_atras(recorrido, cursor.id, tamano)
    tramo = recorrido.tramo(cursor.id if cursor else None, False, tamano + 1)
    visibles = tramo.registros[:tamano]
    sobra = len(tramo.registros) > tamano
    return Pagina(
        tuple(visibles), siguiente=visibles[-1].id if sobra else tramo.hasta,
        anterior=visibles[0].id if cursor and visibles and recorrido.ida_y_vuelta else None,
        parcial=not sobra and tramo.hasta is not None, es_primera=cursor is None)


def _hacia_atras(recorrido: Recorrido, desde: int, tamano: int) -> Pagina:
    tramo = recorrido.tramo(desde, True, tamano + 1)
    sobra = len(tramo.registros) > tamano
    if not sobra and tramo.hasta is None:
        return fetch_pagina(recorrido, None, tamano)
    visibles = tramo.registros[:tamano][::-1]
    ultimo = visibles[-1].id if visibles else desde
    return Pagina(tuple(visibles), siguiente=ultimo, anterior=visibles[0].id if sobra else tramo.hasta,
                  parcial=not sobra, es_primera=False)


def iter_tramos(recorrido: Recorrido, trozo: int = TROZO) -> Iterator[list[Any]]:
    """Todos los registros, por tramos: la memoria no crece con la tabla."""
    desde: int | None = None
    while True:
        tramo = recorrido.tramo(desde, False, trozo)
        if tramo.registros:
            yield tramo.registros
        if len(tramo.registros) == trozo:
            desde = tramo.registros[-1].id
        elif tramo.hasta is not None:
            desde = tramo.hasta
        else:
            return
