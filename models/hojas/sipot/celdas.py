"""Una celda oficial: lo que se escribe en ella de un dato, y cuándo dos celdas son la misma.

Las fechas van como fecha; las cantidades, como número; lo demás, como texto. Un entero que la hoja guarda como flotante
(``2019.0``) es el mismo número.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fracciones_config import Campo, TipoCampo
from fracciones_config.sipot.hojas import limpiar
from fracciones_config.sipot.listas import claves_de, is_si_no
from fracciones_config.sipot.titulos import llano
from models.presentacion.textos import texto

Celda = str | int | float | dt.date | dt.datetime | None
"""Lo que lleva una celda; ``None`` si está en blanco."""

_NUMEROS = frozenset({TipoCampo.MONEDA, TipoCampo.DECIMAL, TipoCampo.PORCENTAJE})
_MAESTROS = frozenset({TipoCampo.AREA, TipoCampo.SERVIDOR_PUBLICO, TipoCampo.ORGANO_COLEGIADO})


def write_celda(campo: Campo, dato: Any, lista: tuple[str, ...] = ()) -> Celda:
    """Lo que va en la celda oficial de un dato. ``lista`` es la oficial, tal cual: manda sobre nuestras etiquetas.

    De un archivo no se escribe nada: su dirección la sabe quien exporta.
    """
    if dato is None or campo.tipo is TipoCampo.ARCHIVO:
        return None
    if campo.tipo in _NUMEROS:
        return to_numero(str(dato))
    if campo.tipo is TipoCampo.FECHA:
        return dt.date.fromisoformat(str(dato))
    if campo.tipo in (TipoCampo.ENTERO, TipoCampo.ANIO):
        return int(dato)
    if campo.tipo is TipoCampo.OPCION:
        return _de_lista(campo, str(dato), lista)
    if campo.tipo is TipoCampo.SI_NO:
        return _si_no(bool(dato), lista)
    if campo.tipo in _MAESTROS:
        return str(dato.get("texto", ""))
    return texto(campo, dato)


def to_numero(cifras: str) -> int | float:
    """``"1234.50"`` → ``1234.5``; sin decimales, entero."""
    numero = Decimal(cifras)
    return int(numero) if numero == numero.to_integral_value() else float(numero)


def plain_celda(valor: Any) -> Celda:
    """Una celda tal como se compara y se guarda: sin ``2019.0``, y la fecha sin hora en cero."""
    if valor is None or valor == "":
        return None
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, float) and valor.is_integer() and abs(valor) < 1e15:
        return int(valor)
    if isinstance(valor, dt.datetime):
        return valor.date() if valor.time() == dt.time() else valor
    if isinstance(valor, str | int | float | dt.date):
        return valor
    return str(valor)


def is_same(una: Celda, otra: Celda) -> bool:
    """Si son la misma celda: mismo tipo y mismo valor."""
    ambos_numeros = isinstance(una, int | float) and isinstance(otra, int | float)
    return una == otra and (ambos_numeros or type(una) is type(otra))


def _de_lista(campo: Campo, clave: str, lista: tuple[str, ...]) -> str:
    """El valor oficial: el de la misma clave, o el que se lee igual que nuestra etiqueta; si no está, la etiqueta."""
    etiqueta = campo.opciones.get(clave, clave)
    return find_oficial(etiqueta, claves_de(lista), clave) or etiqueta


def find_oficial(etiqueta: str, oficiales: Mapping[str, str], clave: str = "") -> str | None:
    """El valor de una lista oficial que dice lo mismo; ``None`` si ninguno."""
    propio = oficiales.get(clave)
    if propio is not None and (llano(propio) == llano(etiqueta) or etiqueta.rpartition("… (")[0] and
                               limpiar(propio).startswith(etiqueta.rpartition("… (")[0])):
        return propio
    exactos = [valor for valor in oficiales.values() if limpiar(valor) == etiqueta]
    return next(iter([*exactos, *(valor for valor in oficiales.values() if llano(valor) == llano(etiqueta))]), None)


def _si_no(dato: bool, lista: tuple[str, ...]) -> str:
    dicho = "si" if dato else "no"
    del_libro = next((valor for valor in lista if llano(valor) == dicho), None) if is_si_no(lista) else None
    return del_libro or ("Si" if dato else "No")
