"""Lo que la ley le pide publicar a una institución, y cómo va cada cosa."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from peewee import Database

from fracciones_config import Catalogo, Formato
from models.publicados.instituciones import Institucion
from models.publicados.resumenes import read_por_clave
from models.sujetos import PubNoAplica


class Situacion(StrEnum):
    """Cómo está un formato ante la ciudadanía."""

    PUBLICADO = "publicado"
    NO_APLICA = "no_aplica"
    SIN_INFORMACION = "sin_informacion"


@dataclass(frozen=True, slots=True)
class NoAplica:
    """El texto aprobado de por qué un formato no aplica, y desde cuándo."""

    fundamento: str
    desde: int


@dataclass(frozen=True, slots=True)
class Obligacion:
    """Un formato de una institución: cuántos registros públicos tiene y cuándo cambió por última vez."""

    formato: Formato
    n: int = 0
    ultima: int = 0
    no_aplica: NoAplica | None = None

    @property
    def situacion(self) -> Situacion:
        if self.n:
            return Situacion.PUBLICADO
        return Situacion.NO_APLICA if self.no_aplica else Situacion.SIN_INFORMACION


def read_obligaciones(base: Database, catalogo: Catalogo, institucion: Institucion) -> list[Obligacion]:
    """Los formatos que le aplican, y los que tienen algo público aunque ya no le apliquen, en el orden de la ley."""
    conteos = read_por_clave(base, institucion.id)
    no_aplican = {fila.clave: NoAplica(fila.fundamento, fila.desde) for fila in PubNoAplica.select().where(
        PubNoAplica.sujeto_id == institucion.id).bind(base)}
    obligaciones = []
    for formato in catalogo.formatos:
        n, ultima = conteos.get(formato.clave, (0, 0))
        le_toca = formato.clave in institucion.claves or formato.clave in no_aplican
        if n or (le_toca and formato.activo):
            obligaciones.append(Obligacion(formato, n, ultima, no_aplican.get(formato.clave)))
    return obligaciones


@dataclass(frozen=True, slots=True)
class SinInformacion:
    """En ese periodo no se generó información; el texto es el que aprobó la Unidad."""

    ejercicio: int
    periodo: str
    texto: str
    desde: int


@dataclass(frozen=True, slots=True)
class SinCambios:
    """La Unidad confirmó que lo público de ese periodo sigue igual. ``desde``: el instante en que lo confirmó."""

    ejercicio: int
    periodo: str
    desde: int
