"""Qué columnas lleva una salida, y en qué orden: las mismas siempre, haya o no qué poner en ellas.

Las del sistema se llaman como dice ``models.hojas.disposicion``. Si un formato declara un campo con el nombre de una de las que
aquí se agregan (``direccion``), la de aquí lleva un guion bajo por delante: ningún campo puede empezar así.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from fracciones_config import Campo, Formato
from models.hojas.disposicion import BAJA, BAJA_MOTIVO, FOLIO, VERSION, admite_motivo, motivo_de


class Que(Enum):
    """De dónde sale lo que va en una columna."""

    FOLIO = auto()
    VERSION = auto()
    EN_BLANCO = auto()
    SIGLAS = auto()
    INSTITUCION = auto()
    DIRECCION = auto()
    ESTADO = auto()
    EJERCICIO = auto()
    PERIODO = auto()
    ACTUALIZADO = auto()
    VALIDADO = auto()
    DESDE = auto()
    CAMPO = auto()
    MOTIVO = auto()


@dataclass(frozen=True, slots=True)
class Columna:
    """Una columna: su llave, que no cambia; su rótulo, para personas; y qué lleva. ``campo``, si es de uno."""

    llave: str
    rotulo: str
    que: Que
    campo: Campo | None = None


_ANTES = (("so", "Siglas de la institución", Que.SIGLAS), ("institucion", "Institución", Que.INSTITUCION))
_ESTADO = ("estado", "Estado", Que.ESTADO)
_DE_PERIODO = (("ejercicio", "Ejercicio", Que.EJERCICIO), ("periodo", "Periodo que se informa", Que.PERIODO))
_DESPUES = (
    ("fecha_actualizacion", "Fecha de actualización", Que.ACTUALIZADO),
    ("fecha_validacion", "Fecha de validación", Que.VALIDADO),
    ("publico_desde", "Público desde", Que.DESDE),
    ("direccion", "Dirección", Que.DIRECCION))

AGREGADAS = frozenset(llave for llave, _, _ in (*_ANTES, _ESTADO, *_DE_PERIODO, *_DESPUES))
"""Las que una salida agrega a los campos: quien vuelve a cargar el libro las reconoce y no las lee."""


def columns_of(formato: Formato, de_trabajo: bool) -> tuple[Columna, ...]:
    """Las de un CSV: de quién es, los campos, las fechas y, al final, por qué está vacío lo que está vacío."""
    antes = [*_ANTES, *([_ESTADO] if de_trabajo else []), *(una for una in _DE_PERIODO if una[0] not in formato.por_nombre)]
    return (Columna(FOLIO, "Folio", Que.FOLIO), *_agregadas(formato, antes), *_campos(formato),
            *_agregadas(formato, _DESPUES), *_motivos(formato))


def book_columns_of(formato: Formato, de_trabajo: bool) -> tuple[Columna, ...]:
    """Las del libro de Excel: como las del CSV y, en lo de trabajo, las que hacen falta para volver a cargarlo."""
    folio, *demas = columns_of(formato, de_trabajo)
    if not de_trabajo:
        return (folio, *demas)
    return (folio, Columna(VERSION, "Versión", Que.VERSION), Columna(BAJA, "Baja", Que.EN_BLANCO),
            Columna(BAJA_MOTIVO, "Motivo de la baja", Que.EN_BLANCO), *demas)


def _agregadas(formato: Formato, cuales: Iterable[tuple[str, str, Que]]) -> list[Columna]:
    return [Columna(f"_{llave}" if llave in formato.por_nombre else llave, rotulo, que) for llave, rotulo, que in cuales]


def _campos(formato: Formato) -> list[Columna]:
    return [Columna(campo.nombre, campo.etiqueta, Que.CAMPO, campo) for campo in formato.campos]


def _motivos(formato: Formato) -> list[Columna]:
    return [Columna(motivo_de(campo.nombre), f"Por qué está vacío: {campo.etiqueta}", Que.MOTIVO, campo)
            for campo in formato.campos if admite_motivo(campo)]
