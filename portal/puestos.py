"""Los filtros puestos, dichos en palabras: cada uno con la dirección de la misma página sin él."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fracciones_config import Campo
from models.presentacion.textos import texto
from models.publicados.filtros import Rango
from portal.columnas import Consulta
from portal.palabras import capitalize_first, period_name


@dataclass(frozen=True, slots=True)
class Puesto:
    """Un filtro: lo que dice y a dónde se va al quitarlo."""

    texto: str
    sin: str


def list_puestos(consulta: Consulta, areas: Mapping[str, str] | None = None) -> Iterator[Puesto]:
    """Los filtros puestos. ``areas``: folio → nombre de las que se conocen."""
    filtro, campos = consulta.filtro, consulta.tabla.formato.por_nombre
    if filtro.texto:
        yield Puesto(f"Con las palabras «{filtro.texto}»", consulta.ruta(q=""))
    if filtro.periodo:
        yield Puesto(capitalize_first(period_name(filtro.periodo)), consulta.ruta(periodo=""))
    for nombre, valor in filtro.valores.items():
        dicho = (areas or {}).get(valor, "la elegida") if campos[nombre].es_maestro else _dicho(campos[nombre], valor)
        yield Puesto(f"{campos[nombre].etiqueta}: {dicho}", consulta.ruta(**{nombre: ""}))
    for nombre, rango in filtro.rangos.items():
        yield Puesto(f"{campos[nombre].etiqueta}: {_rango(campos[nombre], rango)}",
                     consulta.ruta(**{f"{nombre}_desde": "", f"{nombre}_hasta": ""}))


def _dicho(campo: Campo, valor: Any) -> str:
    return campo.opciones.get(valor, "") if campo.opciones else texto(campo, valor)


def _rango(campo: Campo, rango: Rango) -> str:
    desde, hasta = (texto(campo, dato) for dato in rango)
    if desde and hasta:
        return f"de {desde} a {hasta}" if desde != hasta else desde
    return f"desde {desde}" if desde else f"hasta {hasta}"
