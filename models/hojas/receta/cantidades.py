"""Cantidades que no están como deben, cuando solo se pueden leer de una manera.

«1.234» no se toca: puede ser mil doscientos treinta y cuatro, o uno y fracción. «1.5 millones» tampoco.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.hojas.receta.contexto import ContextoDeReceta
from models.hojas.receta.letras import to_renglon

_OFICIAL = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|[-+]?\.[0-9]+")

_SIGNOS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00b4": "'", "\u2019": "'", "\u2018": "'"})
_PESOS = re.compile(r"(?:mx[np]?)? ?\$? ?(.*?) ?(?:mx[np]?|m\. ?n\.?|mn|pesos(?: mexicanos)?|\$)?\.?", re.IGNORECASE)
_POR_CIENTO = re.compile(r"(.*?) ?(?:%|por ciento|porciento)", re.IGNORECASE)
_UNIDADES = {TipoCampo.MONEDA: _PESOS, TipoCampo.PORCENTAJE: _POR_CIENTO}
_SIGNO = re.compile(r"([-+(]?) ?(.*?) ?(\)?)")
_ANGLO = re.compile(r"([0-9]{1,3}(?:[', ][0-9]{3})+|[0-9]+)(?:\.([0-9]*))?|\.([0-9]+)")
_EUROPEO = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+),([0-9]+)")
_PUROS_PUNTOS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")

_DECIMALES = {TipoCampo.ENTERO: 0, TipoCampo.MONEDA: 2, TipoCampo.DECIMAL: 6, TipoCampo.PORCENTAJE: 6}


def is_oficial(crudo: Any) -> bool:
    """Si una celda de cantidad ya está como debe: un número, ``1234.5`` o ``1,234.50``."""
    return not isinstance(crudo, str) or _OFICIAL.fullmatch(crudo.strip()) is not None


def guess_cantidad(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"$1,234.50"``, ``"1.234,50 MXN"``, ``"(1,234.50)"``, ``"12.5%"`` → ``"1,234.50"``, ``"-1,234.50"``, ``"12.5"``."""
    if not isinstance(crudo, str):
        return None
    negativo, cifras = _sin_signo(_sin_unidad(campo, to_renglon(crudo).translate(_SIGNOS).lstrip("'")))
    numero = _leer(cifras, _DECIMALES[campo.tipo])
    if numero is None:
        return None
    return write_cantidad(campo, -numero if negativo else numero)


def guess_redondeo(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """El número de una fórmula, ``1234.5672``, con los decimales que caben. Solo de celdas numéricas, y nunca a enteros."""
    decimales = _DECIMALES[campo.tipo]
    if not isinstance(crudo, float) or not decimales or not abs(crudo) < 10**14:
        return None
    numero = Decimal(format(crudo, ".15g"))
    redondo = numero.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    return write_cantidad(campo, redondo) if redondo != numero and redondo else None


def write_cantidad(campo: Campo, numero: Decimal) -> str:
    """La cantidad como se pide: con coma en los miles y, si es dinero, sus dos decimales."""
    return f"{numero:,.2f}" if campo.tipo is TipoCampo.MONEDA else f"{numero.normalize():,f}"


def _sin_unidad(campo: Campo, texto: str) -> str:
    """Sin el signo de pesos o de por ciento, si el campo es de eso."""
    unidad = _UNIDADES.get(campo.tipo)
    sobre = _SIGNO.fullmatch(texto)
    if unidad is None or sobre is None:
        return texto
    partes = unidad.fullmatch(sobre[2])
    return f"{sobre[1]}{partes[1] if partes else sobre[2]}{sobre[3]}"


def _sin_signo(texto: str) -> tuple[bool, str]:
    """Si es negativa —«(1,234.50)», «-5», «5-»— y sus cifras."""
    limpio = texto.strip()
    if limpio.startswith("(") and limpio.endswith(")"):
        return True, limpio[1:-1].strip()
    if limpio.endswith("-") and not limpio.startswith("-"):
        return True, limpio[:-1].strip()
    return limpio.startswith("-"), limpio[1:].strip() if limpio[:1] in "-+" and limpio else limpio


def _leer(cifras: str, decimales: int) -> Decimal | None:
    """El número, si se puede leer de una sola manera y cabe."""
    if partes := _ANGLO.fullmatch(cifras):
        enteros, fraccion = partes[1] or "0", (partes[2] or partes[3] or "").rstrip("0")
        if len(fraccion) > decimales or _dudosa(partes[1] or "", partes[2] or "", decimales):
            return None
        return Decimal(f"{re.sub('[^0-9]', '', enteros)}.{fraccion or '0'}")
    if partes := _EUROPEO.fullmatch(cifras):
        enteros, fraccion = partes[1], partes[2]
        if len(fraccion) == 3 and enteros.isdigit() or len(fraccion.rstrip("0")) > decimales:
            return None
        return Decimal(f"{re.sub('[^0-9]', '', enteros)}.{fraccion}")
    return Decimal(cifras.replace(".", "")) if _PUROS_PUNTOS.fullmatch(cifras) else None


def _dudosa(enteros: str, fraccion: str, decimales: int) -> bool:
    """``1.000`` en pesos o en un entero: ¿mil, o uno? No se adivina."""
    return decimales < 3 and len(fraccion) == 3 and enteros.isdigit() and len(enteros) <= 3
