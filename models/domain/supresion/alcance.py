"""Antes de suprimir: qué datos ha hecho públicos un registro, en cuántas versiones, y dónde más está lo mismo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.actos import ContenidoAnterior
from models.base import db
from models.cargas import Carga
from models.columnas import a_columna
from models.domain.supresion.archivos import books_of, others_with
from models.domain.supresion.limpio import NADA, files_in, find_dato
from models.domain.supresion.orden import Objetivo, suppressible
from models.folios import de_folio
from models.formatos import Tabla
from models.hojas.cargas.situaciones import VIVAS
from models.versiones_publicas import VersionPublica, read_versiones

TOPE = 50


@dataclass(frozen=True, slots=True)
class Publicado:
    """Un dato que ha sido público: en cuántas versiones, y si hoy la ciudadanía lo lee."""

    objetivo: Objetivo
    etiqueta: str
    versiones: int
    hoy: bool


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
    """Lo que se puede suprimir del registro: lo que alguna versión pública dijo, en el orden del formulario."""
    versiones = _versiones(tabla, fila)
    hoy = [version.contenido for version in versiones if version.hasta is None]
    hallados = []
    for objetivo in suppressible(tabla.formato):
        n = sum(find_dato(version.contenido, objetivo) is not NADA for version in versiones)
        if n:
            en_hoy = any(find_dato(contenido, objetivo) is not NADA for contenido in hoy)
            hallados.append(Publicado(objetivo, label_of(tabla, objetivo), n, en_hoy))
    return hallados


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
