"""Las opciones de una lista oficial (``Hidden_n``), con una clave propia cada una. La misma lista da siempre lo mismo."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from fracciones_config.sipot.hojas import limpiar
from fracciones_config.sipot.nombres import make_clave
from fracciones_config.sipot.titulos import llano

ETIQUETA_MAXIMA = 160


@lru_cache(maxsize=4_000)
def claves_de(valores: tuple[str, ...]) -> dict[str, str]:
    """Clave → valor oficial tal cual, en su orden; los renglones en blanco y los repetidos a la letra no cuentan."""
    claves: dict[str, str] = {}
    vistos: set[str] = set()
    for valor in valores:
        if (limpio := limpiar(valor)) and limpio not in vistos:
            vistos.add(limpio)
            claves[make_clave(limpio, claves)] = valor
    return claves


def opciones_de(valores: tuple[str, ...]) -> dict[str, str]:
    """Clave → etiqueta de 160 caracteres cuando más; si dos quedan iguales al cortarse, la segunda lleva su número."""
    etiquetas: dict[str, str] = {}
    for clave, valor in claves_de(valores).items():
        etiqueta = limpiar(valor)
        if len(etiqueta) > ETIQUETA_MAXIMA:
            etiqueta = f"{etiqueta[:ETIQUETA_MAXIMA - 8].rstrip()}… ({len(etiquetas) + 1})"
        etiquetas[clave] = etiqueta
    return etiquetas


def is_si_no(valores: Iterable[str]) -> bool:
    """Si la lista solo ofrece sí y no."""
    return sorted(llano(valor) for valor in valores if limpiar(valor)) == ["no", "si"]
