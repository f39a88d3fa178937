"""La huella de un acto: una cifra de lo que se hizo, registro por registro, que se puede volver a calcular y comparar.

Cada renglón entra encadenado con el anterior, en el orden de los folios: la huella no depende de en cuántas rebanadas se hizo.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from models.folios import a_folio


class Hecho(NamedTuple):
    """Un registro al que se le hizo el acto: su versión después, de qué periodo es y la huella de su contenido."""

    id: int
    version: int
    ejercicio: int
    periodo: str
    contenido: str


def digest_of(contenido: str | bytes) -> str:
    """SHA-256, en hexadecimal, del contenido canónico de un registro, o de sus bytes en UTF-8."""
    return hashlib.sha256(contenido if isinstance(contenido, bytes) else contenido.encode()).hexdigest()


def chain(previa: str, hechos: Iterable[Hecho]) -> str:
    """La huella que resulta de agregar esos registros a ``previa`` (``""`` si son los primeros)."""
    for hecho in sorted(hechos):
        previa = hashlib.sha256(f"{previa}{a_folio(hecho.id)} {hecho.version} {hecho.contenido}\n".encode()).hexdigest()
    return previa
