"""Dónde queda en la ley un formato importado mientras alguien dice cuál es su artículo y su fracción."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass

PAQUETE, ARTICULO = "arts_12_15", 12
PRIMERA, ULTIMA, NUMEROS = 24, 89, 26
"""Fracciones que el catálogo de partida no usa (XXIV a LXXXIX), y formatos que caben en cada una."""

_ROMANOS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Lugar:
    """Paquete, artículo, fracción (en romano) y número dentro de ella."""

    articulo: int
    fraccion: str
    numero: int = 1
    paquete: str = PAQUETE


def propose_lugar(clave: str, ocupados: Collection[Lugar], articulo: int = ARTICULO, paquete: str = PAQUETE) -> Lugar:
    """Un lugar libre y que solo depende de la clave oficial: cada formato importado el mismo día tiene el suyo."""
    total = (ULTIMA - PRIMERA + 1) * NUMEROS
    base = int(clave) if re.fullmatch(r"[0-9]{1,18}", clave) else zlib.crc32(clave.encode())
    for paso in range(total):
        fraccion, numero = divmod((base + paso) % total, NUMEROS)
        lugar = Lugar(articulo, to_romano(PRIMERA + fraccion), numero + 1, paquete)
        if lugar not in ocupados:
            return lugar
    raise ValueError("No queda lugar libre en ese artículo.")


def next_numero(ocupados: Collection[Lugar], articulo: int, fraccion: str, paquete: str = PAQUETE) -> Lugar:
    """El primer número libre de una fracción que sí se conoce."""
    for numero in range(1, NUMEROS + 1):
        if (lugar := Lugar(articulo, fraccion, numero, paquete)) not in ocupados:
            return lugar
    raise ValueError(f"La fracción {fraccion} ya tiene {NUMEROS} formatos.")


def to_romano(numero: int) -> str:
    """``to_romano(24) == "XXIV"``; de 1 a 89."""
    romano = ""
    for valor, letras in _ROMANOS:
        while numero >= valor:
            romano += letras
            numero -= valor
    return romano
