"""Lo que una persona pidió ver de un formato: un periodo, unas opciones, unas palabras."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from models.formatos import Tabla

CAMPOS_FILTRABLES = frozenset({TipoCampo.OPCION, TipoCampo.SI_NO})
"""Los tipos con pocos valores conocidos: caben en una lista desplegable. El periodo va aparte."""


@dataclass(frozen=True, slots=True)
class Filtro:
    """``valores`` va por nombre de campo, ya validado: clave de la opción, o verdadero y falso."""

    texto: str = ""
    periodo: str | None = None
    valores: Mapping[str, Any] = field(default_factory=dict)

    @property
    def activo(self) -> bool:
        return bool(self.texto or self.periodo or self.valores)


SIN_FILTRO = Filtro()


def filterable(formato: Formato) -> tuple[Campo, ...]:
    """Los campos del formato que el portal deja filtrar."""
    return tuple(campo for campo in formato.campos if campo.se_filtra and campo.tipo in CAMPOS_FILTRABLES)


def conditions(tabla: Tabla, filtro: Filtro) -> list[Any]:
    """Las condiciones de periodo y opciones, sobre la tabla pública."""
    partes: list[Any] = [tabla.field(nombre, publica=True) == valor for nombre, valor in filtro.valores.items()]
    if filtro.periodo:
        partes.append(tabla.publica.periodo == filtro.periodo)
    return partes
