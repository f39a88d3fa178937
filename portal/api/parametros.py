"""Los parámetros de la interfaz: los mismos nombres que en las páginas, leídos sin perdonar nada."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import request

from fracciones_config import Formato
from models.busqueda.consulta import LARGO_MAXIMO, Consulta, parse
from models.esquemas.interfaz import LIMITE, LIMITE_MAXIMO, filters_of
from models.publicados import Filtro, Institucion
from portal.consulta_formato import PRIMER_EJERCICIO
from portal.contexto import publicados
from portal.errores import NoExiste, NoSirve
from portal.peticion import read_filtro, read_texto

_ANIO = re.compile(r"[0-9]{4}", re.ASCII)
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
