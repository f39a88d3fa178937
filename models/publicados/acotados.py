"""Lo que pasa un filtro, cuando es poco: solo entonces se puede ordenar por cualquier columna, o sumar, sin mentir ni tardar.

Los datos no llevan índice. Leer una columna de veinte mil registros cuesta unas décimas de segundo cuando más; de un
millón, lo que nadie esperaría. Más allá de los topes se contesta que no se puede, y la página dice qué hacer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peewee import Database

from fracciones_config import Campo, TipoCampo
from models.busqueda.consulta import parse
from models.busqueda.motores import indice_de
from models.busqueda.normalizador import plegar
from models.domain.periods import orden as orden_de_periodo
from models.formatos import Tabla
from models.publicados.filtros import Filtro, conditions
from models.publicados.paginas import Cursor, Pagina
from models.publicados.registros import read_registros, select_publicos
from models.publicados.resumenes import ResumenDeEjercicio

TOPE = 20_000
"""Registros del año (o del periodo elegido) entre los que se ordena o se suma con filtros."""

TOPE_DE_PALABRAS = 5_000
"""Lo mismo, de los que tienen las palabras buscadas."""


def find_acotado(
    base: Database, tabla: Tabla, sujeto_id: int, resumen: ResumenDeEjercicio, filtro: Filtro,
) -> list[Any] | None:
    """Las condiciones de lo que pasa el filtro, el sujeto primero; ``None`` si habría que mirar demasiados registros."""
    publica: Any = tabla.publica
    partes = [publica.sujeto_id == sujeto_id, publica.ejercicio == resumen.ejercicio, *conditions(tabla, filtro)]
    if filtro.texto:
        ids = _con_palabras(base, tabla, sujeto_id, filtro.texto)
        return None if ids is None else [*partes, publica.id.in_(ids)]
    n = resumen.periodos.get(filtro.periodo, 0) if filtro.periodo else resumen.n
    return partes if n <= TOPE else None


def _con_palabras(base: Database, tabla: Tabla, sujeto_id: int, texto: str) -> list[int] | None:
    consulta = parse(texto)
    if consulta is None:
        return []
    pares = indice_de(base).buscar(consulta, sujeto_id, tabla.clave, None, TOPE_DE_PALABRAS + 1)
    return [id_ for _, id_ in pares] if len(pares) <= TOPE_DE_PALABRAS else None


def fetch_ordenada(
    base: Database, tabla: Tabla, sujeto_id: int, resumen: ResumenDeEjercicio, filtro: Filtro, cursor: Cursor | None,
    tamano: int,
) -> Pagina | None:
    """Una página en el orden del filtro, o ``None`` si son demasiados.

    El cursor es un registro: si ya no está, se empieza desde el principio.
    """
    partes, orden = find_acotado(base, tabla, sujeto_id, resumen, filtro), filtro.orden
    if partes is None or orden is None:
        return None
    publica: Any = tabla.publica
    columna = publica.periodo if orden.campo == "periodo" else tabla.field(orden.campo, publica=True)
    filas = list(publica.select(publica.id, columna).where(*partes).bind(base).tuples())
    ids = sort_ids(tabla.formato.por_nombre[orden.campo], filas, orden.descendente)
    return cut_pagina(ids, cursor, tamano, lambda visibles: read_registros(
        base, tabla, select_publicos(tabla, sujeto_id).where(publica.id.in_(visibles))))


def cut_pagina(ids: list[int], cursor: Cursor | None, tamano: int, leer: Callable[[list[int]], list[Any]]) -> Pagina:
    """La página de unos registros ya ordenados; ``leer`` da los de esos ``id``, en cualquier orden."""
    primero, ultimo = _tramo(ids, cursor, tamano)
    visibles = ids[primero:ultimo]
    por_id = {registro.id: registro for registro in leer(visibles)}
    return Pagina(
        tuple(por_id[id_] for id_ in visibles if id_ in por_id), siguiente=visibles[-1] if ultimo < len(ids) else None,
        anterior=visibles[0] if primero and visibles else None, total=len(ids), es_primera=primero == 0, ordenada=True)


def _tramo(ids: list[int], cursor: Cursor | None, tamano: int) -> tuple[int, int]:
    try:
        lugar = ids.index(cursor.id) if cursor is not None else None
    except ValueError:
        lugar = None
    if cursor is None or lugar is None:
        return 0, min(tamano, len(ids))
    if cursor.hacia_atras:
        return max(0, lugar - tamano), lugar or min(tamano, len(ids))
    return lugar + 1, min(lugar + 1 + tamano, len(ids))


def sort_ids(campo: Campo, filas: list[tuple[int, Any]], descendente: bool) -> list[int]:
    """Los ids en el orden en que una persona lee esos valores; entre iguales, lo más nuevo primero; sin dato, al final."""
    llave = _llave_de(campo)
    recientes = sorted((fila for fila in filas if fila[1] is not None), key=lambda fila: fila[0], reverse=True)
    con_dato = sorted(recientes, key=lambda fila: llave(fila[1]), reverse=descendente)
    sin_dato = sorted((id_ for id_, valor in filas if valor is None), reverse=True)
    return [id_ for id_, _ in con_dato] + sin_dato


def _llave_de(campo: Campo) -> Callable[[Any], Any]:
    if campo.tipo is TipoCampo.OPCION:
        lugares = {clave: _alfabetico(rotulo) for clave, rotulo in campo.opciones.items()}
        return lambda valor: lugares.get(valor) or _alfabetico(valor)
    if campo.tipo is TipoCampo.PERIODO:
        return _de_periodo
    if campo.tipo in (TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO):
        return _alfabetico
    return lambda valor: valor


def _alfabetico(texto: str) -> str:
    """Sin acentos ni mayúsculas, y con la ñ después de la n."""
    return plegar(texto.strip().lower().replace("ñ", "n{"))


def _de_periodo(clave: str) -> Any:
    return orden_de_periodo(2000, clave)
