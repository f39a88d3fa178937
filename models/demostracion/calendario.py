"""Cuándo pasó cada cosa en la demostración: el periodo de cada registro, el día que se publicó y qué periodos van sin nada.

Así se parece a una institución que cumple: casi todo al corriente, algo vencido, y no todo publicado el mismo día.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import cycle, islice
from random import Random

from fracciones_config import Formato
from models.demostracion.libreto import read
from models.demostracion.sede import Sede
from models.domain.ausencias import NO_SE_GENERO, approve, propose
from models.domain.cumplimiento import del_ultimo_anio
from models.domain.periods import Periodo, periodos
from models.formatos import Tabla

ANIOS_ATRAS = 6
"""Ningún registro es de hace más años, aunque el formato se conserve más."""

SE_LEEN = frozenset({"publicado", "con_cambios", "con_baja"})
"""Los destinos que la ciudadanía lee."""

DIAS_ATRAS = (0, 1, 2, 4, 6, 9, 13, 18, 24, 31, 38, 45)
"""Cuándo trabajó cada área en su formato; hace menos de dos meses, o lo vigente ya debería confirmarse."""

SIN_NADA_MAXIMO = 2
"""Periodos de un formato en que no se generó información, cuando más; los demás que falten quedan vencidos."""


def days_ago(sede: Sede, formato: Formato) -> int:
    """Hace cuántos días capturaron y publicaron los registros de un formato; siempre el mismo para el mismo."""
    return Random(f"{sede.ficha.siglas}/{formato.clave}/cuando").choice(DIAS_ATRAS)


def spread(formato: Formato, destinos: Sequence[str], hoy: dt.date) -> list[Periodo]:
    """El periodo de cada uno: los que se leen, primero donde se deben; lo que está en trámite, en lo más reciente."""
    if formato.es_vigente:
        return [Periodo(hoy.year, "A", dt.date(hoy.year - 1, 1, 1), hoy)] * len(destinos)
    empezados = _empezados(formato, hoy)
    publicos = sum(destino in SE_LEEN for destino in destinos)
    debidos = _debidos(formato, hoy)[-publicos:] if publicos else []
    demas = publicos - len(debidos)
    viejos = [empezados[i * len(empezados) // demas] for i in range(demas)]
    de_publicos = iter(sorted(viejos + debidos, key=lambda suyo: suyo.inicio))
    de_tramite = cycle(empezados[-2:])
    return [next(de_publicos) if destino in SE_LEEN else next(de_tramite) for destino in destinos]


def newest(formato: Formato, hoy: dt.date) -> Periodo:
    """El periodo que corre."""
    return _empezados(formato, hoy)[-1]


def excuse(sede: Sede, tabla: Tabla, usados: Sequence[Periodo], hoy: dt.date) -> int:
    """Aprueba que no se generó información en los últimos periodos que se deben y no tienen registro; da en cuántos."""
    textos: list[str] = read("sin_informacion")
    faltan = [suyo for suyo in _debidos(tabla.formato, hoy) if suyo not in usados][-SIN_NADA_MAXIMO:]
    for suyo, texto in zip(faltan, islice(cycle(textos), len(faltan)), strict=True):
        ausencia = propose(sede.equipo.capturista(tabla.clave), tabla, NO_SE_GENERO, texto, suyo.ejercicio, suyo.clave)
        approve(sede.equipo.unidad, tabla, ausencia)
    return len(faltan)


def _debidos(formato: Formato, hoy: dt.date) -> list[Periodo]:
    """Los que ya terminaron y todavía se miran, del más viejo al más nuevo."""
    return [] if formato.es_vigente else [suyo for suyo in del_ultimo_anio(formato, hoy) if suyo.fin < hoy]


def _empezados(formato: Formato, hoy: dt.date) -> list[Periodo]:
    """Los que se conservan y ya empezaron, del más viejo al más nuevo."""
    atras = min(max(formato.conservacion.anteriores, 1), ANIOS_ATRAS)
    return [suyo for anio in range(hoy.year - atras, hoy.year + 1)
            for suyo in periodos(formato.periodicidad, anio) if suyo.inicio <= hoy]
