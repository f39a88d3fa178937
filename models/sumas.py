"""Los totales de lo publicado: cuántos registros y cuánto suman, por periodo, opción y moneda. Nadie suma filas al leer.

Los escribe solo el flujo de trabajo, por diferencias y en la transacción que publica o retira.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

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

    @property
    def hay(self) -> bool:
        return bool(self.opcion or self.medidas)


@lru_cache(maxsize=512)
def measures_of(tabla: Tabla) -> Medidas:
    """Lo que se cuenta de un formato, por sus columnas físicas."""
    formato, columnas = tabla.formato, tabla.columnas
    divide = dividing_field(formato)
    return Medidas(columnas[divide.nombre] if divide else None, tuple(
        Medida(campo.nombre, columnas[campo.nombre], columnas[moneda.nombre] if moneda else None)
        for campo in summable(formato) for moneda in [currency_of(formato, campo)]))


class Lugar(NamedTuple):
    """Dónde va una suma."""

    ejercicio: int
    periodo: str
    campo: str
    opcion: str
    moneda: str


class Suma(NamedTuple):
    """Cuántos traen el dato, y las dos partes de lo que suman."""

    con_valor: int = 0
    alta: int = 0
    baja: int = 0


Sumas = dict[Lugar, Suma]

_MASCARA = (1 << BITS) - 1


@lru_cache(maxsize=256)
def selection_of(medidas: Medidas) -> tuple[str, str]:
    """Las columnas de la consulta y sus grupos: ejercicio, periodo, opción y las monedas; después, las cuentas."""
    grupos = ["ejercicio", "periodo", _o_vacio(medidas.opcion), *map(_o_vacio, _monedas(medidas))]
    cuentas = ["COUNT(*)"]
    for medida in medidas.medidas:
        c = f'"{medida.columna}"'
        cuentas += [f"COUNT({c})", f"COALESCE(SUM({c} >> {BITS}), 0)", f"COALESCE(SUM({c} & {_MASCARA}), 0)"]
    nombrados = [f"{grupo} AS g{i}" for i, grupo in enumerate(grupos)]
    return ", ".join([*nombrados, *cuentas]), ", ".join(f"g{i}" for i in range(len(grupos)))


def _o_vacio(columna: str | None) -> str:
    return f"COALESCE(\"{columna}\", '')" if columna else "''"


def _monedas(medidas: Medidas) -> list[str]:
    return sorted({medida.moneda for medida in medidas.medidas if medida.moneda})


def add_fila(sumas: Sumas, medidas: Medidas, fila: tuple[Any, ...]) -> None:
    """Agrega a ``sumas`` un renglón de la consulta."""
    monedas = _monedas(medidas)
    ejercicio, periodo, opcion, *dichas = fila[:3 + len(monedas)]
    cuentas = fila[3 + len(monedas):]
    _add(sumas, Lugar(ejercicio, periodo, "", opcion, ""), (cuentas[0], 0, 0))
    for i, medida in enumerate(medidas.medidas):
        moneda = dichas[monedas.index(medida.moneda)] if medida.moneda else ""
        suya = cuentas[1 + 3 * i:4 + 3 * i]
        if suya[0]:
            _add(sumas, Lugar(ejercicio, periodo, medida.campo, opcion, moneda), suya)


def _add(sumas: Sumas, lugar: Lugar, mas: Iterable[Any]) -> None:
    sumas[lugar] = Suma(*(a + int(b) for a, b in zip(sumas.get(lugar, Suma()), mas, strict=True)))
