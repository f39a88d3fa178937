"""Los totales de lo publicado: cuántos registros y cuánto suman, por periodo, opción y moneda. Nadie suma filas al leer.

Los escribe solo el flujo de trabajo, por diferencias y en la transacción que publica o retira.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from peewee import BigIntegerField, IntegerField, TextField
from peewee import CompositeKey as Llave

from fracciones_config import Campo, Formato, TipoCampo
from models.base import Modelo
from models.formatos import Tabla

BITS = 30
"""Una suma va partida en dos enteros, ``alta`` y ``baja``: mil montos del tamaño máximo no caben juntos en 63 bits."""

OPCIONES_MAXIMAS = 40
LISTA_DE_MONEDAS = "monedas"


class PubSuma(Modelo):
    """``campo`` vacío cuenta registros; con nombre, suma los que traen ese dato, en la unidad de su columna.

    ``opcion`` es el valor del campo que divide al formato (``dividing_field``) y ``moneda``, el del que dice en qué moneda
    va el monto (``currency_of``); vacíos, si no hay o el registro no lo trae.
    """

    sujeto_id = IntegerField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    campo = TextField()
    opcion = TextField()
    moneda = TextField()
    con_valor = IntegerField()
    alta = BigIntegerField()
    baja = BigIntegerField()

    class Meta:
        table_name = "pub_suma"
        primary_key = Llave("sujeto_id", "clave", "ejercicio", "periodo", "campo", "opcion", "moneda")


def join_suma(alta: int, baja: int) -> int:
    """La suma entera, de sus dos partes."""
    return (int(alta) << BITS) + int(baja)


def summable(formato: Formato) -> tuple[Campo, ...]:
    """Los campos que se suman."""
    return tuple(campo for campo in formato.campos if campo.sumable)


def dividing_field(formato: Formato) -> Campo | None:
    """El campo de opciones que mejor divide al formato: de los que se filtran, el primero de la lista (o el primero)."""
    posibles = [campo for campo in formato.campos if campo.tipo is TipoCampo.OPCION and campo.se_filtra
                and campo.lista != LISTA_DE_MONEDAS and 2 <= len(campo.opciones) <= OPCIONES_MAXIMAS]
    return next((campo for campo in posibles if campo.en_lista), posibles[0] if posibles else None)


def currency_of(formato: Formato, campo: Campo) -> Campo | None:
    """El campo que dice en qué moneda va un monto: de los de la lista «monedas», el primero declarado después de él.

    Si ninguno va después, el único que haya; y si no hay, el monto va en pesos.
    """
    if campo.tipo is not TipoCampo.MONEDA:
        return None
    monedas = [uno for uno in formato.campos if uno.tipo is TipoCampo.OPCION and uno.lista == LISTA_DE_MONEDAS]
    nombres = list(formato.por_nombre)
    despues = [uno for uno in monedas if nombres.index(uno.nombre) > nombres.index(campo.nombre)]
    return next(iter(despues or monedas), None)


def signature_of(formato: Formato) -> str:
    """Qué se cuenta de un formato, en un texto: si cambia, hay que volver a contarlo."""
    divide = dividing_field(formato)
    medidas = [(campo.nombre, str(campo.tipo), moneda.nombre if moneda else None)
               for campo in summable(formato) for moneda in [currency_of(formato, campo)]]
    return repr((divide.nombre if divide else None, medidas))


@dataclass(frozen=True, slots=True)
class Medida:
    """Qué se suma de un formato: la columna del monto y, si la hay, la de su moneda."""

    campo: str
    columna: str
    moneda: str | None


@dataclass(frozen=True, slots=True)
class Medidas:
    """Todo lo que se cuenta de un formato; ``opcion`` es la columna del campo que lo divide."""

    opcion: str | None
    medidas: tuple[Medida, ...]


@lru_cache(maxsize=512)
def measures_of(tabla: Tabla) -> Medidas:
    """Lo que se cuenta de un formato, por sus columnas físicas."""
    formato, columnas = tabla.formato, tabla.columnas
    divide = dividing_field(formato)
    return Medidas(columnas[divide.nombre] if divide else None, tuple(
        Medida(campo.nombre, columnas[campo.nombre], columnas[moneda.nombre] if moneda else None)
        for campo in summable(formato) for moneda in [currency_of(formato, campo)]))
