"""El catálogo de los conjuntos de datos, para los programas que los recolectan: DCAT 3 (JSON-LD) y ``data.json`` (POD 1.1).

Cada conjunto es el mismo ``Conjunto`` que se dice en schema.org dentro de las páginas: aquí solo cambia la norma.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.esquemas.dataset import Archivo, Conjunto, Contexto, describe, keywords_of, name_of, place_of

Documento = dict[str, Any]

POD = "https://project-open-data.cio.gov/v1.1/schema"
_TIPOS_DE_IANA = "https://www.iana.org/assignments/media-types/"
_FRECUENCIAS = "http://publications.europa.eu/resource/authority/frequency/"

CADA: Mapping[str, tuple[str, str]] = {
    "mensual": ("R/P1M", "MONTHLY"), "trimestral": ("R/P3M", "QUARTERLY"), "semestral": ("R/P6M", "ANNUAL_2"),
    "anual": ("R/P1Y", "ANNUAL")}
"""Periodicidad → cómo la dicen POD (ISO 8601) y DCAT; lo demás no tiene fecha fija."""

SIN_FECHA_FIJA = ("irregular", "IRREG")

CONTEXTO: Documento = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#"}
"""Los vocabularios. Va dentro del documento: leerlo no pide nada a nadie más."""


@dataclass(frozen=True, slots=True)
class Contacto:
    """A quién se le pregunta por los datos; el correo puede faltar."""

    nombre: str
    correo: str = ""
    sitio: str = ""


@dataclass(frozen=True, slots=True)
class Entero:
    """El archivo con todo lo publicado: su dirección, cuánto pesa, su huella SHA-256 y de cuándo es."""

    direccion: str
    bytes: int
    sha256: str
    modificado: str


@dataclass(frozen=True, slots=True)
class Indice:
    """Lo que el catálogo dice: de quién es, a quién se pregunta, sus conjuntos y, si se hizo, el archivo con todo."""

    titulo: str
    descripcion: str
    contexto: Contexto
    contacto: Contacto
    conjuntos: tuple[Conjunto, ...]
    entero: Entero | None = None


# --- Project Open Data 1.1 ---

def build_data_json(indice: Indice) -> Documento:
    """El ``data.json`` entero."""
    base = indice.contexto.base
    suyos = [_pod(conjunto, indice) for conjunto in indice.conjuntos]
    if indice.entero is not None:
        suyos.append(_pod_entero(indice.entero, indice))
    return {"@context": f"{POD}/catalog.jsonld", "@id": f"{base}/data.json", "@type": "dcat:Catalog", "conformsTo": POD,
            "describedBy": f"{POD}/catalog.json", "dataset": suyos}


def _pod(conjunto: Conjunto, indice: Indice) -> Documento:
    contexto, formato = indice.contexto, conjunto.formato
    return {
        **_pod_comun(indice), "identifier": conjunto.direccion, "title": name_of(conjunto),
        "description": describe(conjunto), "keyword": keywords_of(conjunto), "modified": conjunto.modificado,
        "landingPage": conjunto.direccion, "spatial": place_of(conjunto, contexto),
        "accrualPeriodicity": _cada(conjunto)[0], **({"temporal": conjunto.desde_hasta} if conjunto.desde_hasta else {}),
        "describedBy": f"{contexto.base}/esquemas/{formato.clave}.tabla.json", "describedByType": "application/json",
        "distribution": [_pod_archivo(archivo, name_of(conjunto)) for archivo in conjunto.archivos]}


def _pod_comun(indice: Indice) -> Documento:
    contacto, contexto = indice.contacto, indice.contexto
    return {
        "@type": "dcat:Dataset", "accessLevel": "public", "license": contexto.licencia_url, "language": ["es-MX"],
        "publisher": {"@type": "org:Organization", "name": contexto.garante},
        "contactPoint": {"@type": "vcard:Contact", "fn": contacto.nombre,
                         **({"hasEmail": f"mailto:{contacto.correo}"} if contacto.correo else {})}}


def _pod_entero(entero: Entero, indice: Indice) -> Documento:
    contexto = indice.contexto
    return {
        **_pod_comun(indice), "identifier": entero.direccion, "title": _TODO, "description": _DE_TODO,
        "keyword": ["transparencia", "información pública de oficio"], "modified": entero.modificado,
        "landingPage": f"{contexto.base}/datos", "accrualPeriodicity": "R/P1D", "spatial": f"{contexto.entidad}, México",
        "distribution": [_pod_archivo(Archivo(entero.direccion, "application/zip"), _TODO)]}


def _pod_archivo(archivo: Archivo, titulo: str) -> Documento:
    return {"@type": "dcat:Distribution", "title": f"{titulo} ({_forma(archivo)})", "downloadURL": archivo.direccion,
            "mediaType": _solo_tipo(archivo), "format": _forma(archivo)}


# --- DCAT 3 ---

def build_dcat(indice: Indice) -> Documento:
    """El catálogo en JSON-LD."""
    contexto = indice.contexto
    suyos = [_dcat(conjunto, indice) for conjunto in indice.conjuntos]
    if indice.entero is not None:
        suyos.append(_dcat_entero(indice.entero, indice))
    return {
        "@context": CONTEXTO, "@id": f"{contexto.base}/datos/catalogo.jsonld", "@type": "dcat:Catalog",
        "dct:title": _es(indice.titulo), "dct:description": _es(indice.descripcion), "dct:publisher": _editor(contexto),
        "dct:license": {"@id": contexto.licencia_url}, "dct:language": {"@id": _LENGUA},
        "foaf:homepage": {"@id": f"{contexto.base}/datos"}, "dct:spatial": _lugar(f"{contexto.entidad}, México"),
        **_modificado(max((conjunto.modificado for conjunto in indice.conjuntos), default="")),
        "dcat:service": {
            "@id": f"{contexto.base}/api/v1", "@type": "dcat:DataService",
            "dct:title": _es(f"{contexto.sistema}: interfaz de lectura"),
            "dcat:endpointURL": {"@id": f"{contexto.base}/api/v1"},
            "dcat:endpointDescription": {"@id": f"{contexto.base}/api/openapi.json"}},
        "dcat:dataset": suyos}


def _dcat(conjunto: Conjunto, indice: Indice) -> Documento:
    contexto = indice.contexto
    esquema = f"{contexto.base}/esquemas/{conjunto.formato.clave}.tabla.json"
    return {
        "@id": conjunto.direccion, "@type": "dcat:Dataset", "dct:identifier": conjunto.direccion,
        "dct:title": _es(name_of(conjunto)), "dct:description": _es(describe(conjunto)),
        "dcat:keyword": [_es(palabra) for palabra in keywords_of(conjunto)], "dct:publisher": _editor(contexto),
        "dcat:contactPoint": _contacto(indice.contacto), "dct:spatial": _lugar(place_of(conjunto, contexto)),
        "dct:accrualPeriodicity": {"@id": _FRECUENCIAS + _cada(conjunto)[1]}, "dct:language": {"@id": _LENGUA},
        "dcat:landingPage": {"@id": conjunto.direccion}, **_modificado(conjunto.modificado), **_lapso(conjunto.desde_hasta),
        "dcat:distribution": [{
            **_distribucion(archivo, name_of(conjunto), contexto),
            **({"dct:conformsTo": {"@id": esquema}} if _forma(archivo) == "CSV" else {})} for archivo in conjunto.archivos]}


def _dcat_entero(entero: Entero, indice: Indice) -> Documento:
    contexto = indice.contexto
    archivo = Archivo(entero.direccion, "application/zip")
    return {
        "@id": entero.direccion, "@type": "dcat:Dataset", "dct:identifier": entero.direccion, "dct:title": _es(_TODO),
        "dct:description": _es(_DE_TODO), "dct:publisher": _editor(contexto), "dcat:contactPoint": _contacto(indice.contacto),
        "dct:accrualPeriodicity": {"@id": f"{_FRECUENCIAS}DAILY"}, "dcat:landingPage": {"@id": f"{contexto.base}/datos"},
        **_modificado(entero.modificado),
        "dcat:distribution": [{
            **_distribucion(archivo, _TODO, contexto), "dcat:byteSize": _tipado(str(entero.bytes), "nonNegativeInteger"),
            "spdx:checksum": {"@type": "spdx:Checksum", "spdx:checksumValue": entero.sha256,
                              "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"}},
            "dct:conformsTo": {"@id": "https://datapackage.org/profiles/2.0/datapackage.json"}}]}


def _distribucion(archivo: Archivo, titulo: str, contexto: Contexto) -> Documento:
    return {"@type": "dcat:Distribution", "dct:title": _es(f"{titulo} ({_forma(archivo)})"),
            "dcat:accessURL": {"@id": archivo.direccion}, "dcat:downloadURL": {"@id": archivo.direccion},
            "dcat:mediaType": {"@id": _TIPOS_DE_IANA + _solo_tipo(archivo)}, "dct:license": {"@id": contexto.licencia_url}}


def _editor(contexto: Contexto) -> Documento:
    return {"@type": "foaf:Agent", "foaf:name": contexto.garante}


def _contacto(contacto: Contacto) -> Documento:
    return {"@type": "vcard:Organization", "vcard:fn": contacto.nombre,
            **({"vcard:hasEmail": {"@id": f"mailto:{contacto.correo}"}} if contacto.correo else {}),
            **({"vcard:hasURL": {"@id": contacto.sitio}} if contacto.sitio else {})}


def _lapso(desde_hasta: str) -> Documento:
    if not desde_hasta:
        return {}
    desde, hasta = desde_hasta.split("/")
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": _tipado(desde, "date"),
                             "dcat:endDate": _tipado(hasta, "date")}}


def _modificado(instante: str) -> Documento:
    return {"dct:modified": _tipado(instante, "dateTime")} if instante else {}


def _lugar(nombre: str) -> Documento:
    return {"@type": "dct:Location", "dct:title": _es(nombre)}


def _es(texto: str) -> Documento:
    return {"@value": texto, "@language": "es"}


def _tipado(valor: str, tipo: str) -> Documento:
    return {"@value": valor, "@type": f"xsd:{tipo}"}


# --- lo que las dos dicen ---

_TODO = "Todo lo publicado, en un solo archivo"
_DE_TODO = ("Todos los registros públicos de todas las instituciones, con sus tablas y su diccionario: un CSV por tipo de "
            "información, en un Frictionless Data Package. Se hace cada noche.")
_LENGUA = "http://publications.europa.eu/resource/authority/language/SPA"


def _cada(conjunto: Conjunto) -> tuple[str, str]:
    formato = conjunto.formato
    return SIN_FECHA_FIJA if formato.es_vigente else CADA.get(str(formato.periodicidad), SIN_FECHA_FIJA)


def _forma(archivo: Archivo) -> str:
    """«CSV», «XLSX»…: con qué acaba su dirección."""
    return archivo.direccion.rpartition(".")[2].upper()


def _solo_tipo(archivo: Archivo) -> str:
    """El tipo sin sus parámetros."""
    return archivo.tipo.partition(";")[0]
