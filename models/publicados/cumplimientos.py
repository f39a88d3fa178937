"""Cómo cumple una institución, calculado de lo que la ciudadanía puede leer: depende de lo público y del día."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from peewee import Database

from fracciones_config import Formato
from models.domain.catalogo_vigente import Foto
from models.domain.cumplimiento import Cumplimiento, Hechos, Situacion, evaluate, read_hechos
from models.domain.periods import Periodo
from models.domain.prorrogas import TODAS, Lugar, longest
from models.prorrogas import PubProrroga
from models.publicados.instituciones import Institucion


@dataclass(frozen=True, slots=True)
class Estado:
    """Cómo va un formato: lo más urgente de sus periodos. ``vencidos`` cuenta los que faltan; ``todos``, del más nuevo al más
    viejo.
    """

    principal: Cumplimiento
    todos: tuple[Cumplimiento, ...] = ()

    @property
    def situacion(self) -> Situacion:
        return self.principal.situacion

    @property
    def vencidos(self) -> int:
        return sum(uno.situacion is Situacion.VENCIDO for uno in self.todos)


class Cumplimientos:
    """La puerta de cómo cumple cada institución."""

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def de(self, institucion: Institucion, formatos: Iterable[Formato], hoy: dt.date) -> Mapping[str, Estado]:
        """clave → su estado, ese día. Vacío si la institución se extinguió: ya no debe nada."""
        if institucion.extinto_en:
            return {}
        publicado = read_hechos(self.base, institucion.id, read_prorrogas_publicas(self.base, institucion))
        return {formato.clave: estado_of(formato, publicado, hoy) for formato in formatos}


def estado_of(formato: Formato, publicado: Hechos, hoy: dt.date) -> Estado:
    """Lo más urgente: lo último que venció; si no, lo que está por vencer; si no, el último periodo que ya se cumplió."""
    todos = tuple(evaluate(formato, publicado, hoy))[::-1]
    for situacion in (Situacion.VENCIDO, Situacion.POR_VENCER):
        if hallado := next((uno for uno in todos if uno.situacion is situacion), None):
            return Estado(hallado, todos)
    cumplido = next((uno for uno in todos if uno.situacion is not Situacion.AUN_NO_TOCA), None)
    return Estado(cumplido or (todos[0] if todos else Cumplimiento(formato, Situacion.AUN_NO_TOCA)), todos)


def read_prorrogas_publicas(base: Database, institucion: Institucion) -> dict[Lugar, dt.date]:
    """Las prórrogas que le valen: las suyas, las de su clase y las de todas."""
    suyas = [TODAS, f"clase:{institucion.poder}", f"sujeto:{institucion.id}"]
    return longest(PubProrroga.select().where(PubProrroga.destinatario.in_(suyas)).bind(base))


def name_of(suyo: Periodo) -> str:
    """«3.er trimestre de 2026», «anual de 2026» → «2026»."""
    return str(suyo.ejercicio) if suyo.clave == "A" else f"{suyo.etiqueta} de {suyo.ejercicio}"
