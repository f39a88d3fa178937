"""Las listas de observaciones: las de la persona, las de un registro o un formato, y la cuenta del tablero."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import Case, fn

from models.domain.observaciones.reglas import Situacion, visibles
from models.domain.permissions import Actor
from models.mensajes import Observacion
from models.usuarios import Usuario

POR_PAGINA = 25


@dataclass(frozen=True, slots=True)
class Filtro:
    """Qué se mira. ``situacion`` nula, todas; ``desde`` es (vence, id) de la última que se vio."""

    situacion: Situacion | None = Situacion.ABIERTA
    clave: str | None = None
    sujeto_id: int | None = None
    vencidas: bool = False
    desde: tuple[dt.date, int] | None = None


@dataclass(frozen=True, slots=True)
class Pagina:
    """Unas observaciones, primero la que vence antes; ``siguiente`` es de donde sigue, si hay más."""

    observaciones: list[Observacion]
    siguiente: tuple[dt.date, int] | None


@dataclass(frozen=True, slots=True)
class Cuenta:
    """Lo que el tablero dice: abiertas, cuántas de ellas vencidas y cuántas vencen hoy; y atendidas sin cerrar."""

    abiertas: int = 0
    vencidas: int = 0
    vencen_hoy: int = 0
    atendidas: int = 0


def list_observaciones(actor: Actor, filtro: Filtro, hoy: dt.date) -> Pagina:
    """Una página, por llave: primero la que vence antes."""
    consulta = Observacion.select().where(*visibles(actor))
    if filtro.situacion is not None:
        consulta = consulta.where(Observacion.situacion == filtro.situacion)
    if filtro.clave is not None:
        consulta = consulta.where(Observacion.clave == filtro.clave)
    if filtro.sujeto_id is not None:
        consulta = consulta.where(Observacion.sujeto_id == filtro.sujeto_id)
    if filtro.vencidas:
        consulta = consulta.where(Observacion.vence < hoy)
    if filtro.desde is not None:
        vence, identificador = filtro.desde
        mismo_dia = (Observacion.vence == vence) & (Observacion.id > identificador)
        consulta = consulta.where((Observacion.vence > vence) | mismo_dia)
    filas = list(consulta.order_by(Observacion.vence, Observacion.id).limit(POR_PAGINA + 1))
    ultima = filas[POR_PAGINA - 1] if len(filas) > POR_PAGINA else None
    return Pagina(filas[:POR_PAGINA], (ultima.vence, ultima.id) if ultima else None)


def observaciones_de(actor: Actor, clave: str, registro_id: int | None) -> list[Observacion]:
    """Las de un registro, o las del formato entero si no se dice cuál; las sin cerrar primero."""
    cual = Observacion.registro_id.is_null() if registro_id is None else Observacion.registro_id == registro_id
    cerrada = Case(None, [(Observacion.situacion == Situacion.CERRADA, 1)], 0)
    return list(Observacion.select().where(*visibles(actor), Observacion.clave == clave, cual)
                .order_by(cerrada, Observacion.vence, Observacion.id).limit(50))


def count_observaciones(actor: Actor, hoy: dt.date) -> Cuenta:
    """La cuenta del tablero, en una consulta (dos para el órgano garante)."""
    filas = Observacion.select(
        Observacion.situacion, fn.COUNT(Observacion.id), fn.SUM(Case(None, [(Observacion.vence < hoy, 1)], 0)),
        fn.SUM(Case(None, [(Observacion.vence == hoy, 1)], 0)),
    ).where(*visibles(actor), Observacion.situacion.in_([str(Situacion.ABIERTA), str(Situacion.ATENDIDA)])).group_by(
        Observacion.situacion).tuples()
    por_situacion = {situacion: (int(n), int(vencidas), int(hoy_)) for situacion, n, vencidas, hoy_ in filas}
    abiertas, vencidas, vencen_hoy = por_situacion.get(Situacion.ABIERTA, (0, 0, 0))
    return Cuenta(abiertas, vencidas, vencen_hoy, por_situacion.get(Situacion.ATENDIDA, (0, 0, 0))[0])


def nombres_de(ids: set[int]) -> dict[int, str]:
    """El nombre de cada persona."""
    filas = Usuario.select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(sorted(ids) or [0]))
    return {fila.id: fila.nombre for fila in filas}
