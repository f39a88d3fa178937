"""El CSV (RFC 4180), por bloques y por columnas.

Formar cada renglón con ``csv.writer`` cuesta más que leerlo de la base: mira letra por letra si hay que entrecomillar. Aquí se
mira la columna entera del bloque de una vez, y solo la que trae comas, comillas o saltos se revisa celda por celda.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat

FIN = "\r\n"

Columna = str | list[str]
"""Las celdas de una columna del bloque; un texto solo, si todas dicen lo mismo."""


def to_renglones(columnas: Sequence[Columna]) -> str:
    """Los renglones de un bloque, cada uno con su fin; al menos una columna es lista. Da ``""`` si no hay renglones."""
    partes: list[Iterable[str]] = []
    for es_fija, grupo in groupby(columnas, key=lambda columna: isinstance(columna, str)):
        if es_fija:
            partes.append(repeat(",".join(quote(celda) for celda in grupo)))  # type: ignore[arg-type]
        else:
            partes.extend(quote_all(celdas) for celdas in grupo)  # type: ignore[arg-type]
    renglones = FIN.join(map(",".join, zip(*partes, strict=False)))
    return renglones + FIN if renglones else ""


def quote_all(celdas: list[str]) -> list[str]:
    """Las celdas, entrecomilladas las que lo necesiten."""
    juntas = "".join(celdas)
    if '"' not in juntas and "," not in juntas and "\n" not in juntas and "\r" not in juntas:
        return celdas
    return [quote(celda) if '"' in celda or "," in celda or "\n" in celda or "\r" in celda else celda for celda in celdas]


def quote(celda: str) -> str:
    """La celda como va en el archivo."""
    if '"' in celda:
        return '"' + celda.replace('"', '""') + '"'
    return f'"{celda}"' if "," in celda or "\n" in celda or "\r" in celda else celda


def to_encabezado(titulos: Iterable[str]) -> str:
    """El primer renglón."""
    return ",".join(map(quote, titulos)) + FIN


def encode(textos: Iterable[str]) -> Iterator[bytes]:
    """En UTF-8; lo que está vacío no se manda."""
    return (texto.encode() for texto in textos if texto)
