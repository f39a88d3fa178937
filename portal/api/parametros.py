"""Los parámetros de la interfaz: los mismos nombres que en las páginas, leídos sin perdonar nada."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from flask import request

from fracciones_config import Formato
from models.busqueda.consulta import LARGO_MAXIMO, Consulta, parse
from models.esquemas.interfaz import CON_LOS_DIAS, LIMITE, LIMITE_MAXIMO, filters_of
from models.publicados import Filtro, Institucion
from models.publicados.cortes import Corte, start_of_day
from portal.consulta_formato import PRIMER_EJERCICIO
from portal.contexto import publicados
from portal.cortes import read_corte
from portal.errores import MalPedido, NoExiste, NoSirve
from portal.peticion import read_filtro, read_texto

_ANIO = re.compile(r"[0-9]{4}", re.ASCII)
_DIA = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CUANTOS = re.compile(r"[0-9]{1,4}", re.ASCII)
_SIGLAS = re.compile(r"[a-z0-9-]{2,20}", re.ASCII)


def require_known(conocidos: Iterable[str]) -> None:
    """``NoSirve`` si viene un parámetro que no se conoce, repetido o vacío."""
    permitidos = set(conocidos)
    for nombre, valores in request.args.lists():
        if nombre not in permitidos:
            dichos = ", ".join(sorted(permitidos)) or "ninguno"
            raise NoSirve(nombre[:80], f"No hay ningún parámetro con ese nombre. Los que hay: {dichos}.")
        if len(valores) > 1:
            raise NoSirve(nombre, "Ese parámetro va una sola vez.")
        if not valores[0]:
            raise NoSirve(nombre, "Ese parámetro vino vacío: quítelo o diga un valor.")


def require_filters(formato: Formato) -> None:
    """Lo mismo, con los que un formato admite."""
    require_known(parametro.nombre for parametro in filters_of(formato))


def read_limite() -> int:
    """Cuántos registros por tanda."""
    dicho = request.args.get("limite")
    if dicho is None:
        return LIMITE
    if not _CUANTOS.fullmatch(dicho) or not 1 <= int(dicho) <= LIMITE_MAXIMO:
        raise NoSirve("limite", f"El límite es un número entero del 1 al {LIMITE_MAXIMO}.")
    return int(dicho)


def read_ejercicio() -> int | None:
    """El año pedido; ``None`` si todos."""
    dicho = request.args.get("ejercicio")
    if dicho is None:
        return None
    if not _ANIO.fullmatch(dicho) or not PRIMER_EJERCICIO <= int(dicho) <= 2200:
        raise NoSirve("ejercicio", f"El ejercicio es un año de {PRIMER_EJERCICIO} en adelante.")
    return int(dicho)


def read_institucion() -> Institucion | None:
    """La institución pedida; ``None`` si todas."""
    dichas = request.args.get("institucion")
    if dichas is None:
        return None
    hallada = publicados().institucion(dichas) if _SIGLAS.fullmatch(dichas) else None
    if hallada is None:
        raise NoSirve("institucion", "No hay ninguna institución con esas siglas: vea /api/v1/instituciones.")
    return hallada


def read_filtros(formato: Formato) -> Filtro:
    """Los filtros del formato; ``NoSirve`` si alguno pide un valor que no tiene."""
    try:
        return read_filtro(formato)
    except NoExiste as error:
        raise NoSirve("filtro", error.mensaje) from error


def read_desde() -> int | None:
    """El instante en que empieza el día de ``desde``; ``None`` si no se pidió."""
    dicho = request.args.get("desde")
    if dicho is None:
        return None
    try:
        if not _DIA.fullmatch(dicho):
            raise ValueError(dicho)
        return start_of_day(dt.date.fromisoformat(dicho))
    except ValueError as error:
        raise NoSirve("desde", "El día va como 2026-03-01.") from error


def read_al() -> Corte | None:
    """El día por el que se pregunta con ``al``; ``None`` si no se pidió."""
    try:
        return read_corte()
    except MalPedido as error:
        raise NoSirve("al", error.mensaje) from error


def require_alone(cual: str) -> None:
    """``NoSirve`` si con ``desde`` o ``al`` vienen palabras, filtros o el otro."""
    sobran = sorted(nombre for nombre in request.args if nombre not in CON_LOS_DIAS and nombre != cual)
    if sobran:
        raise NoSirve(sobran[0], f"Con «{cual}» solo van {', '.join(CON_LOS_DIAS)}.")


def read_palabras() -> Consulta | None:
    """Lo que se busca; ``None`` si no se pidieron palabras."""
    if "q" not in request.args:
        return None
    if len(request.args["q"]) > LARGO_MAXIMO:
        raise NoSirve("q", f"Son demasiadas palabras: caben {LARGO_MAXIMO} letras.")
    consulta = parse(read_texto())
    if consulta is None:
        raise NoSirve("q", "No quedó ninguna palabra que buscar.")
    return consulta
