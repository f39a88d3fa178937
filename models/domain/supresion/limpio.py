"""Quitar de un contenido lo que se suprime, y saber qué decía: sin base de datos."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.protegidos import Protegido, build_protegido
from models.domain.supresion.orden import Objetivo, cell_mark
from models.domain.validation import canonico, de_canonico
from models.presentacion.textos import texto

NADA: Any = object()

_DE_LISTA = frozenset({TipoCampo.OPCION, TipoCampo.OPCIONES, TipoCampo.SI_NO, TipoCampo.PERIODO, TipoCampo.ANIO})
"""Lo que se elige: sus palabras son de todos, y buscarlas en otros textos taparía de más."""

_CLAVE = re.compile(r"(?=[\w.@-]*[0-9@])[\w.@-]{8,}")
"""Dentro de un texto largo, lo que señala a una persona: una clave con números, un teléfono corrido, un correo."""

CORTO = 4
"""Letras de un dato desde las que se busca también dentro de otros textos: con menos, se taparían palabras cualesquiera."""

LARGO = 8
"""Y para buscarlo en lo que no es de su registro."""


def find_dato(contenido: str, objetivo: Objetivo) -> Any:
    """Lo que un contenido dice ahí: el dato o, de una columna, la lista de sus celdas (o de las que se suprimen).

    ``NADA`` si no dice nada.
    """
    datos = de_canonico(contenido)[0]
    if objetivo.campo not in datos:
        return NADA
    if not objetivo.columna:
        return datos[objetivo.campo]
    renglones: Any = datos[objetivo.campo]
    celdas = [renglon.get(objetivo.columna) for renglon in renglones] if isinstance(renglones, list) else []
    if objetivo.celda:
        celdas = [celda for celda in celdas if celda is not None and cell_mark(celda) == objetivo.celda]
    return celdas if any(celda is not None for celda in celdas) else NADA


def clean_contenido(contenido: str, objetivos: Iterable[Objetivo], marca: Mapping[str, Any]) -> str:
    """El contenido sin esos datos y con su marca; igual que antes donde no los había. La razón de un vacío también se va.

    Una tabla cuyos renglones no decían más que las columnas suprimidas queda protegida entera.
    """
    datos, vacios = de_canonico(contenido)
    for objetivo in objetivos:
        campo = objetivo.campo
        previo = vacios.get(campo)
        if objetivo.columna:
            if campo in datos and find_dato(contenido, objetivo) is not NADA:
                quedan = _without(datos.pop(campo), objetivo)
                vacios[campo] = build_protegido(marca)
                if any(quedan):
                    datos[campo], vacios[campo] = quedan, _with_columna(previo, objetivo.columna, marca)
        elif campo in datos or (campo in vacios and not _is_whole(previo)):
            datos.pop(campo, None)
            vacios[campo] = build_protegido(marca)
    return canonico(datos, vacios)


def _without(renglones: Any, objetivo: Objetivo) -> list[Dato]:
    """Los renglones sin esa columna; si es una celda, solo donde dice eso: en los demás la columna se sigue leyendo."""
    return [{nombre: dato for nombre, dato in renglon.items()
             if nombre != objetivo.columna or objetivo.celda and cell_mark(dato) != objetivo.celda} for renglon in renglones]


def _with_columna(previo: Any, columna: str, marca: Mapping[str, Any]) -> Protegido:
    antes = previo.columnas if isinstance(previo, Protegido) else frozenset()
    return build_protegido({**marca, "columnas": sorted({*antes, columna})})


def _is_whole(vacio: Any) -> bool:
    return isinstance(vacio, Protegido) and not vacio.columnas


def texts_of(formato: Formato, objetivo: Objetivo, dato: Any) -> Iterator[str]:
    """Cómo se pudo haber escrito ese dato en otra parte: para buscarlo en motivos, mensajes y avisos."""
    campo = formato.por_nombre[objetivo.campo]
    if objetivo.columna:
        for celda in dato:
            yield from _said(campo.subcampo(objetivo.columna), celda)
    elif campo.tipo is TipoCampo.TABLA:
        for renglon in dato:
            for columna in campo.campos:
                yield from _said(columna, renglon.get(columna.nombre))
    else:
        yield from _said(campo, dato)


def _said(campo: Campo, dato: Any) -> Iterator[str]:
    if dato is None or campo.tipo in _DE_LISTA:
        return
    if isinstance(dato, Mapping):
        yield from (str(dato[llave]) for llave in ("nombre", "texto", "sha256") if llave in dato)
        return
    yield str(dato)
    yield from _CLAVE.findall(str(dato))
    try:
        yield texto(campo, dato)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return


def worth_hiding(textos: Iterable[str], desde: int = CORTO) -> list[str]:
    """Los que vale la pena buscar: los de ``desde`` letras o más."""
    return sorted({dicho.strip() for dicho in textos if len(dicho.strip()) >= desde})


def to_json(dato: Any) -> str:
    """Como se sella."""
    return json.dumps(dato, ensure_ascii=False, sort_keys=True)


def files_in(formato: Formato, objetivos: Sequence[Objetivo], contenido: str) -> Iterator[Mapping[str, Any]]:
    """Los archivos que se suprimen de un contenido."""
    for objetivo in objetivos:
        if not objetivo.columna and formato.por_nombre[objetivo.campo].tipo is TipoCampo.ARCHIVO:
            dato = find_dato(contenido, objetivo)
            if isinstance(dato, Mapping) and "id" in dato:
                yield dato
