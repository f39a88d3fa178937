"""Las seis situaciones de una obligación, como se le dicen a la ciudadanía, y cuántas hay de cada una."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.domain.cumplimiento import Cumplimiento, Situacion
from models.presentacion.fechas import fecha
from models.publicados.cumplimientos import Estado, name_of

SE_DICE: Mapping[Situacion, tuple[str, str]] = {
    Situacion.AL_CORRIENTE: ("Al corriente", "Está publicada, o la Unidad confirmó que sigue igual."),
    Situacion.POR_VENCER: ("Por vencer", "El plazo para publicarla termina en diez días o menos."),
    Situacion.VENCIDO: ("Vencida", "El plazo para publicarla ya pasó, y algo de ella falta."),
    Situacion.SIN_INFORMACION: ("No se generó", "En ese periodo no hubo nada que publicar; se dice por qué."),
    Situacion.NO_APLICA: ("No aplica", "La ley no se la pide a esta institución; se dice por qué."),
    Situacion.AUN_NO_TOCA: ("Aún no toca", "El periodo no ha terminado, o el plazo apenas corre."),
}
"""Situación → cómo se llama y qué quiere decir, de lo más cumplido a lo que todavía no se pide."""


_DE_VARIAS = {Situacion.VENCIDO: ("vencida", "vencidas"), Situacion.NO_APLICA: ("no aplica", "no aplican"),
              Situacion.SIN_INFORMACION: ("sin nada que publicar", "sin nada que publicar"),
              Situacion.AUN_NO_TOCA: ("aún no toca", "aún no tocan")}


@dataclass(frozen=True, slots=True)
class Parte:
    """Un tramo de la barra de un vistazo: ``x`` y ``ancho`` en milésimas de la barra."""

    situacion: Situacion
    dicho: str
    n: int
    x: int
    ancho: int


def parts_of(estados: Iterable[Estado]) -> list[Parte]:
    """Cuántas obligaciones hay en cada situación, en el orden de ``SE_DICE``; las que no hay no van."""
    cuantas = Counter(estado.situacion for estado in estados)
    total, antes, partes = cuantas.total(), 0, []
    for situacion, (dicho, _) in SE_DICE.items():
        if n := cuantas[situacion]:
            x, fin = 1000 * antes // total, 1000 * (antes + n) // total
            partes.append(Parte(situacion, _DE_VARIAS.get(situacion, (dicho.lower(),) * 2)[n > 1], n, x, fin - x))
            antes += n
    return partes


def explain(estado: Estado) -> str:
    """Lo que hay que saber además del nombre de la situación: qué periodo falta y desde cuándo. ``""`` si nada."""
    uno = estado.principal
    if uno.situacion is Situacion.VENCIDO:
        if uno.periodo is None:
            return "No se ha publicado nada."
        otros = estado.vencidos - 1
        mas = f" y {otros} periodo{'s' if otros > 1 else ''} más" if otros > 0 else ""
        return f"{_missing(uno)}: {name_of(uno.periodo)}, que debía estar el {_limit(uno)}{mas}."
    if uno.situacion is Situacion.POR_VENCER and uno.periodo is not None:
        return f"{_missing(uno)}: {name_of(uno.periodo)}, a más tardar el {_limit(uno)}."
    if uno.situacion in (Situacion.AL_CORRIENTE, Situacion.SIN_INFORMACION) and uno.periodo is not None:
        return f"{name_of(uno.periodo)[:1].upper()}{name_of(uno.periodo)[1:]}."
    return ""


def say_periodo(uno: Cumplimiento) -> str:
    """«3.er trimestre de 2026: al corriente», para la lista de periodos."""
    donde = name_of(uno.periodo) if uno.periodo else "Hoy"
    return f"{donde}: {SE_DICE[uno.situacion][0].lower()}"


def _missing(uno: Cumplimiento) -> str:
    return "Falta confirmar que sigue igual" if uno.formato.es_vigente else "Falta"


def _limit(uno: Cumplimiento) -> str:
    return (fecha(uno.limite) if uno.limite else "") + (" (con prórroga)" if uno.prorroga else "")
