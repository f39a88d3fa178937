"""Qué se le puede pedir a la interfaz de lectura: sus límites y los parámetros de cada formato. De aquí salen quien los lee y
quien los documenta."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import ESQUEMA_DE_FOLIO, JsonSchema
from models.busqueda.consulta import LARGO_MAXIMO
from models.domain.periods import claves
from models.esquemas.ejemplos import FOLIO
from models.publicados.filtros import filterable, ranged

LIMITE, LIMITE_MAXIMO = 100, 500
"""Registros por tanda, si no se dice, y cuando más."""

PRIMER_EJERCICIO = 2004

ENTERO_MAXIMO = 10**15 - 1
"""El de quince cifras: más no se lee."""

DE_SIEMPRE = frozenset({"q", "institucion", "ejercicio", "periodo", "limite", "cursor", "desde", "al"})
"""Los que son de la interfaz: un campo que se llame así no se filtra."""


@dataclass(frozen=True, slots=True)
class Parametro:
    """Un parámetro de la dirección: su nombre, qué pide y qué valores admite."""

    nombre: str
    dicho: str
    esquema: JsonSchema = field(default_factory=dict)


_INSTITUCION = Parametro("institucion", "Las siglas de una institución; sin ellas, de todas.",
                         {"type": "string", "pattern": "^[a-z0-9-]{2,20}$", "examples": ["metepec"]})
_LIMITE = Parametro("limite", "Cuántos por tanda.",
                    {"type": "integer", "minimum": 1, "maximum": LIMITE_MAXIMO, "default": LIMITE})
_CURSOR = Parametro("cursor", "El que vino en «siguiente» o «anterior».",
                    {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[A-Za-z0-9_-]+$"})

_DIA = {"type": "string", "format": "date", "pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
AL = Parametro("al", "Como era público al terminar ese día (hora de la Ciudad de México), de 2004 a hoy.",
               {**_DIA, "examples": ["2026-03-01"]})
_DESDE = Parametro("desde", "Solo lo que cambió desde ese día: lo publicado, corregido o protegido, completo, y en «retirados» "
                   "lo que ya no está. Va del cambio más viejo al más nuevo.", {**_DIA, "examples": ["2026-03-01"]})

CON_LOS_DIAS = ("institucion", "ejercicio", "limite", "cursor")
"""Lo que puede acompañar a ``desde`` o a ``al``. Con un filtro no se sabría de lo que dejó de cumplirlo."""

CAMBIOS = (
    _INSTITUCION,
    Parametro("formato", "La clave de un formato; va con la institución.",
              {"type": "string", "pattern": "^[a-z][a-z0-9_]{1,40}$"}),
    Parametro("desde", "Los de ese día para acá.", _DIA),
    _LIMITE, _CURSOR)
"""Los parámetros con que se piden los cambios."""


def filters_of(formato: Formato) -> tuple[Parametro, ...]:
    """Todos los parámetros con que se piden los registros de un formato."""
    return (*_comunes(formato), *_de_sus_campos(formato))


def _comunes(formato: Formato) -> Iterator[Parametro]:
    yield _INSTITUCION
    if not formato.es_vigente:
        yield Parametro("ejercicio", "El año.", {"type": "integer", "minimum": PRIMER_EJERCICIO, "maximum": 2200})
        yield Parametro("periodo", "La clave del periodo.", {"enum": list(claves(formato.periodicidad))})
    yield Parametro("q", "Palabras que deben estar; con ellas, lo más nuevo va primero. No importan acentos ni plurales.",
                    {"type": "string", "minLength": 1, "maxLength": LARGO_MAXIMO})
    yield _DESDE
    yield AL
    yield _LIMITE
    yield _CURSOR


def _de_sus_campos(formato: Formato) -> Iterator[Parametro]:
    for campo in filterable(formato):
        if campo.nombre not in DE_SIEMPRE:
            yield Parametro(campo.nombre, f"{campo.etiqueta}. {campo.ayuda}", _valores(campo))
    for campo in ranged(formato):
        yield Parametro(f"{campo.nombre}_desde", f"{campo.etiqueta}: desde este valor, incluido.", _extremo(campo))
        yield Parametro(f"{campo.nombre}_hasta", f"{campo.etiqueta}: hasta este valor, incluido.", _extremo(campo))


def _valores(campo: Campo) -> JsonSchema:
    if campo.tipo is TipoCampo.AREA:
        return {**ESQUEMA_DE_FOLIO, "examples": [FOLIO]}
    return {"enum": ["si", "no"] if campo.tipo is TipoCampo.SI_NO else list(campo.opciones)}


def _extremo(campo: Campo) -> JsonSchema:
    """Lo que se escribe en la dirección: un número no lleva comillas, así que no importa cómo viaje en el JSON."""
    if campo.tipo is TipoCampo.FECHA:
        return {"type": "string", "format": "date", "examples": ["2026-01-31"]}
    if campo.tipo is TipoCampo.ANIO:
        return {"type": "integer", "minimum": 1800, "maximum": 2200}
    if campo.tipo is TipoCampo.ENTERO:
        return {"type": "integer", "minimum": -ENTERO_MAXIMO if campo.minimo is None else int(campo.minimo),
                "maximum": ENTERO_MAXIMO if campo.maximo is None else int(campo.maximo)}
    return {"type": "string", "pattern": r"^-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,2})?$", "examples": ["150000.50"]}
