"""Los campos que el libro oficial parte en varias columnas: una persona en nombre y apellidos, una opción en clave y nombre."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fracciones_config import Campo, TipoCampo
from fracciones_config.sipot.titulos import llano
from models.hojas.sipot.celdas import Celda

_NUMERADA = re.compile(r"([0-9]+)\s+(.+)")


def join_partes(campo: Campo, partes: Mapping[str, Celda]) -> str | None:
    """Lo que se da a leer de las partes; ``None`` si no hay ninguna."""
    dichas = {parte: str(celda).strip() for parte, celda in partes.items() if celda is not None}
    if not dichas:
        return None
    if campo.tipo is TipoCampo.OPCION:
        return _opcion(campo, dichas.get("clave", ""), dichas.get("denominacion", ""))
    return " ".join(dichas[parte] for parte in ("nombre", "primer_apellido", "segundo_apellido") if parte in dichas) or None


def split_opcion(campo: Campo, clave: str) -> tuple[Celda, str]:
    """«1000 Servicios personales» → (1000, «Servicios personales»); sin número, la clave queda en blanco."""
    etiqueta = campo.opciones.get(clave, clave)
    numerada = _NUMERADA.fullmatch(etiqueta)
    return (int(numerada[1]), numerada[2]) if numerada else (None, etiqueta)


def _opcion(campo: Campo, clave: str, denominacion: str) -> str:
    """La opción cuyo nombre o cuyo número es el dicho; si ninguna, lo dicho, para que se explique qué está mal."""
    nombre = llano(denominacion).rstrip(". ")
    for opcion, etiqueta in campo.opciones.items():
        numero, suyo = split_opcion(campo, opcion)
        if (nombre and nombre == llano(suyo)) or (clave and clave == str(numero)) or etiqueta == denominacion:
            return opcion
    return denominacion or clave
