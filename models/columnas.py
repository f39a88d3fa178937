"""Cómo se guarda cada tipo de campo: qué columna física lleva, y el viaje dato → columna → dato.

Toda columna admite nulo. El dinero va en centavos y los demás decimales en millonésimas, siempre enteros: NUMERIC en
SQLite es un flotante. De un archivo o de un maestro la columna solo guarda el ``id``; el resto vive en ``contenido``.
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from peewee import BigIntegerField, BooleanField, DateField, Field, TextField

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.folios import MAXIMO, a_folio, de_folio

Valor: TypeAlias = str | int | bool | dt.date
"""Lo que Peewee guarda en una columna."""

_DECIMAL = re.compile(r"(-?)([0-9]{1,18})(?:\.([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Columna:
    """La columna de un tipo: su clase de Peewee, y cómo va (``a``) y vuelve (``de``) un dato."""

    clase: type[Field]
    a: Callable[[Any], Valor]
    de: Callable[[Any], Dato]


def _solo(tipo: type) -> Callable[[Any], Any]:
    """El valor tal cual, si es de ese tipo exacto (un ``bool`` no pasa por ``int``)."""
    def revisar(dato: Any) -> Any:
        if type(dato) is not tipo:
            raise ValueError(f"Se esperaba {tipo.__name__} y llegó {type(dato).__name__}.")
        return dato
    return revisar


def _en_rango(entero: int) -> int:
    if not -MAXIMO <= entero <= MAXIMO:
        raise ValueError("El número no cabe en 63 bits.")
    return entero


def _a_entero(dato: Any) -> int:
    return _en_rango(_solo(int)(dato))


def _a_unidades(cifras: int) -> Callable[[Any], int]:
    """De ``"1234.50"`` a centavos (``cifras=2``) o a millonésimas (``cifras=6``)."""
    def convertir(dato: Any) -> int:
        partes = _DECIMAL.fullmatch(_solo(str)(dato))
        if not partes or len(partes[3] or "") > cifras:
            raise ValueError(f"Se esperaba un número con {cifras} decimales cuando más.")
        unidades = _en_rango(int(partes[2] + (partes[3] or "").ljust(cifras, "0")))
        return -unidades if partes[1] else unidades
    return convertir


def _de_unidades(entero: int, cifras: int) -> tuple[str, str]:
    digitos = str(abs(entero)).rjust(cifras + 1, "0")
    return ("-" if entero < 0 else "") + digitos[:-cifras], digitos[-cifras:]


def _de_centavos(valor: Any) -> str:
    pesos, centavos = _de_unidades(int(valor), 2)
    return f"{pesos}.{centavos}"


def _de_millonesimas(valor: Any) -> str:
    entero, fraccion = _de_unidades(int(valor), 6)
    return f"{entero}.{fraccion}".rstrip("0").rstrip(".")


def _a_fecha(dato: Any) -> dt.date:
    return dt.date.fromisoformat(_solo(str)(dato))


def _de_fecha(valor: Any) -> str:
    return valor.isoformat() if isinstance(valor, dt.date) else str(valor)


def _a_json(dato: Any) -> str:
    return json.dumps(_solo(list)(dato), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _a_id(dato: Any) -> int:
    return de_folio(_solo(str)(_solo(dict)(dato)["id"]))


def _de_id(valor: Any) -> Dato:
    return {"id": a_folio(int(valor))}


_TEXTO = Columna(TextField, _solo(str), str)
_ENTERO = Columna(BigIntegerField, _a_entero, int)
_MILLONESIMAS = Columna(BigIntegerField, _a_unidades(6), _de_millonesimas)
_ID = Columna(BigIntegerField, _a_id, _de_id)
_JSON = Columna(TextField, _a_json, json.loads)

COLUMNAS: dict[TipoCampo, Columna] = {
    TipoCampo.TEXTO: _TEXTO,
    TipoCampo.TEXTO_LARGO: _TEXTO,
    TipoCampo.NOTA: _TEXTO,
    TipoCampo.ENTERO: _ENTERO,
    TipoCampo.DECIMAL: _MILLONESIMAS,
    TipoCampo.MONEDA: Columna(BigIntegerField, _a_unidades(2), _de_centavos),
    TipoCampo.PORCENTAJE: _MILLONESIMAS,
    TipoCampo.FECHA: Columna(DateField, _a_fecha, _de_fecha),
    TipoCampo.HORA: _TEXTO,
    TipoCampo.ANIO: _ENTERO,
    TipoCampo.PERIODO: _TEXTO,
    TipoCampo.SI_NO: Columna(BooleanField, _solo(bool), bool),
    TipoCampo.OPCION: _TEXTO,
    TipoCampo.OPCIONES: _JSON,
    TipoCampo.URL: _TEXTO,
    TipoCampo.CORREO: _TEXTO,
    TipoCampo.TELEFONO: _TEXTO,
    TipoCampo.ARCHIVO: _ID,
    TipoCampo.AREA: _ID,
    TipoCampo.SERVIDOR_PUBLICO: _ID,
    TipoCampo.ORGANO_COLEGIADO: _ID,
    TipoCampo.TABLA: _JSON,
}
"""Cómo se guarda cada tipo."""


def make_field(campo: Campo) -> Field:
    """Un campo de Peewee nuevo, que admite nulo, para guardar ``campo``."""
    return COLUMNAS[campo.tipo].clase(null=True)


def a_columna(campo: Campo, dato: Dato | None) -> Valor | None:
    """El valor de la columna: centavos, millonésimas, ``date``, ``id``… ``None`` si no hay dato.

    ``ValueError`` si el dato no tiene la forma de su tipo o no cabe en 63 bits; lo que sale de
    ``models.domain.lectura`` siempre la tiene.
    """
    return None if dato is None else COLUMNAS[campo.tipo].a(dato)


def de_columna(campo: Campo, valor: Valor | None) -> Dato | None:
    """El dato que guardaba una columna; de archivos y maestros, solo ``{"id": folio}``."""
    return None if valor is None else COLUMNAS[campo.tipo].de(valor)
