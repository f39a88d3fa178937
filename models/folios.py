"""Identificadores: un entero de 63 bits hecho aquí, y el folio con que sale al mundo.

41 bits de milisegundos desde 2024, 10 del número de quien escribe (arrendado: ``models.escritores``) y 12 de cuenta.
Es creciente, no lo da la base, y cabe en SQLite, PostgreSQL y Citus. Excel solo guarda 15 cifras: por eso
afuera viaja un folio de 13 letras y una de verificación.
"""

import threading
import time

EPOCA = 1_704_067_200_000
"""2024-01-01 00:00 UTC, en milisegundos."""

MAXIMO = 2**63 - 1
_ALFABETO = "0123456789abcdefghjkmnpqrstvwxyz"
_VALOR = {letra: i for i, letra in enumerate(_ALFABETO)} | {"o": 0, "i": 1, "l": 1}


class Numerador:
    """Da identificadores crecientes para un proceso con número de escritor propio."""

    def __init__(self, escritor: int = 0) -> None:
        self.escritor = escritor
        self._ultimo = 0
        self._candado = threading.Lock()

    def siguiente(self) -> int:
        """Un identificador nuevo: mayor que todos los anteriores de este proceso."""
        with self._candado:
            milisegundos = time.time_ns() // 1_000_000 - EPOCA
            minimo = milisegundos << 12
            self._ultimo = max(self._ultimo + 1, minimo)
            cuenta = self._ultimo & 0xFFF
            return ((self._ultimo >> 12) << 22) | (self.escritor << 12) | cuenta

    def apartar(self, cuantos: int) -> int:
        """Aparta esos números seguidos y da el primero; ``de_numero`` dice el identificador de cada uno."""
        with self._candado:
            minimo = (time.time_ns() // 1_000_000 - EPOCA) << 12
            primero = max(self._ultimo + 1, minimo)
            self._ultimo = primero + cuantos - 1
            return primero


numerador = Numerador()
"""El de este proceso; ``models.escritores.arrendar`` le pone su número."""


def nuevo_id() -> int:
    """Un identificador nuevo."""
    return numerador.siguiente()


def id_desde(instante: int) -> int:
    """El menor identificador que pudo hacerse en ese instante (milisegundos UTC): los de después son mayores."""
    return max(instante - EPOCA, 0) << 22


def instante_de(identificador: int) -> int:
    """Cuándo se hizo un identificador, en milisegundos UTC."""
    return (identificador >> 22) + EPOCA


def a_folio(identificador: int) -> str:
    """El folio de un identificador: 13 letras y una de verificación."""
    letras = "".join(_ALFABETO[(identificador >> giro) & 31] for giro in range(60, -1, -5))
    return letras + _verificadora(letras)


def de_folio(folio: str) -> int:
    """El identificador de un folio; ``ValueError`` si está mal escrito o no verifica."""
    limpio = folio.strip().lower().replace("-", "")
    if len(limpio) != 14 or any(letra not in _VALOR for letra in limpio):
        raise ValueError("El folio lleva 14 letras y números.")
    valores = [_VALOR[letra] for letra in limpio]
    normal = "".join(_ALFABETO[valor] for valor in valores)
    if _verificadora(normal[:13]) != normal[13]:
        raise ValueError("El folio tiene una letra equivocada.")
    identificador = sum(valor << giro for valor, giro in zip(valores, range(60, -1, -5), strict=False))
    if not 0 < identificador <= MAXIMO:
        raise ValueError("El folio no existe.")
    return identificador


def _verificadora(letras: str) -> str:
    """Luhn en base 32: descubre toda letra cambiada y casi todo par volteado."""
    suma = 0
    for i, letra in enumerate(reversed(letras)):
        valor = _VALOR[letra] * (2 if i % 2 == 0 else 1)
        suma += valor // 32 + valor % 32
    return _ALFABETO[-suma % 32]
