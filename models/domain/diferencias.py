"""Qué cambió entre dos contenidos de un registro, campo por campo y en el orden del formulario."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fracciones_config import Formato
from fracciones_config.esquema import Dato

_NADA: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Cambio:
    """Un campo que cambió. ``None`` es sin dato, o sin vacío con razón."""

    campo: str
    antes: Dato | None
    ahora: Dato | None
    vacio_antes: Mapping[str, str] | None = None
    vacio_ahora: Mapping[str, str] | None = None


def diferencias(
    formato: Formato, antes: Mapping[str, Any], ahora: Mapping[str, Any],
    vacios_antes: Mapping[str, Any] = _NADA, vacios_ahora: Mapping[str, Any] = _NADA,
) -> list[Cambio]:
    """Los campos cuyo dato o cuyo vacío cambió.

    ``antes`` y ``ahora`` son ``datos`` (``campo → dato``). Lo que el formato ya no tiene va al final, por nombre.
    """
    presentes = antes.keys() | ahora.keys() | vacios_antes.keys() | vacios_ahora.keys()
    retirados = sorted(presentes - formato.por_nombre.keys())
    cambios = (
        Cambio(nombre, antes.get(nombre), ahora.get(nombre), vacios_antes.get(nombre), vacios_ahora.get(nombre))
        for nombre in (*formato.por_nombre, *retirados)
    )
    return [c for c in cambios if _distinto(c.antes, c.ahora) or c.vacio_antes != c.vacio_ahora]


def _distinto(antes: Any, ahora: Any) -> bool:
    """Distintos de verdad: ``True`` y ``1`` no son lo mismo."""
    return type(antes) is not type(ahora) or bool(antes != ahora)
