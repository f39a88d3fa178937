"""Cuándo dos registros dicen lo mismo: una cifra de su contenido, para hallar el repetido sin leer los demás."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson


def fingerprint(datos: Mapping[str, Any], vacios: Mapping[str, Any]) -> int:
    """La cifra de un contenido, de 64 bits con signo.

    Un archivo vale por su huella y no por su folio (el mismo, subido dos veces, lleva dos); un área o una persona, por su
    folio y no por su nombre de hoy.
    """
    dicho = {nombre: identifying_part(dato) for nombre, dato in datos.items()}
    return cifra_de(orjson.dumps([dicho, vacios], option=orjson.OPT_SORT_KEYS))


def cifra_de(contenido: bytes) -> int:
    """Los primeros 64 bits, con signo, de la huella de unos bytes."""
    return int.from_bytes(hashlib.blake2b(contenido, digest_size=8).digest(), "big", signed=True)


def identifying_part(dato: Any) -> Any:
    """De un dato, lo que lo distingue: la huella de un archivo, el folio de un maestro, o él mismo."""
    if isinstance(dato, dict):
        return dato.get("sha256") or dato.get("id")
    if isinstance(dato, list):
        return [{nombre: identifying_part(parte) for nombre, parte in fila.items()} if isinstance(fila, dict) else fila
                for fila in dato]
    return dato
