"""La lista de un formato en la oficina: filtros, orden, página y cuenta con tope. Siempre dentro de lo que la persona ve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import SQL, Select, fn

from fracciones_config import Campo, TipoCampo
from models.base import db
from models.busqueda.consulta import parse, to_like
from models.cargas import CargaRegistro
from models.conteos import Tablero
from models.domain.cursores import Pagina, fetch_pagina, read_cursor
from models.domain.estados import Estado
from models.domain.permissions import Accion, Actor, Alcance, alcance_de, condiciones
from models.formatos import ORDENABLES, Tabla

TOPE = 10_000
"""Nadie cuenta más allá: «más de 10,000»."""

TAMANOS = (25, 50, 100)
DE_LA_LISTA = (
    "id", "estado", "version", "contenido", "faltan", "motivo", "baja_motivo", "publica", "numero_publico", "publico_desde",
    "cambiado_en", "personales", "personales_motivo")
"""Las columnas que una lista lee: lo capturado viene entero en ``contenido``."""

SIN_BORRADOS = tuple(estado for estado in Estado if estado is not Estado.BORRADO)
FILTRABLES = frozenset({TipoCampo.OPCION, TipoCampo.SI_NO, TipoCampo.AREA, TipoCampo.PERIODO})


@dataclass(frozen=True, slots=True)
class Filtro:
    """Lo que la persona pidió ver. Lo que no se entiende ya viene descartado (``admin_views.filtros``).

    ``carga`` es la de Excel que dejó los registros, por su id.
    """

    texto: str = ""
    ejercicio: int | None = None
    periodo: str | None = None
    estado: Estado | None = None
    baja: bool = False
    personales: bool = False
    carga: int | None = None
    valores: Mapping[str, Any] = field(default_factory=dict)
    orden: str | None = None
    descendente: bool = True
    cursor: str | None = None
    tamano: int = 50

    @property
    def afina(self) -> bool:
        """Si hay algún filtro que los contadores del tablero no saben contestar."""
        return bool(self.texto or self.valores or self.baja or self.personales or self.carga)

    @property
    def activo(self) -> bool:
        return self.afina or any(v is not None for v in (self.ejercicio, self.periodo, self.estado))


@dataclass(frozen=True, slots=True)
class Cuenta:
    """Cuántos hay; con ``mas``, son más que el tope y no se siguió contando."""

    n: int
    mas: bool = False


def where_of(actor: Actor, tabla: Tabla, filtro: Filtro, accion: Accion = Accion.VER) -> list[Any]:
    """Las condiciones de la lista: lo que la persona ve, y lo que pidió."""
    modelo = tabla.trabajo
    partes: list[Any] = condiciones(actor, accion, tabla)
    estados = [filtro.estado] if filtro.estado else list(SIN_BORRADOS)
    partes.append(modelo.estado.in_([str(estado) for estado in estados]))
    if filtro.ejercicio is not None:
        partes.append(modelo.ejercicio == filtro.ejercicio)
    if filtro.periodo is not None:
        partes.append(modelo.periodo == filtro.periodo)
    if filtro.baja:
        partes.append(modelo.baja_motivo.is_null(False))
    if filtro.personales:
        partes.append(modelo.personales.is_null(False))
    if filtro.carga is not None:
        partes.append(modelo.id.in_(CargaRegistro.select(CargaRegistro.registro_id).where(
            CargaRegistro.sujeto_id == actor.sujeto_id, CargaRegistro.carga_id == filtro.carga)))
    partes += [tabla.field(nombre) == valor for nombre, valor in filtro.valores.items()]
    return partes + _que_contenga(tabla, filtro.texto)


def _que_contenga(tabla: Tabla, texto: str) -> list[Any]:
    if not texto:
        return []
    consulta = parse(texto)
    if consulta is None:
        return [SQL("1") == SQL("0")]
    return [tabla.trabajo.tokens.ilike(patron) for patron in to_like(consulta)]  # en SQLite, ``like`` de Peewee es GLOB


def list_registros(actor: Actor, tabla: Tabla, filtro: Filtro) -> Pagina:
    """Una página de la lista, por llave."""
    columna = tabla.field(filtro.orden) if filtro.orden else None
    partes, modelo = where_of(actor, tabla, filtro), tabla.trabajo
    nombres = DE_LA_LISTA if columna is None else (*DE_LA_LISTA, columna.name)
    leidas = [getattr(modelo, nombre) for nombre in nombres]
    return fetch_pagina(
        lambda: modelo.select(*leidas).where(*partes), modelo, columna, filtro.descendente,
        read_cursor(filtro.cursor, columna), filtro.tamano)


def count_registros(actor: Actor, tabla: Tabla, filtro: Filtro) -> Cuenta:
    """Cuántos cumplen: de los contadores si se puede; si no, contando hasta el tope.

    Se cuenta en el orden de la lista para que el motor elija su mismo índice; sin él prefirió otro y tardó mil veces más.
    """
    if not filtro.afina and alcance_de(actor, Accion.VER) is Alcance.SUJETO:
        return Cuenta(_sum_tablero(actor, tabla, filtro))
    modelo = tabla.trabajo
    interior = modelo.select(modelo.id).where(*where_of(actor, tabla, filtro)).order_by(modelo.id.desc()).limit(TOPE + 1)
    n = int(Select([interior], [fn.COUNT(interior.c.id)]).bind(db).scalar())  # ``count()`` quitaría el orden
    return Cuenta(n, n > TOPE)


def has_personales(actor: Actor, tabla: Tabla) -> bool:
    """Si entre lo que la persona ve hay algo con datos personales."""
    filtro = Filtro(personales=True)
    return bool(tabla.trabajo.select(tabla.trabajo.id).where(*where_of(actor, tabla, filtro)).limit(1).exists())


def _sum_tablero(actor: Actor, tabla: Tabla, filtro: Filtro) -> int:
    estados = [filtro.estado] if filtro.estado else list(SIN_BORRADOS)
    consulta = Tablero.select(fn.SUM(Tablero.n)).where(
        Tablero.sujeto_id == actor.sujeto_id, Tablero.clave == tabla.clave,
        Tablero.estado.in_([str(estado) for estado in estados]))
    if filtro.ejercicio is not None:
        consulta = consulta.where(Tablero.ejercicio == filtro.ejercicio)
    if filtro.periodo is not None:
        consulta = consulta.where(Tablero.periodo == filtro.periodo)
    return int(consulta.scalar() or 0)


def ejercicios_of(sujeto_id: int, clave: str) -> list[int]:
    """Los ejercicios con registros, del más nuevo al más viejo."""
    filas = Tablero.select(Tablero.ejercicio).where(
        Tablero.sujeto_id == sujeto_id, Tablero.clave == clave, Tablero.n > 0, Tablero.ejercicio > 0,
    ).distinct().order_by(Tablero.ejercicio.desc())
    return [fila.ejercicio for fila in filas]


def sortable(tabla: Tabla) -> tuple[Campo, ...]:
    """Los campos por los que se puede ordenar la lista."""
    return tuple(campo for campo in tabla.formato.en_lista() if campo.tipo in ORDENABLES)


def filterable(tabla: Tabla) -> tuple[Campo, ...]:
    """Los campos con filtro propio en la lista, aparte de ejercicio y periodo."""
    return tuple(c for c in tabla.formato.campos
                 if c.se_filtra and c.tipo in FILTRABLES and c.nombre not in ("ejercicio", "periodo"))

