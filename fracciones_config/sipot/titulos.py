"""Qué quieren decir los títulos de un libro oficial: cuáles son de todo formato y cuáles nombran una subtabla."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from fracciones_config.sipot.hojas import limpiar

EJERCICIO, INICIO, TERMINO, AREA, NOTA = "ejercicio", "inicio", "termino", "area", "nota"
ACTUALIZACION, VALIDACION = "actualizacion", "validacion"

CODIGO_ACTUALIZACION, CODIGO_NOTA = 13, 14

_SUBTABLA = re.compile(r"\s*\b(Tabla_\d+)$", re.IGNORECASE)
_DEL_PERIODO = re.compile(r"periodo (?:de )?(?:la informacion )?que se informa")
_VALIDACION = re.compile(r"fecha de validacion(?: de la informacion)?(?: \(.*\))?")
_ACTUALIZACION = re.compile(r"fecha de actualizacion(?: de la informacion)?(?: \(.*\))?")
_AREA = re.compile(r"area(?:\(s\)|s)? ?responsable(?:\(s\)|s)?(?: que (?:genera|posee|publica)|.* de la informacion$|$)")


@lru_cache(maxsize=20_000)
def llano(texto: str) -> str:
    """Sin acentos, mayúsculas ni espacios de sobra: como se comparan títulos y opciones."""
    return unicodedata.normalize("NFD", limpiar(texto)).encode("ascii", "ignore").decode().casefold()


def separar_tabla(titulo: str) -> tuple[str, str | None]:
    """«Convenios modificatorios Tabla_514786» → («Convenios modificatorios», «Tabla_514786»)."""
    hallada = _SUBTABLA.search(limpiar(titulo))
    return (limpiar(titulo)[: hallada.start()], hallada[1]) if hallada else (limpiar(titulo), None)


def de_sistema(titulo: str, codigo: int | None) -> str | None:
    """De las columnas que lleva todo formato, cuál es ésta (``EJERCICIO``, ``INICIO``…); ``None`` si es propia."""
    plano = llano(titulo)
    if plano == "ejercicio":
        return EJERCICIO
    if plano.startswith("fecha") and _DEL_PERIODO.search(plano):
        return INICIO if "inicio" in plano else TERMINO if "termino" in plano else None
    if codigo == CODIGO_ACTUALIZACION or _ACTUALIZACION.fullmatch(plano):
        return ACTUALIZACION
    if _VALIDACION.fullmatch(plano):
        return VALIDACION
    if _AREA.match(plano):
        return AREA
    return NOTA if codigo == CODIGO_NOTA or plano in ("nota", "notas") else None
