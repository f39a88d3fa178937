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


def find_numerada(campo: Campo, clave: str, nombre: str) -> str | None:
    """La única opción de ese nombre (sin su número ni su punto final) o de ese número: «1000», «10000». ``None`` si no hay."""
    dicho, cifras = llano(nombre).rstrip(". "), clave.rstrip("0") if clave.isdecimal() else ""
    partes = [(opcion, *split_opcion(campo, opcion)) for opcion in campo.opciones]
    por_nombre = [opcion for opcion, _, suyo in partes if dicho and llano(suyo) == dicho]
    por_numero = [opcion for opcion, numero, _ in partes if cifras and numero is not None and str(numero).rstrip("0") == cifras]
    return next((unas[0] for unas in (por_nombre, por_numero) if len(unas) == 1), None)


def _opcion(campo: Campo, clave: str, denominacion: str) -> str:
    """La opción dicha; si ninguna, lo dicho, para que se explique qué está mal."""
    return find_numerada(campo, clave, denominacion) or denominacion or clave
