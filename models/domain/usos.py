"""En qué registros se usa un área, una persona o un órgano colegiado: lo que impide quitarlo.

Se pregunta por columna, que lleva índice (``models.formatos``): cuesta una consulta por campo de ese tipo en el catálogo,
no un recorrido de los registros.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fracciones_config import Campo, TipoCampo
from models.formatos import Tabla

TOPE = 1000
"""Registros que se cuentan cuando más en cada formato."""


@dataclass(frozen=True, slots=True)
class Uso:
    """Un campo de un formato donde se usa. ``n`` llega hasta ``TOPE + 1``, que se lee «más de 1,000»."""

    tabla: Tabla
    campo: Campo
    n: int


def find_usos(sujeto_id: int, tipo: TipoCampo, identificador: int, tablas: Iterable[Tabla]) -> list[Uso]:
    """Los campos de ese tipo que lo nombran en algún registro, retirado o no; lo que está en la papelera no cuenta.

    El registro que proyecta al mismo maestro (lleva su ``id``) tampoco: ese se va con él.
    """
    usos = [Uso(tabla, campo, _count(sujeto_id, identificador, tabla, campo))
            for tabla in tablas for campo in tabla.formato.campos if campo.tipo is tipo]
    return [uso for uso in usos if uso.n]


def _count(sujeto_id: int, identificador: int, tabla: Tabla, campo: Campo) -> int:
    modelo = tabla.trabajo
    suyos = modelo.select(modelo.id).where(
        modelo.sujeto_id == sujeto_id, tabla.field(campo.nombre) == identificador, modelo.id != identificador,
        modelo.estado != "borrado")
    return int(suyos.limit(TOPE + 1).count())
