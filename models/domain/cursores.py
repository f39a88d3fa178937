"""Páginas por llave, no por número: la siguiente empieza donde acabó esta, y cuesta lo mismo en la fila 50 que en la 500,000.

Los registros sin valor en la columna de orden van siempre al final, en los dos motores: primero se recorren los que lo
tienen y luego los que no, cada tramo por su índice ``(sujeto, columna, id)``.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peewee import Field, ModelSelect


@dataclass(frozen=True, slots=True)
class Cursor:
    """Un lugar entre dos filas: el valor de la columna de orden (``None`` en el tramo sin valor) y el id."""

    valor: Any
    id: int
    hacia_atras: bool = False

    def en_texto(self) -> str:
        valor = self.valor.isoformat() if isinstance(self.valor, dt.date) else self.valor
        crudo = json.dumps([valor, str(self.id), int(self.hacia_atras)], separators=(",", ":"))
        return base64.urlsafe_b64encode(crudo.encode()).decode().rstrip("=")


def read_cursor(texto: str | None, columna: Field | None) -> Cursor | None:
    """El cursor de una dirección; ``None`` si no viene o está mal hecho (se empieza por el principio)."""
    if not texto or len(texto) > 600:
        return None
    try:
        crudo = base64.urlsafe_b64decode(texto + "=" * (-len(texto) % 4))
        valor, identificador, atras = json.loads(crudo)
        numero = int(identificador)
        if not 0 <= numero < 2**63 or not _sirve(valor, columna):
            return None
        return Cursor(_del_tipo(valor, columna), numero, bool(atras))
    except (ValueError, TypeError, binascii.Error, RecursionError, OverflowError):
        return None


def _sirve(valor: Any, columna: Field | None) -> bool:
    """Si la base puede comparar con ese valor. ``ValueError`` si trae medias letras (``\\ud800``)."""
    if valor is None:
        return True
    if columna is None or (isinstance(valor, str) and b"\x00" in valor.encode()):
        return False
    if columna.field_type == "BIGINT":
        return type(valor) is int and abs(valor) < 2**63
    return isinstance(valor, bool) if columna.field_type == "BOOL" else isinstance(valor, str)


def _del_tipo(valor: Any, columna: Field | None) -> Any:
    es_fecha = columna is not None and columna.field_type == "DATE" and valor is not None
    return dt.date.fromisoformat(valor) if es_fecha else valor


@dataclass(frozen=True, slots=True)
class Pagina:
    """Las filas de una página y los cursores de sus vecinas (``None`` si no hay)."""

    filas: list[Any]
    siguiente: str | None
    anterior: str | None

    @property
    def es_unica(self) -> bool:
        """Ni antes ni después hay otra: sus filas son todas."""
        return self.siguiente is None and self.anterior is None


def fetch_pagina(
    consulta: Callable[[], ModelSelect], modelo: Any, columna: Field | None, descendente: bool, cursor: Cursor | None,
    tamano: int,
) -> Pagina:
    """Lee una página. ``consulta`` da la selección ya filtrada; ``columna`` nula ordena solo por id."""
    lector = _Lector(consulta, modelo, columna, descendente)
    atras = bool(cursor and cursor.hacia_atras)
    filas = lector.leer(cursor, atras, tamano + 1)
    sobra = len(filas) > tamano
    filas = filas[:tamano]
    if atras:
        filas.reverse()
    hay_despues, hay_antes = (True, sobra) if atras else (sobra, cursor is not None)
    siguiente = lector.cursor(filas[-1], False) if filas and hay_despues else None
    anterior = lector.cursor(filas[0], True) if filas and hay_antes else None
    return Pagina(filas, siguiente, anterior)


class _Lector:
    def __init__(self, consulta: Callable[[], ModelSelect], modelo: Any, columna: Field | None, desc: bool) -> None:
        self.consulta, self.modelo, self.columna, self.desc = consulta, modelo, columna, desc

    def cursor(self, fila: Any, atras: bool) -> str:
        valor = getattr(fila, self.columna.name) if self.columna is not None else None
        return Cursor(valor, fila.id, atras).en_texto()

    def leer(self, cursor: Cursor | None, atras: bool, tamano: int) -> list[Any]:
        if self.columna is None:
            return self._tramo(None, cursor, atras, tamano)
        tramos = [False, True] if atras else [True, False]
        if cursor is not None and (cursor.valor is None) != atras:
            tramos = tramos[1:]
        filas: list[Any] = []
        for con_valor in tramos:
            vigente = cursor if cursor is not None and (cursor.valor is not None) == con_valor else None
            filas += self._tramo(con_valor, vigente, atras, tamano - len(filas))
            if len(filas) >= tamano:
                break
        return filas

    def _tramo(self, con_valor: bool | None, cursor: Cursor | None, atras: bool, tamano: int) -> list[Any]:
        bajando = self.desc != atras
        consulta = self.consulta()
        columnas: list[Field] = [self.modelo.id]
        if con_valor is not None:
            assert self.columna is not None
            consulta = consulta.where(self.columna.is_null(not con_valor))
            columnas = [self.columna, self.modelo.id] if con_valor else columnas
        if cursor is not None:
            consulta = consulta.where(self._despues_de(cursor, bajando, con_valor))
        orden = [c.desc() if bajando else c.asc() for c in columnas]
        return list(consulta.order_by(*orden).limit(tamano))

    def _despues_de(self, cursor: Cursor, bajando: bool, con_valor: bool | None) -> Any:
        identificador = self.modelo.id
        por_id = identificador < cursor.id if bajando else identificador > cursor.id
        if not con_valor:
            return por_id
        columna = self.columna
        mas_alla = columna < cursor.valor if bajando else columna > cursor.valor
        no_antes = columna <= cursor.valor if bajando else columna >= cursor.valor
        return no_antes & (mas_alla | por_id)
