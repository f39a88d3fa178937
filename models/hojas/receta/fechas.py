"""Fechas, horas y años que no están como deben, cuando solo se pueden leer de una manera."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from fracciones_config import Campo
from models.domain.lectores.crudo import plegar
from models.domain.periods import MESES
from models.hojas.receta.contexto import ContextoDeReceta
from models.hojas.receta.letras import to_renglon

_OFICIAL = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[T ]00:00(?::00)?)?")
_HORA_OFICIAL = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::00)?")

_MES: dict[str, int] = {parte: n for n, mes in enumerate(MESES, start=1) for parte in (mes, mes[:3])} | {
    "setiembre": 9, "set": 9, "sept": 9, "january": 1, "jan": 1, "february": 2, "march": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "july": 7, "august": 8, "aug": 8, "september": 9, "october": 10, "november": 11, "december": 12, "dec": 12}
_DIAS = {"lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6}

_SERIE = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_SERIE_MINIMA, _SERIE_MAXIMA = 10_000, 73_050
"""Números de día de Excel que se toman por fechas: de 1927 a 2099. Más chicos podrían ser otra cosa."""
_DIA_CERO = dt.date(1899, 12, 30)

_COLA_DE_HORA = re.compile(
    r"[ t,]+(?:a las )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]\.? ?m\.?| ?h(?:rs?|oras)?\.?|z)?$")
_CIFRAS = re.compile(r"([0-9]{1,4}) ?([/. -]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})")
_PEGADA = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DIA_Y_MES = re.compile(r"([0-9]{1,2})(?:o|ro|er)?[., /-]*(?:de )?([a-z]{3,10})[., /-]*(?:de |del )?(?:ano )?([0-9]{2,4})")
_MES_Y_DIA = re.compile(r"([a-z]{3,10})[., /-]*([0-9]{1,2})(?:o|ro|st|nd|rd|th)?[., /-]+(?:de |del )?([0-9]{2,4})")
_HORA = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?:[:.][0-9]{2})? ?(?:(hs?|hrs?|horas?)\.?|([ap])\.? ?m\.?)?")
_ANIO = re.compile(r"(?:(?:ano|ejercicio)(?: fiscal)?:? )?'?([0-9]{4}|[0-9],[0-9]{3})(?:\.0+)?\.?")
_PRIMERO = re.compile(r"^primero (?=de )")
_SIGLO_ACTUAL, _SIGLO_PASADO = 29, 70
"""Un año de dos cifras es de este siglo hasta 29 y del pasado desde 70; entre los dos no se adivina."""


def is_fecha_oficial(crudo: Any) -> bool:
    """Si una celda de fecha ya está como debe: una fecha sin hora, ``31/12/2026`` o ``2026-12-31``."""
    if isinstance(crudo, str):
        return _OFICIAL.fullmatch(crudo.strip()) is not None
    return not isinstance(crudo, dt.datetime) or not (crudo.hour or crudo.minute or crudo.second)


def is_hora_oficial(crudo: Any) -> bool:
    """Si una celda de hora ya está como debe: una hora, o ``9:30``."""
    return not isinstance(crudo, str) or _HORA_OFICIAL.fullmatch(crudo.strip()) is not None


def guess_fecha(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"dic 31 2026"``, ``"31-12-26"``, ``46387``, ``"12/31/2026"`` → ``"31/12/2026"``."""
    if isinstance(crudo, int | float) and not isinstance(crudo, bool):
        return _de_serie(crudo)
    if not isinstance(crudo, str):
        return None
    texto = _COLA_DE_HORA.sub("", plegar(to_renglon(crudo)).strip("' "))
    if serie := _SERIE.fullmatch(texto):
        return _de_serie(int(serie[1]))
    dia_dicho, texto = _sin_dia_de_semana(_PRIMERO.sub("1 ", texto))
    posibles = {fecha for fecha in _lecturas(texto) if dia_dicho is None or fecha.weekday() == dia_dicho}
    return _escribir(posibles.pop()) if len(posibles) == 1 else None


def guess_hora(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"9.30 hrs"``, ``"9 am"``, o la fracción de día de Excel (``0.395833``) → ``"09:30"``."""
    if isinstance(crudo, float) and 0 <= crudo < 1:
        minutos = round(crudo * 1440) % 1440
        return f"{minutos // 60:02}:{minutos % 60:02}"
    if isinstance(crudo, dt.timedelta):
        return guess_hora(campo, crudo / dt.timedelta(days=1), contexto)
    partes = _HORA.fullmatch(plegar(to_renglon(crudo))) if isinstance(crudo, str) else None
    if partes is None or partes[2] is None and not (partes[3] or partes[4]):
        return None
    hora = int(partes[1])
    if partes[4]:
        hora = hora % 12 + (12 if partes[4] == "p" else 0) if 1 <= hora <= 12 else 99
    return f"{hora:02}:{partes[2] or '00'}"


def guess_anio(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"2026.0"``, ``"'2026"``, ``"2,026"`` o ``"Año 2026"`` → ``"2026"``."""
    partes = _ANIO.fullmatch(plegar(to_renglon(crudo)).replace("’", "'")) if isinstance(crudo, str) else None
    return partes[1].replace(",", "") if partes else None


def _de_serie(numero: float) -> str | None:
    if isinstance(numero, bool) or not _SERIE_MINIMA <= numero <= _SERIE_MAXIMA:
        return None
    return _escribir(_DIA_CERO + dt.timedelta(days=int(numero)))


def _sin_dia_de_semana(texto: str) -> tuple[int | None, str]:
    primera, _, resto = texto.partition(" ")
    dia = _DIAS.get(primera.rstrip(",."))
    return (None, texto) if dia is None else (dia, resto)


def _lecturas(texto: str) -> list[dt.date]:
    """Todas las fechas que un texto puede querer decir, entre las maneras de escribirlas que se usan aquí."""
    if partes := _PEGADA.fullmatch(texto):
        return _hacer((partes[1], partes[2], partes[3]))
    if partes := _CIFRAS.fullmatch(texto):
        uno, dos, tres = partes[1], partes[3], partes[4]
        if len(uno) == 4:
            return _hacer((uno, dos, tres))
        dia_primero = _hacer((tres, dos, uno)) if len(uno) < 3 else []
        return dia_primero or (_hacer((tres, uno, dos)) if len(uno) < 3 else [])
    if (partes := _DIA_Y_MES.fullmatch(texto)) and partes[2] in _MES:
        return _hacer((partes[3], str(_MES[partes[2]]), partes[1]))
    if (partes := _MES_Y_DIA.fullmatch(texto)) and partes[1] in _MES:
        return _hacer((partes[3], str(_MES[partes[1]]), partes[2]))
    return []


def _hacer(partes: tuple[str, str, str]) -> list[dt.date]:
    """La fecha de año, mes y día; ninguna si no existe o si el siglo se presta a duda."""
    anio = int(partes[0])
    if len(partes[0]) == 2:
        if _SIGLO_ACTUAL < anio < _SIGLO_PASADO:
            return []
        anio += 2000 if anio <= _SIGLO_ACTUAL else 1900
    try:
        return [dt.date(anio, int(partes[1]), int(partes[2]))] if len(partes[0]) != 3 else []
    except ValueError:
        return []


def _escribir(fecha: dt.date) -> str:
    return f"{fecha:%d/%m}/{fecha.year:04}"
