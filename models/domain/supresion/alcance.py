"""Antes de suprimir: qué datos ha hecho públicos un registro, en cuántas versiones, y dónde más está lo mismo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fracciones_config import Campo
from models.actos import ContenidoAnterior
from models.base import db
from models.cargas import Carga
from models.columnas import a_columna
from models.domain.supresion.archivos import books_of, others_with
from models.domain.supresion.limpio import NADA, files_in, find_dato
from models.domain.supresion.orden import Objetivo, cell_mark, suppressible
from models.folios import de_folio
from models.formatos import Tabla
from models.hojas.cargas.situaciones import VIVAS
from models.presentacion.textos import cut_text, texto
from models.versiones_publicas import VersionPublica, read_versiones

TOPE = 50

CELDAS = 60
"""Lo distinto de una columna que se enseña para escoger; si dijo más, se protege la columna."""

LARGO_DE_CELDA = 60


@dataclass(frozen=True, slots=True)
class Publicado:
    """Un dato que ha sido público: en cuántas versiones, y si hoy la ciudadanía lo lee. ``dice``: lo que dice una celda."""

    objetivo: Objetivo
    etiqueta: str
    versiones: int
    hoy: bool
    dice: str = ""


@dataclass(slots=True)
class Alcance:
    """Lo que la supresión no toca y alguien tiene que mirar.

    ``copias``: otros registros del formato que dicen lo mismo o se copiaron de este. ``archivos``: los que usan el mismo
    archivo, que pueden ser de otro formato. ``libros``: cargas cuyo libro se quita; ``en_curso``, las que todavía lo necesitan.
    """

    copias: list[int] = field(default_factory=list)
    archivos: list[int] = field(default_factory=list)
    libros: list[Carga] = field(default_factory=list)
    en_curso: list[Carga] = field(default_factory=list)


def find_publicados(tabla: Tabla, fila: Any) -> list[Publicado]:
    """Lo que se puede suprimir del registro: lo que alguna versión pública dijo, en el orden del formulario.

    De cada columna de una tabla, además, cada cosa distinta que dijo: las primeras ``CELDAS``.
    """
    versiones = _versiones(tabla, fila)
    hallados = []
    for objetivo in suppressible(tabla.formato):
        publicado = _publicado(tabla, versiones, objetivo)
        hallados += [publicado] if publicado else []
        if publicado and objetivo.columna:
            hallados += _celdas(tabla, versiones, objetivo)
    return hallados


def _publicado(tabla: Tabla, versiones: Sequence[VersionPublica], objetivo: Objetivo, dice: str = "") -> Publicado | None:
    estan = [version for version in versiones if find_dato(version.contenido, objetivo) is not NADA]
    hoy = any(version.hasta is None for version in estan)
    return Publicado(objetivo, label_of(tabla, objetivo), len(estan), hoy, dice) if estan else None


def _celdas(tabla: Tabla, versiones: Sequence[VersionPublica], objetivo: Objetivo) -> list[Publicado]:
    """Lo distinto que una columna ha dicho; con una sola cosa en un solo renglón, la columna ya es la celda."""
    columna = tabla.formato.por_nombre[objetivo.campo].subcampo(objetivo.columna)
    dichas: dict[str, Any] = {}
    for version in versiones:
        dato = find_dato(version.contenido, objetivo)
        dichas |= {cell_mark(celda): celda for celda in (dato if dato is not NADA else ()) if celda is not None}
    if len(dichas) < 2:
        return []
    una_por_una = (_publicado(tabla, versiones, replace(objetivo, celda=marca), say_celda(columna, celda))
                   for marca, celda in list(dichas.items())[:CELDAS])
    return [publicado for publicado in una_por_una if publicado]


def say_celda(columna: Campo, celda: Any) -> str:
    """Lo que una celda dice, en corto; lo que ya no tiene la forma de su columna, tal cual."""
    try:
        return cut_text(texto(columna, celda), LARGO_DE_CELDA)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return cut_text(str(celda), LARGO_DE_CELDA)


def label_of(tabla: Tabla, objetivo: Objetivo) -> str:
    """«Nota» o «Contrapartes: Nombre»."""
    campo = tabla.formato.por_nombre[objetivo.campo]
    return f"{campo.etiqueta}: {campo.subcampo(objetivo.columna).etiqueta}" if objetivo.columna else campo.etiqueta


def measure(tabla: Tabla, fila: Any, objetivos: Sequence[Objetivo]) -> Alcance:
    """Dónde más está lo mismo. Solo mira registros de la institución."""
    contenidos = [fila.contenido, *(version.contenido for version in _versiones(tabla, fila))]
    contenidos += [anterior.contenido for anterior in ContenidoAnterior.select().where(
        ContenidoAnterior.sujeto_id == fila.sujeto_id, ContenidoAnterior.registro_id == fila.id)]
    archivos = {de_folio(str(dato["id"])) for contenido in contenidos for dato in files_in(tabla.formato, objetivos, contenido)}
    usan = {registro for archivo in archivos for registro in others_with(fila.sujeto_id, fila.id, archivo)}
    libros = books_of(fila.sujeto_id, fila.id)
    return Alcance(
        copias=sorted(_copies(tabla, fila) | _same_value(tabla, fila, objetivos, contenidos))[:TOPE],
        archivos=sorted(usan)[:TOPE],
        libros=[carga for carga in libros if carga.situacion not in VIVAS and carga.sha256],
        en_curso=[carga for carga in libros if carga.situacion in VIVAS])


def _versiones(tabla: Tabla, fila: Any) -> list[VersionPublica]:
    return read_versiones(db.obj, tabla.clave, fila.sujeto_id, [fila.id])


def _copies(tabla: Tabla, fila: Any) -> set[int]:
    """Lo que se copió de este registro a otro periodo, y lo que se copió de eso."""
    modelo, copias, nuevos = tabla.trabajo, set[int](), {int(fila.id)}
    while nuevos and len(copias) < TOPE:
        hallados = {id_ for origen in nuevos for (id_,) in modelo.select(modelo.id).where(
            modelo.sujeto_id == fila.sujeto_id, modelo.envio.startswith(f"copia:{origen}:")).tuples()}
        nuevos = hallados - copias - {int(fila.id)}
        copias |= nuevos
    return copias


def _same_value(tabla: Tabla, fila: Any, objetivos: Sequence[Objetivo], contenidos: Sequence[str]) -> set[int]:
    """Los que hoy dicen exactamente lo mismo en ese campo."""
    modelo, iguales = tabla.trabajo, set[int]()
    for objetivo in objetivos:
        campo = tabla.formato.por_nombre[objetivo.campo]
        if objetivo.columna or campo.tipo == "archivo":
            continue
        for dato in {str(d): d for c in contenidos if (d := find_dato(c, objetivo)) is not NADA}.values():
            try:
                valor = a_columna(campo, dato)
            except (ValueError, TypeError, KeyError):
                continue
            consulta = modelo.select(modelo.id).where(
                modelo.sujeto_id == fila.sujeto_id, tabla.field(campo.nombre) == valor, modelo.id != fila.id).limit(TOPE)
            iguales |= {id_ for (id_,) in consulta.tuples()}
    return iguales
