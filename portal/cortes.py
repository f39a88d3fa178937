"""``?al=2026-03-01``: el día por el que alguien pregunta. Lo imposible es un 400 que dice cómo se escribe."""

from __future__ import annotations

import datetime as dt
import re

from flask import request

from models.presentacion.fechas import fecha
from models.publicados.cortes import Corte, start_of_day
from models.reloj import hoy
from portal.errores import MalPedido

PRIMER_DIA = dt.date(2004, 1, 1)
"""El de la primera ley de transparencia del Estado: antes no hay nada que consultar."""

_FORMA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_dia(nombre: str) -> dt.date | None:
    """El día de un parámetro; ``None`` si no viene o está vacío. 400 si no es un día, o si todavía no llega."""
    dicho = request.args.get(nombre, "").strip()
    if not dicho:
        return None
    try:
        dia = dt.date.fromisoformat(dicho) if _FORMA.fullmatch(dicho) else None
    except ValueError:
        dia = None
    if dia is None:
        raise MalPedido("La fecha no existe o está mal escrita: va como año, mes y día, por ejemplo 2026-03-01.")
    if dia > hoy():
        raise MalPedido(f"El {fecha(dia)} todavía no llega: elija hoy o un día anterior.")
    if dia < PRIMER_DIA:
        raise MalPedido(f"Antes del {fecha(PRIMER_DIA)} no hay información pública que consultar.")
    return dia


def read_desde() -> int | None:
    """El instante en que empieza el día de ``?desde=``: lo que cambió desde entonces. No va con ``?al=`` ni con filtros:
    lo que dejara de cumplirlos no se sabría que salió.
    """
    dia = read_dia("desde")
    if dia is None:
        return None
    sobran = sorted(nombre for nombre in request.args if nombre not in ("desde", "para") and request.args[nombre])
    if sobran:
        raise MalPedido(f"Con «desde» no van filtros ni «al»: quite {', '.join(sobran)[:200]}. Va lo que cambió, completo.")
    return start_of_day(dia)


def read_corte() -> Corte | None:
    """El día por el que se pregunta con ``?al=``."""
    dia = read_dia("al")
    return Corte(dia) if dia else None
