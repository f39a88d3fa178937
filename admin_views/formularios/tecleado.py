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
