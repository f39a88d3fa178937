"""Lo tecleado, todavía en bruto: se vuelve texto limpio o se dice por qué no se puede.

``crudo`` es lo que da un formulario, una celda de Excel, un pegado o la API: texto, número, fecha, lista, diccionario.
"""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

from models.domain.errores import ReglaRota

LARGO_MAXIMO = 60_000
"""Caracteres que se aceptan siquiera mirar: tres veces el mayor ``longitud`` posible."""

_RENGLON = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLES = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_INVISIBLES}]+")
_EN_BLANCO = re.compile(rf"[\s{_INVISIBLES}]*")
_PROHIBIDO = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_MARCAS_MAXIMAS = 8
_QUIZA_ENCIMADOS = re.compile(f"[\u0300-\U0010ffff]{{{_MARCAS_MAXIMAS + 1}}}")
_DE_UN_RENGLON = {"\n": "un salto de renglón", "\t": "un tabulador"}
_DIGITOS_MAXIMOS = 60
_RUIDO = Decimal("0.0005")


class DatoInvalido(ReglaRota):
    """Lo tecleado no se entiende. El mensaje dice qué se leyó y qué se espera, y se enseña tal cual.

    ``detalles`` solo lo llevan las tablas: ``(renglón desde 1, nombre de la columna, mensaje)``.
    """

    def __init__(self, mensaje: str, detalles: list[tuple[int, str, str]] | None = None) -> None:
        super().__init__(mensaje)
        self.detalles = detalles or []


def citar(texto: str) -> str:
    """El texto entre comillas, en un renglón y de 60 caracteres cuando más: para ponerlo en un mensaje."""
    visible = "".join(letra if letra.isprintable() else "·" for letra in texto[:61])
    return f"«{visible[:59]}…»" if len(texto) > 60 else f"«{visible}»"


def plegar(texto: str) -> str:
    """Sin mayúsculas, acentos ni blancos de más: para comparar lo que se teclea con lo que se espera."""
    suelto = unicodedata.normalize("NFKD", texto.casefold())
    return " ".join("".join(letra for letra in suelto if not unicodedata.combining(letra)).split())


def clean_text(texto: str) -> str:
    """NFC, renglones ``\\n``, sin invisibles ni blancos en las orillas. ``DatoInvalido`` si trae controles."""
    if len(texto) > LARGO_MAXIMO:
        raise DatoInvalido(f"El texto tiene {len(texto):,} caracteres: es demasiado largo para cualquier campo.")
    if texto.isascii() and texto.isprintable():
        return texto.strip()
    simple = _INVISIBLE.sub("", _RENGLON.sub("\n", texto))
    if _QUIZA_ENCIMADOS.search(simple) and _lleva_encimados(simple):
        raise DatoInvalido(f"{citar(simple)} lleva demasiados acentos encimados en una letra. Escríbalo de nuevo.")
    limpio = unicodedata.normalize("NFC", simple).strip()
    if malo := _PROHIBIDO.search(limpio):
        raise DatoInvalido(
            f"{citar(limpio)} lleva un carácter que no se ve y no se admite (U+{ord(malo[0]):04X}, en el lugar "
            f"{malo.start() + 1:,}). Bórrelo y escriba de nuevo esa parte.")
    return limpio


def _lleva_encimados(texto: str) -> bool:
    """Si hay largas filas de acentos sueltos: a NFC le cuestan el cuadrado (30,000 tardaron 4.6 s)."""
    seguidos = 0
    for letra in texto:
        seguidos = seguidos + 1 if unicodedata.combining(letra) else 0
        if seguidos > _MARCAS_MAXIMAS:
            return True
    return False


def to_parrafo(crudo: Any) -> str:
    """El texto limpio de un solo valor; puede llevar saltos de renglón y tabuladores."""
    return clean_text(crudo if isinstance(crudo, str) else _de_otro(crudo))


def to_linea(crudo: Any, tope: int | None = None, que: str = "un texto") -> str:
    """El texto limpio de un solo valor, en un renglón y de ``tope`` caracteres cuando más."""
    linea = to_parrafo(crudo)
    for letra, nombre in _DE_UN_RENGLON.items():
        if letra in linea:
            raise DatoInvalido(f"{citar(linea)} lleva {nombre}; este campo es de un solo renglón.")
    if tope and len(linea) > tope:
        raise DatoInvalido(f"{citar(linea)} tiene {len(linea):,} caracteres; aquí va {que}, de {tope:,} cuando más.")
    return linea


def is_blank(crudo: Any, hondura: int = 4) -> bool:
    """Si no se escribió nada: ``None``, blancos, o una lista o diccionario sin nada dentro."""
    if isinstance(crudo, str):
        return _EN_BLANCO.fullmatch(crudo) is not None
    if isinstance(crudo, dict):
        crudo = list(crudo.values())
    if isinstance(crudo, list | tuple):
        return hondura > 0 and all(is_blank(parte, hondura - 1) for parte in crudo)
    return crudo is None


def _de_otro(crudo: Any) -> str:
    """Lo que no es texto (celdas de Excel, JSON), como lo teclearía una persona."""
    if isinstance(crudo, bool):
        return "Sí" if crudo else "No"
    if isinstance(crudo, int | float | Decimal):
        return _de_numero(crudo)
    if isinstance(crudo, dt.datetime):
        return crudo.strftime("%d/%m/%Y %H:%M")
    if isinstance(crudo, dt.date):
        return f"{crudo:%d/%m}/{crudo.year:04}"
    if isinstance(crudo, dt.time):
        return crudo.strftime("%H:%M")
    raise DatoInvalido("Aquí va un solo valor, y llegaron varios.")


def _de_numero(crudo: int | float | Decimal) -> str:
    """Las cifras de un número; los flotantes, con las 15 que Excel conserva y que nunca mienten."""
    numero = Decimal(format(crudo, ".15g")) if isinstance(crudo, float) else Decimal(crudo)
    if not numero.is_finite():
        raise DatoInvalido("La celda trae un error o un infinito en vez de un número.")
    if not -_DIGITOS_MAXIMOS < numero.adjusted() < _DIGITOS_MAXIMOS:
        raise DatoInvalido("El número es demasiado grande o demasiado pequeño.")
    if isinstance(crudo, float) and abs(Decimal(crudo) - numero) > _RUIDO:
        raise DatoInvalido(f"{crudo} tiene más de 15 cifras y pudo perder centavos en el camino: escríbalo como texto.")
    return format(numero, "f")
