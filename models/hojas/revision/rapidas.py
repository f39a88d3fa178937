"""El camino corto de una celda: la que está en su forma más común se lee sin dar todas las vueltas.

Cada lector corto da el dato, exactamente el que daría ``models.domain.lectura.leer``, o ``None`` si no está seguro: entonces va
por el camino largo. Nunca da un error ni lee nada que la receta quisiera corregir.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.lectores.tiempos import ANIO_MAXIMO, ANIO_MINIMO

Corto = Callable[[Any], Dato | None]

_RARA = re.compile("[^ !-%'-^`-~áéíóúüñÁÉÍÓÚÜÑ°º«»¿’“”–—…]|  ")
"""Lo que saca a un texto del camino corto. Fuera de «_» y «&», que pueden esconder letras dañadas, todo lo demás se queda igual
al limpiarlo: son letras compuestas, que se ven y que no son blancos."""

_INICIO_DE_CAUSA = frozenset("nNiIrRdD#=")
"""Con qué empieza «No aplica», «Reservado», «Información reservada», «Dato protegido» y lo que puede ser un error."""

_PESOS = re.compile(r"[1-9][0-9]{0,8}\.[0-9]{2}")
_DIRECCION = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,60}(?:/[A-Za-z0-9/._~=?+,;-]*)?")
_EXACTO = 1e9
"""Hasta aquí un flotante no pierde centavos ni millonésimas."""


def _may_be_causa(crudo: str) -> bool:
    """Las celdas que empiezan con «D» son muchas («Dirección de…»): de esas, solo las que dicen «Dato»."""
    return len(crudo) < 40 and (crudo[0] not in "dD" or crudo[:4].casefold() == "dato")


def _texto(campo: Campo) -> Corto | None:
    largo = campo.largo
    if campo.patron or largo is None:
        return None

    def leer(crudo: Any) -> Dato | None:
        if crudo.__class__ is not str or not 0 < len(crudo) <= largo or crudo[0] in _INICIO_DE_CAUSA and _may_be_causa(crudo):
            return None
        if crudo[0] == " " or crudo[-1] == " " or _RARA.search(crudo):
            return None
        return crudo
    return leer


def _fecha(campo: Campo) -> Corto:
    def leer(crudo: Any) -> Dato | None:
        return crudo.isoformat() if crudo.__class__ is dt.date and ANIO_MINIMO <= crudo.year <= ANIO_MAXIMO else None
    return leer


def _dentro(campo: Campo) -> Callable[[float], bool]:
    """Si un número está, sin duda, entre los límites del campo: en la orilla decide el camino largo."""
    bajo = -_EXACTO if campo.minimo is None else max(campo.minimo + 1e-6, -_EXACTO)
    alto = _EXACTO if campo.maximo is None else min(campo.maximo - 1e-6, _EXACTO)
    return lambda numero: bajo < numero < alto


def _cifras(decimales: int, campo: Campo) -> Callable[[Any], str | None]:
    """Las cifras de un flotante que no lleva más decimales de los que caben."""
    dentro = _dentro(campo)

    def leer(crudo: Any) -> str | None:
        if crudo.__class__ is not float or not dentro(crudo) or not crudo:
            return None
        cifras = format(crudo, ".15g")
        punto = cifras.find(".")
        return cifras if "e" not in cifras and (punto < 0 or len(cifras) - punto - 1 <= decimales) else None
    return leer


def _entero(campo: Campo) -> Corto:
    dentro = _dentro(campo)
    return lambda crudo: int(crudo) if crudo.__class__ is float and dentro(crudo) and crudo.is_integer() else None


def _moneda(campo: Campo) -> Corto:
    cifras, dentro = _cifras(2, campo), _dentro(campo)

    def leer(crudo: Any) -> Dato | None:
        if crudo.__class__ is str and _PESOS.fullmatch(crudo) and dentro(float(crudo)):
            return crudo
        leidas = cifras(crudo)
        if leidas is None:
            return None
        pesos, _, centavos = leidas.partition(".")
        return f"{pesos}.{centavos.ljust(2, '0')}"
    return leer


def _decimal(campo: Campo) -> Corto:
    return _cifras(6, campo)


def _url(campo: Campo) -> Corto:
    return lambda crudo: crudo if crudo.__class__ is str and len(crudo) < 1_000 and _DIRECCION.fullmatch(crudo) else None


def _ninguno(campo: Campo) -> None:
    return None


CORTOS: dict[TipoCampo, Callable[[Campo], Corto | None]] = {
    TipoCampo.TEXTO: _texto,
    TipoCampo.TEXTO_LARGO: _texto,
    TipoCampo.NOTA: _texto,
    TipoCampo.ENTERO: _entero,
    TipoCampo.DECIMAL: _decimal,
    TipoCampo.MONEDA: _moneda,
    TipoCampo.PORCENTAJE: _decimal,
    TipoCampo.FECHA: _fecha,
    TipoCampo.HORA: _ninguno,
    TipoCampo.ANIO: _ninguno,
    TipoCampo.PERIODO: _ninguno,
    TipoCampo.SI_NO: _ninguno,
    TipoCampo.OPCION: _ninguno,
    TipoCampo.OPCIONES: _ninguno,
    TipoCampo.URL: _url,
    TipoCampo.CORREO: _ninguno,
    TipoCampo.TELEFONO: _ninguno,
    TipoCampo.ARCHIVO: _ninguno,
    TipoCampo.AREA: _ninguno,
    TipoCampo.SERVIDOR_PUBLICO: _ninguno,
    TipoCampo.ORGANO_COLEGIADO: _ninguno,
    TipoCampo.TABLA: _ninguno,
}
"""De cada tipo, su camino corto; los de pocos valores distintos no lo necesitan: se recuerdan."""
