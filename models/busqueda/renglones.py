"""De las filas de un formato a los renglones del índice: lo dice SQL, sin pasar ninguna por Python."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from peewee import SQL, Value

from fracciones_config import Campo, TipoCampo
from models.base import Modelo, db
from models.busqueda.alcance import sql_of_fecha, sql_of_lugar, sql_of_monto
from models.busqueda.motores import indice_de
from models.formatos import Tabla

_MARCAS = {TipoCampo.MONEDA: sql_of_monto, TipoCampo.FECHA: sql_of_fecha}


def amounts_of(tabla: Tabla) -> tuple[Campo, ...]:
    """Los campos entre cuyos valores se busca un monto."""
    return _de_tipo(tabla, TipoCampo.MONEDA)


def dates_of(tabla: Tabla) -> tuple[Campo, ...]:
    """Los campos entre cuyos valores se busca una fecha."""
    return _de_tipo(tabla, TipoCampo.FECHA)


def put_publicadas(tabla: Tabla, *condiciones: Any) -> None:
    """Pone en el índice las filas de trabajo que cumplen eso, con su contenido de hoy: lo que se está publicando."""
    trabajo: Any = tabla.trabajo
    indice_de(db.obj).poner_desde(*trabajo.select(*columns_of(tabla, trabajo, trabajo.tokens)).where(*condiciones).sql())


def columns_of(tabla: Tabla, modelo: type[Modelo], tokens: Any) -> list[Any]:
    """Las columnas de ``Indice.poner_desde``, de una selección cuya primera tabla es la de trabajo o la pública."""
    de: Any = modelo
    return [de.sujeto_id, de.id, Value(tabla.clave), de.ejercicio, SQL(_marcas(tabla)), tokens]


@lru_cache(maxsize=512)
def _marcas(tabla: Tabla) -> str:
    """Las marcas de un registro, cada una con un blanco delante: «t1» es como Peewee llama a la primera tabla."""
    partes = [sql_of_lugar('"t1"."ejercicio"', '"t1"."periodo"')]
    partes += [_MARCAS[campo.tipo](f'"t1"."{tabla.columnas[campo.nombre]}"')
               for campo in tabla.formato.campos if campo.tipo in _MARCAS]
    return " || ".join(partes)


@lru_cache(maxsize=1024)
def _de_tipo(tabla: Tabla, tipo: TipoCampo) -> tuple[Campo, ...]:
    return tuple(campo for campo in tabla.formato.campos if campo.tipo is tipo)
