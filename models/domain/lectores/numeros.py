"""Lee cantidades: enteros, decimales, dinero y porcentajes.

Los miles van con coma (o espacio) y los decimales con punto. Lo que se presta a dos lecturas no se adivina: se explica.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fracciones_config import Campo
from models.domain.lectores.crudo import DatoInvalido, citar, to_linea

_LARGO = 60


@dataclass(frozen=True, slots=True)
class Escala:
    """Cuántas cifras caben: con ellas, ni centavos ni millonésimas pasan de 63 bits."""

    enteros: int
    decimales: int
    ejemplo: str


_ENTERO = Escala(15, 0, "1,234")
_DECIMAL = Escala(12, 6, "12.5")
_MONEDA = Escala(15, 2, "1,234.50")
_PORCENTAJE = Escala(12, 6, "12.5")

_MENOS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " "})
_NUMERO = re.compile(r"([-+]?) ?(?=\.?[0-9])((?:[0-9]{1,3}(?:([ ,])[0-9]{3})(?:\3[0-9]{3})*)|[0-9]*)(?:\.([0-9]*))?")
_PESOS = re.compile(r"([-+]?) ?(?:MXN? ?)?\$? ?([-+]?[^$A-Z]*?) ?(?:MXN|M\. ?N\.|MN|pesos)?", re.IGNORECASE)
_COMA_DECIMAL = re.compile(r"([-+]?)([0-9]{1,3}(?:[. ][0-9]{3})*|[0-9]+),([0-9]+)")
_PUNTOS_DE_MILES = re.compile(r"([-+]?)([0-9]{1,3}(?:\.[0-9]{3}){2,})")


def read_entero(campo: Campo, crudo: Any) -> int:
    """``"1,234"`` → ``1234``; hasta 15 cifras."""
    return int(_leer(campo, to_linea(crudo, _LARGO, "un número entero"), _ENTERO))


def read_decimal(campo: Campo, crudo: Any) -> str:
    """``"1,234.50"`` → ``"1234.5"``; hasta 12 cifras enteras y 6 decimales."""
    return _canonico(_leer(campo, to_linea(crudo, _LARGO, "una cantidad"), _DECIMAL))


def read_porcentaje(campo: Campo, crudo: Any) -> str:
    """``"12.5 %"`` → ``"12.5"``: la unidad es el por ciento, no la fracción."""
    linea = to_linea(crudo, _LARGO, "un porcentaje")
    return _canonico(_leer(campo, linea.removesuffix("%").rstrip(), _PORCENTAJE))


def read_moneda(campo: Campo, crudo: Any) -> str:
    """``"$1,234.5 MXN"`` → ``"1234.50"``: pesos, hasta 15 cifras enteras y 2 decimales."""
    linea = to_linea(crudo, _LARGO, "una cantidad en pesos").translate(_MENOS)
    partes = _PESOS.fullmatch(linea)
    cifras = partes[1] + partes[2] if partes else linea
    return f"{_leer(campo, cifras, _MONEDA, linea):.2f}"


def _leer(campo: Campo, texto: str, escala: Escala, escrito: str = "") -> Decimal:
    """El número escrito en ``texto``; ``escrito`` es lo que se cita si hay error."""
    escrito = escrito or texto
    limpio = texto.translate(_MENOS)
    partes = _NUMERO.fullmatch(limpio)
    if not partes:
        raise DatoInvalido(_explicar(escrito, limpio, escala))
    signo, enteros, _, decimales = partes.groups(default="")
    enteros = enteros.replace(",", "").replace(" ", "")
    if len(decimales) > escala.decimales:
        raise DatoInvalido(_sobran_decimales(escrito, enteros, decimales, escala))
    if len(enteros.lstrip("0")) > escala.enteros:
        raise DatoInvalido(f"{citar(escrito)} tiene {len(enteros.lstrip('0'))} cifras enteras; "
                           f"caben {escala.enteros}. Revise que no sobren.")
    numero = Decimal(f"{enteros or '0'}.{decimales or '0'}")
    return _en_limites(campo, -numero if signo == "-" and numero else numero, escrito)


def _en_limites(campo: Campo, numero: Decimal, escrito: str) -> Decimal:
    if campo.minimo is not None and numero < Decimal(repr(campo.minimo)):
        raise DatoInvalido(f"Escribió {escrito}; lo menos que se admite es {_humano(campo.minimo)}.")
    if campo.maximo is not None and numero > Decimal(repr(campo.maximo)):
        raise DatoInvalido(f"Escribió {escrito}; lo más que se admite es {_humano(campo.maximo)}.")
    return numero


def _sobran_decimales(escrito: str, enteros: str, decimales: str, escala: Escala) -> str:
    caben = {0: "aquí va un número entero, sin decimales", 2: "en pesos van dos decimales cuando más"}.get(
        escala.decimales, f"caben {escala.decimales} decimales")
    miles = f" Si quiso separar los miles, use coma: {int(enteros + decimales):,}." if (
        len(decimales) == 3 and 0 < len(enteros) <= 3) else ""
    return f"Escribió {escrito}: {caben}.{miles}"


def _explicar(escrito: str, limpio: str, escala: Escala) -> str:
    """Por qué lo escrito no es una cantidad, y cómo se escribe."""
    ejemplo = f"por ejemplo {escala.ejemplo}"
    if any(letra.isalpha() for letra in limpio):
        return f"{citar(escrito)} lleva letras: escriba solo la cantidad, {ejemplo}."
    if "(" in limpio:
        return f"{citar(escrito)} lleva paréntesis: si es negativa, póngale el signo menos, -{escala.ejemplo}."
    if partes := _COMA_DECIMAL.fullmatch(limpio) or _PUNTOS_DE_MILES.fullmatch(limpio):
        return f"Escribió {escrito}: los miles van con coma y los decimales con punto. {_sugerir(partes)}"
    if "," in limpio and re.fullmatch(r"[-+]?[0-9,]+(?:\.[0-9]*)?", limpio):
        return f"Escribió {escrito}: las comas van cada tres cifras, {ejemplo}. Si no está seguro, no ponga comas."
    return f"{citar(escrito)} no es una cantidad: escriba solo cifras, {ejemplo}."


def _sugerir(partes: re.Match[str]) -> str:
    signo, enteros, *decimales = partes.groups()
    cantidad = f"{int(re.sub('[^0-9]', '', enteros)):,}" + "".join(f".{d}" for d in decimales)
    return f"¿Quiso decir {signo}{cantidad}?"


def _canonico(numero: Decimal) -> str:
    return f"{numero.normalize():f}"


def _humano(limite: float) -> str:
    return f"{Decimal(repr(limite)).normalize():,f}"
