"""Lee lo que se elige: sí o no, una opción, o varias."""

import difflib
import re
from functools import lru_cache
from typing import Any

from fracciones_config import Campo
from models.domain.lectores.crudo import DatoInvalido, citar, is_blank, plegar, to_linea, to_parrafo

_LARGO = 300
_SI = frozenset({"si", "s", "true", "verdadero", "1"})
_NO = frozenset({"no", "n", "false", "falso", "0"})
_A_LA_VISTA = 6


def read_si_no(campo: Campo, crudo: Any) -> bool:
    """``"Sí"`` → ``True``; ``"no"`` → ``False``. También 1, 0, verdadero y falso."""
    linea = to_linea(crudo, _LARGO, "Sí o No")
    palabra = plegar(linea)
    if palabra not in _SI | _NO:
        raise DatoInvalido(f"{citar(linea)} no es una respuesta: escriba Sí o No.")
    return palabra in _SI


def read_opcion(campo: Campo, crudo: Any) -> str:
    """La clave de una opción, escrita por su clave o por su etiqueta; no importan mayúsculas ni acentos."""
    linea = to_linea(crudo, _LARGO, "una opción de la lista")
    if linea in campo.opciones:
        return linea
    indice = _indice(tuple(campo.opciones.items()))
    if clave := indice.get(linea) or indice.get(plegar(linea)):
        return clave
    raise DatoInvalido(f"{citar(linea)} no está en la lista. {_sugerir(campo, plegar(linea), indice)}")


def read_opciones(campo: Campo, crudo: Any) -> list[str]:
    """Las claves elegidas, sin repetir y en el orden declarado; de una lista, o de un texto separado con ``;``."""
    elegidas = {read_opcion(campo, parte) for parte in _separar(campo, crudo) if not is_blank(parte)}
    return [clave for clave in campo.opciones if clave in elegidas]


def _separar(campo: Campo, crudo: Any) -> list[Any]:
    if isinstance(crudo, list | tuple):
        return list(crudo)
    texto = to_parrafo(crudo)
    if texto in campo.opciones or texto in campo.opciones.values():
        return [texto]
    return re.split(r"[;\n]", texto)


@lru_cache(maxsize=2_000)
def _indice(opciones: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """De cada manera de escribir una opción a su clave; la etiqueta exacta gana a la plegada."""
    plegadas = {plegar(clave): clave for clave, _ in reversed(opciones)}
    plegadas |= {plegar(etiqueta): clave for clave, etiqueta in reversed(opciones)}
    return plegadas | {etiqueta: clave for clave, etiqueta in reversed(opciones)}


def _sugerir(campo: Campo, plegada: str, indice: dict[str, str]) -> str:
    if cercanas := difflib.get_close_matches(plegada, indice, n=1, cutoff=0.72):
        return f"¿Quiso decir «{campo.opciones[indice[cercanas[0]]]}»?"
    etiquetas = list(campo.opciones.values())
    resto = len(etiquetas) - _A_LA_VISTA
    return f"Elija: {'; '.join(etiquetas[:_A_LA_VISTA])}{f' (y {resto} más)' if resto > 0 else ''}."
