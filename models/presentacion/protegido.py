"""Cómo se dice un dato protegido: la palabra, la fecha y el acta; el dato, nunca."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from models.domain.protegidos import Protegido
from models.presentacion.fechas import fecha

ROTULO = "Dato protegido"


class _ConProtegidos(Protocol):
    @property
    def protegidos(self) -> Mapping[str, Mapping[str, Any]]: ...


def is_protegido(registro: _ConProtegidos, campo: str) -> bool:
    """Si ese campo entero está protegido; de una tabla con solo algunas columnas protegidas, no."""
    marca = registro.protegidos.get(campo)
    return marca is not None and "columnas" not in marca


def columns_protegidas(registro: _ConProtegidos, campo: str) -> frozenset[str]:
    """Las columnas protegidas de una tabla que sigue a la vista."""
    return frozenset(registro.protegidos.get(campo, {}).get("columnas", ()))


def columns_of(vacio: Any) -> frozenset[str]:
    """Las mismas, de lo que se leyó como vacío del campo."""
    return vacio.columnas if isinstance(vacio, Protegido) else frozenset()


def is_entero(vacio: Any) -> bool:
    """Si lo que se leyó como vacío del campo es que está protegido entero."""
    return isinstance(vacio, Protegido) and not vacio.columnas


def said_of(marca: Mapping[str, Any]) -> str:
    """«Dato protegido desde el 22/11/2026 por el acta CT/12/2026»."""
    return f"{ROTULO} desde el {fecha(str(marca['desde']))} por el acta {marca['acta']}"
