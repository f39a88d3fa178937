"""Unos registros con pasado: se publicaron en febrero y hoy se corrigieron, para poder preguntar qué decían el 1 de marzo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from models.demostracion.guion import ESTELAR, capture, perform
from models.demostracion.sede import Sede
from models.domain.workflow import guardar
from models.formatos import Tabla
from models.reloj import atrasado

CON_PASADO = {"licitaciones": 3}
"""Clave → cuántos de sus registros publicados, en la institución estelar; los más viejos."""

CORREGIDO = "; se aclara que incluye garantía de un año"


def count_con_pasado(sede: Sede, tabla: Tabla) -> int:
    """Cuántos registros de ese formato llevan pasado."""
    return CON_PASADO.get(tabla.clave, 0) if sede.ficha.siglas == ESTELAR else 0


def live_past(sede: Sede, tabla: Tabla, capturados: Sequence[dict[str, Any]], hoy: dt.date) -> list[int]:
    """Captura y publica esos registros en febrero, y hoy corrige lo que dicen; da sus ids."""
    with atrasado((hoy - _febrero(hoy)).days):
        ids = [capture(sede, tabla, datos, "publicado") for datos in capturados]
        perform(sede.equipo, tabla, {"publicado": ids})
    for registro, datos in zip(ids, capturados, strict=True):
        guardar(sede.equipo.capturista(tabla.clave), tabla, datos | {"descripcion": datos["descripcion"] + CORREGIDO},
                registro=registro, contexto=sede.contexto)
    perform(sede.equipo, tabla, {"publicado": ids})
    return ids


def _febrero(hoy: dt.date) -> dt.date:
    """El último 15 de febrero que ya tiene más de dos semanas."""
    este = dt.date(hoy.year, 2, 15)
    return este if (hoy - este).days > 14 else dt.date(hoy.year - 1, 2, 15)
