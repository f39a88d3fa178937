"""Las letras de las columnas de una hoja: A, B… Z, AA… XFD.

Las sabe decir openpyxl; pero el proceso que lee un libro no necesita nada más de él, y cargarlo le cuesta 70 ms.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def letra_de(columna: int) -> str:
    """Las letras de una columna, contada desde 1."""
    letras = ""
    while columna > 0:
        columna, resto = divmod(columna - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


def columna_de(letras: str) -> int:
    """La columna de unas letras, contada desde 1."""
    columna = 0
    for letra in letras:
        columna = columna * 26 + ord(letra) - 64
    return columna
