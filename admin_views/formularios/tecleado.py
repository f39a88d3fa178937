"""Lo tecleado: de la petición a ``crudo`` (lo que ``validar`` entiende), sin perder nada en el camino.

Solo se leen los campos del formato: un ``estado``, ``sujeto_id`` o ``creado_por`` agregado a mano no existe para nadie.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from fracciones_config import Campo, Formato, TipoCampo
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import ArchivoRechazado, receive
from models.domain.permissions import Actor
from models.folios import a_folio

_CELDA = re.compile(r"(\d{1,4})-([a-z][a-z0-9_]{0,40})")

_SE_ELIGEN = frozenset({TipoCampo.PERIODO, TipoCampo.SI_NO, TipoCampo.OPCIONES, TipoCampo.ARCHIVO, TipoCampo.AREA,
                        TipoCampo.SERVIDOR_PUBLICO, TipoCampo.ORGANO_COLEGIADO})
"""Tipos que no se teclean: lo que manda su control es una clave o un folio."""


@dataclass(slots=True)
class Tecleado:
    """Lo que venía en el formulario; ``problemas`` trae los archivos que no se aceptaron."""

    crudo: dict[str, Any] = field(default_factory=dict)
    vacios: dict[str, dict[str, str]] = field(default_factory=dict)
    problemas: dict[str, str] = field(default_factory=dict)


def read_tecleado(
    formato: Formato, forma: MultiDict[str, str], archivos: Mapping[str, FileStorage], actor: Actor,
    almacen: AlmacenEnDisco,
) -> Tecleado:
    """Lee la petición. Los archivos buenos quedan subidos aunque lo demás tenga errores: no se piden dos veces."""
    tecleado = Tecleado()
    for campo in formato.campos:
        if campo.tipo is TipoCampo.ARCHIVO:
            read_archivo(campo, forma, archivos, actor, almacen, tecleado)
        elif campo.tipo is TipoCampo.TABLA:
            tecleado.crudo[campo.nombre] = read_renglones(campo, forma)
        elif campo.tipo is TipoCampo.OPCIONES:
            tecleado.crudo[campo.nombre] = forma.getlist(campo.nombre)
        else:
            tecleado.crudo[campo.nombre] = forma.get(campo.nombre, "")
        causa, motivo = forma.get(f"{campo.nombre}__causa", ""), forma.get(f"{campo.nombre}__motivo", "")
        if causa or motivo.strip():
            tecleado.vacios[campo.nombre] = {"causa": causa, "motivo": motivo}
    return tecleado


def read_escrito(formato: Formato, campos: Mapping[str, str]) -> list[tuple[str, str]]:
    """Lo que alguien tecleó de su mano, para leerse: (etiqueta, texto). Lo que se elige de una lista larga no va."""
    return [(rotulo, campo.opciones.get(valor, valor)) for nombre, valor in campos.items() if valor.strip()
            for campo, rotulo in _de_quien(formato, nombre) if campo.tipo not in _SE_ELIGEN]


def _de_quien(formato: Formato, nombre: str) -> list[tuple[Campo, str]]:
    """El campo (o la columna de una tabla) de un control del formulario, y cómo se llama."""
    if nombre in formato.por_nombre:
        return [(formato.por_nombre[nombre], formato.por_nombre[nombre].etiqueta)]
    tabla, _, resto = nombre.partition("-")
    celda = _CELDA.fullmatch(resto)
    if celda is None or tabla not in formato.por_nombre:
        return []
    return [(columna, f"{columna.etiqueta}, renglón {int(celda[1]) + 1}") for columna in formato.por_nombre[tabla].campos
            if columna.nombre == celda[2]]


def read_renglones(campo: Campo, forma: MultiDict[str, str]) -> list[dict[str, Any]]:
    """Las celdas ``participantes-0-nombre`` agrupadas por renglón, en el orden en que se ven."""
    renglones: dict[int, dict[str, Any]] = {}
    columnas = {columna.nombre: columna for columna in campo.campos}
    for llave in forma:
        if llave.startswith(f"{campo.nombre}-"):
            celda = _CELDA.fullmatch(llave[len(campo.nombre) + 1:])
            if celda and celda[2] in columnas:
                varias = columnas[celda[2]].tipo is TipoCampo.OPCIONES
                renglones.setdefault(int(celda[1]), {})[celda[2]] = forma.getlist(llave) if varias else forma[llave]
    return [renglones[i] for i in sorted(renglones)]


def read_archivo(
    campo: Campo, forma: MultiDict[str, str], archivos: Mapping[str, FileStorage], actor: Actor,
    almacen: AlmacenEnDisco, tecleado: Tecleado,
) -> None:
    """El archivo de un campo: el que se acaba de subir, uno ya subido, o el que estaba si no se quitó."""
    subido = archivos.get(f"{campo.nombre}__subir")
    elegido = forma.get(f"{campo.nombre}__elegido", "")
    tecleado.crudo[campo.nombre] = "" if forma.get(f"{campo.nombre}__quitar") else (
        elegido or forma.get(campo.nombre, ""))
    if subido is None or not subido.filename:
        return
    try:
        fila = receive(actor, almacen, subido.filename, subido.stream, campo.acepta)
        tecleado.crudo[campo.nombre] = a_folio(fila.id)
    except ArchivoRechazado as error:
        tecleado.problemas[campo.nombre] = str(error)
