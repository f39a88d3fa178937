"""Lee fechas, horas, años y periodos."""

import calendar
import datetime as dt
import re
from typing import Any

from fracciones_config import Campo
from models.domain.lectores.crudo import DatoInvalido, citar, plegar, to_linea
from models.domain.periods import MESES, etiqueta, find_clave

ANIO_MINIMO, ANIO_MAXIMO = 1800, 2200

_LARGO = 60
_DIA_PRIMERO = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?: 00:00)?(?::00)?")
_ANIO_PRIMERO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_CON_LETRA = re.compile(r"([0-9]{1,2})(?:o|ro)?\.? (?:de )?([a-z]+) (?:de |del )?([0-9]{4})")
_ANIO_CORTO = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2})")
_HORA = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)? ?(?:(h|hr|hrs|hora|horas)\.?|(a|p)\.? ?m\.?)?", re.IGNORECASE)
_PISTA = "Escríbala como 31/12/2026."


def read_fecha(campo: Campo, crudo: Any) -> str:
    """La fecha de un campo, como la lee ``parse_fecha``."""
    return parse_fecha(crudo)


def parse_fecha(crudo: Any) -> str:
    """``"31/12/2026"``, ``"2026-12-31"`` o ``"31 de diciembre de 2026"`` → ``"2026-12-31"``; años 1800 a 2200."""
    if isinstance(crudo, dt.date):
        crudo = crudo.isoformat()[:10]
    linea = to_linea(crudo, _LARGO, "una fecha")
    dia, mes, anio = _partes(linea)
    if not ANIO_MINIMO <= anio <= ANIO_MAXIMO:
        raise DatoInvalido(f"Escribió {linea}; el año debe estar entre {ANIO_MINIMO} y {ANIO_MAXIMO}.")
    if not 1 <= mes <= 12:
        raise DatoInvalido(_sin_ese_mes(linea, dia, mes, anio))
    dias = calendar.monthrange(anio, mes)[1]
    if not 1 <= dia <= dias:
        cual = f"{MESES[mes - 1]} de {anio}" if mes == 2 else MESES[mes - 1]
        raise DatoInvalido(f"Escribió {linea}; {cual} tiene {dias} días.")
    return dt.date(anio, mes, dia).isoformat()


def read_hora(campo: Campo, crudo: Any) -> str:
    """La hora de un campo, como la lee ``parse_hora``."""
    return parse_hora(crudo)


def parse_hora(crudo: Any) -> str:
    """``"9:30"``, ``"09:30 hrs"`` o ``"9:30 p. m."`` → ``"09:30"``, en 24 horas."""
    linea = to_linea(crudo, _LARGO, "una hora")
    partes = _HORA.fullmatch(linea)
    if not partes:
        raise DatoInvalido(f"{citar(linea)} no es una hora: escríbala como 09:30 o 17:05.")
    hora, minuto = int(partes[1]), int(partes[2])
    if partes[4]:
        if not 1 <= hora <= 12:
            raise DatoInvalido(f"Escribió {linea}; con a. m. o p. m. la hora va de 1 a 12.")
        hora = hora % 12 + (12 if partes[4].lower() == "p" else 0)
    if hora > 23 or minuto > 59:
        raise DatoInvalido(f"Escribió {linea}; las horas van de 00:00 a 23:59.")
    return f"{hora:02}:{minuto:02}"


def read_anio(campo: Campo, crudo: Any) -> int:
    """``"2026"`` → ``2026``; de 1800 a 2200."""
    linea = to_linea(crudo, _LARGO, "un año")
    if not re.fullmatch("[0-9]{4}", linea):
        raise DatoInvalido(f"{citar(linea)} no es un año: escríbalo con sus cuatro cifras, como 2026.")
    if not ANIO_MINIMO <= int(linea) <= ANIO_MAXIMO:
        raise DatoInvalido(f"Escribió {linea}; el año debe estar entre {ANIO_MINIMO} y {ANIO_MAXIMO}.")
    return int(linea)


def read_periodo(campo: Campo, crudo: Any) -> str:
    """``"3er. trimestre"`` o ``"T3"`` → ``"T3"``. Si toca al formato lo dice ``models.domain.validation``."""
    linea = to_linea(crudo, _LARGO, "un periodo")
    if clave := find_clave(linea):
        return clave
    raise DatoInvalido(f"{citar(linea)} no es un periodo: elija uno, como «{etiqueta('T3')}» o «{etiqueta('M09')}».")


def _partes(linea: str) -> tuple[int, int, int]:
    """(día, mes, año) tal como se escribieron, sin revisar."""
    if partes := _DIA_PRIMERO.fullmatch(linea):
        return int(partes[1]), int(partes[3]), int(partes[4])
    if partes := _ANIO_PRIMERO.fullmatch(linea):
        return int(partes[3]), int(partes[2]), int(partes[1])
    if (partes := _CON_LETRA.fullmatch(plegar(linea))) and partes[2] in MESES:
        return int(partes[1]), MESES.index(partes[2]) + 1, int(partes[3])
    if partes := _ANIO_CORTO.fullmatch(linea):
        raise DatoInvalido(f"Escribió {linea}; ponga el año con sus cuatro cifras, como "
                           f"{partes[1]}/{partes[2]}/20{partes[3]}.")
    raise DatoInvalido(f"{citar(linea)} no es una fecha. {_PISTA}")


def _sin_ese_mes(linea: str, dia: int, mes: int, anio: int) -> str:
    if 1 <= dia <= 12 and mes <= 31:
        return f"Escribió {linea}; no hay mes {mes}. Va primero el día: ¿quiso decir {mes:02}/{dia:02}/{anio}?"
    return f"Escribió {linea}; no hay mes {mes}: van del 1 al 12. {_PISTA}"
