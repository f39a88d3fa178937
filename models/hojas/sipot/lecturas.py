"""De la celda oficial de un campo a lo que nuestro lector espera, y qué hay que recordar de ella."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fracciones_config import Campo, TipoCampo
from fracciones_config.sipot.hojas import limpiar
from fracciones_config.sipot.listas import claves_de
from fracciones_config.sipot.titulos import llano
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectura import leer
from models.hojas.disposicion import CAUSAS
from models.hojas.sipot.celdas import Celda, is_same, write_celda
from models.hojas.sipot.partidos import find_numerada

SIN_SUBTABLA = "Colocar el ID de los registros de la"
"""Con qué empieza lo que la plantilla oficial en blanco trae en las columnas de subtabla: no es un dato."""

TEXTOS = frozenset({TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO, TipoCampo.NOTA, TipoCampo.TELEFONO, TipoCampo.CORREO})

_CAUSAS = {llano(texto) for texto in CAUSAS.values()} | {"no se genero", "informacion reservada", "n/a", "na"}
_FECHA_OFICIAL = re.compile(r"\s*(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})\s*")


def is_aviso(valor: Any) -> bool:
    """Si es lo que la plantilla trae escrito en blanco, y no un dato."""
    return isinstance(valor, str) and valor.strip().startswith(SIN_SUBTABLA)


def translate(campo: Campo, celda: Celda, lista: tuple[str, ...], areas: Mapping[str, str]) -> Any:
    """Lo que se le da a leer a nuestro lector. Lo que no se reconoce va tal cual: él dice qué está mal."""
    if campo.tipo is TipoCampo.OPCION:
        dicho = limpiar(celda)
        return find_opcion(campo, celda, lista) or find_numerada(campo, dicho, dicho) or celda
    if campo.tipo is TipoCampo.SI_NO:
        return {"si": "Sí", "no": "No"}.get(llano(str(celda)), celda)
    if campo.tipo is TipoCampo.AREA:
        return areas.get(llano(str(celda)), celda)
    if campo.tipo in TEXTOS:
        return _como_texto(celda)
    return celda


def is_causa(campo: Campo, celda: Celda) -> bool:
    """Si la celda dice por qué no hay dato, y no es una de sus opciones."""
    return isinstance(celda, str) and llano(celda).rstrip(".") in _CAUSAS and find_opcion(campo, celda, ()) is None


def find_opcion(campo: Campo, celda: Celda, lista: tuple[str, ...]) -> str | None:
    """La clave de una opción por el valor oficial a la letra, por su etiqueta, o por la única que se lee igual."""
    dicho = limpiar(celda)
    exactas, llanas = _indice(tuple(campo.opciones.items()), lista)
    return exactas.get(dicho) or llanas.get(llano(dicho))


@lru_cache(maxsize=1_000)
def _indice(opciones: tuple[tuple[str, str], ...], lista: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    propias = dict(opciones)
    exactas = {limpiar(valor): clave for clave, valor in claves_de(lista).items() if clave in propias}
    for clave, etiqueta in opciones:
        exactas.setdefault(etiqueta, clave)
    llanas: dict[str, set[str]] = {}
    for dicho, clave in exactas.items():
        llanas.setdefault(llano(dicho), set()).add(clave)
    return exactas, {dicho: next(iter(claves)) for dicho, claves in llanas.items() if len(claves) == 1}


def needs_recall(campo: Campo, celda: Celda, dado: Any, lista: tuple[str, ...]) -> bool:
    """Si la celda, leída y vuelta a escribir, quedaría distinta; lo que habrá que corregir no se recuerda como estaba."""
    if celda is None or campo.tipo is TipoCampo.ARCHIVO or is_causa(campo, celda):
        return celda is not None
    if campo.es_maestro:
        return not (isinstance(celda, str) and celda == dado)
    if campo.tipo is TipoCampo.FECHA and isinstance(celda, str) and not _FECHA_OFICIAL.fullmatch(celda):
        return False
    try:
        return not is_same(celda, write_celda(campo, leer(campo, dado), lista))
    except DatoInvalido:
        return False


def _como_texto(celda: Celda) -> Any:
    if isinstance(celda, dt.datetime):
        return f"{celda:%d/%m/}{celda.year:04}{celda: %H:%M}"
    if isinstance(celda, dt.date):
        return f"{celda:%d/%m/}{celda.year:04}"
    return str(celda) if isinstance(celda, int) else celda
