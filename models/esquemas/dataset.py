"""Un conjunto de datos dicho en schema.org (JSON-LD): lo que leen los buscadores de datos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from fracciones_config import Formato
from models.domain.periods import periodo

Ld: TypeAlias = dict[str, Any]

CONTEXTO = "https://schema.org/"
LARGO_MINIMO, LARGO_MAXIMO = 50, 5000
"""Letras que admite la descripción de un conjunto."""


@dataclass(frozen=True, slots=True)
class Contexto:
    """Lo que es igual en todos: quién publica el portal, dónde, y con qué licencia."""

    sistema: str
    garante: str
    entidad: str
    licencia_url: str
    base: str


@dataclass(frozen=True, slots=True)
class Archivo:
    """Una manera de llevárselo: su dirección completa y su tipo."""

    direccion: str
    tipo: str


@dataclass(frozen=True, slots=True)
class Conjunto:
    """De qué se habla. ``de``: la institución y su página; sin ella, de todas. ``desde_hasta``: ``2026-01-01/2026-03-31``.

    Dos son iguales si lo es lo demás: comparar un formato entero cuesta más que describirlo.
    """

    formato: Formato = field(compare=False)
    direccion: str
    archivos: Sequence[Archivo]
    de: tuple[str, str] | None = None
    municipio: str = ""
    desde_hasta: str = ""
    modificado: str = ""
    ejercicio: int | None = None


def build_dataset(conjunto: Conjunto, contexto: Contexto) -> Ld:
    """El conjunto entero, con todo lo que se sabe de él."""
    formato = conjunto.formato
    editor = _organizacion(contexto.garante, contexto.base)
    creador = _organizacion(*conjunto.de) if conjunto.de else editor
    dicho: Ld = {
        "@context": CONTEXTO, "@type": "Dataset", "name": name_of(conjunto), "description": describe(conjunto),
        "url": conjunto.direccion, "identifier": conjunto.direccion, "license": contexto.licencia_url,
        "creator": creador, "publisher": editor, "inLanguage": "es-MX", "isAccessibleForFree": True,
        "keywords": keywords_of(conjunto),
        "spatialCoverage": {"@type": "Place", "name": place_of(conjunto, contexto)},
        "variableMeasured": [{"@type": "PropertyValue", "propertyID": campo.nombre, "name": campo.etiqueta,
                              "description": campo.ayuda} for campo in formato.campos],
        "distribution": [{"@type": "DataDownload", "contentUrl": uno.direccion, "encodingFormat": uno.tipo}
                         for uno in conjunto.archivos],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": f"Datos abiertos de {contexto.sistema}",
                                  "url": f"{contexto.base}/datos"}}
    if conjunto.desde_hasta:
        dicho["temporalCoverage"] = conjunto.desde_hasta
    if conjunto.modificado:
        dicho |= {"dateModified": conjunto.modificado, "version": conjunto.modificado[:10]}
    return dicho


def build_catalog(nombre: str, descripcion: str, conjuntos: Iterable[tuple[str, str]], contexto: Contexto) -> Ld:
    """El catálogo, con el nombre y la dirección de cada conjunto."""
    return {"@context": CONTEXTO, "@type": "DataCatalog", "name": nombre, "description": descripcion,
            "url": f"{contexto.base}/datos", "license": contexto.licencia_url, "inLanguage": "es-MX",
            "publisher": _organizacion(contexto.garante, contexto.base),
            "dataset": [{"@type": "Dataset", "name": uno, "url": direccion, "@id": direccion} for uno, direccion in conjuntos]}


def coverage_of(ejercicio: int, claves: Iterable[str]) -> str:
    """Del primer día del primer periodo al último del último; el año entero si no hay periodos."""
    periodos = [periodo(ejercicio, clave) for clave in claves if clave]
    if not periodos:
        return f"{ejercicio}-01-01/{ejercicio}-12-31"
    return f"{min(uno.inicio for uno in periodos)}/{max(uno.fin for uno in periodos)}"


def name_of(conjunto: Conjunto) -> str:
    """«Licitaciones, 2026, Metepec»."""
    partes = [conjunto.formato.nombre, str(conjunto.ejercicio or ""), conjunto.de[0] if conjunto.de else ""]
    return ", ".join(filter(None, partes))


def describe(conjunto: Conjunto) -> str:
    """Qué trae y quién lo publica, del largo que las normas admiten."""
    quien = conjunto.de[0] if conjunto.de else "Los sujetos obligados"
    return (f"{conjunto.formato.descripcion} {quien}: información pública de oficio, {conjunto.formato.fundamento}, aprobada "
            f"por la Unidad de Información.")[:LARGO_MAXIMO]


def keywords_of(conjunto: Conjunto) -> list[str]:
    """Con qué palabras se busca."""
    return [conjunto.formato.nombre_corto, "transparencia", "información pública de oficio", conjunto.formato.fundamento]


def place_of(conjunto: Conjunto, contexto: Contexto) -> str:
    """De dónde es: «Metepec, Estado de México, México»."""
    return ", ".join(filter(None, (conjunto.municipio, contexto.entidad, "México")))


def _organizacion(nombre: str, direccion: str) -> Ld:
    return {"@type": "GovernmentOrganization", "name": nombre, **({"url": direccion} if direccion else {})}
