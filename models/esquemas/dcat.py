"""El catálogo en DCAT 3, como JSON-LD."""

from __future__ import annotations

from models.esquemas.catalogo import (
    DE_TODO,
    TODO,
    Contacto,
    Documento,
    Entero,
    Indice,
    dcat_of,
    form_of,
    frequency_of,
    media_of,
)
from models.esquemas.dataset import Archivo, Conjunto, Contexto, describe, keywords_of, name_of, place_of

_TIPOS_DE_IANA = "https://www.iana.org/assignments/media-types/"
_FRECUENCIAS = "http://publications.europa.eu/resource/authority/frequency/"
_LENGUA = "http://publications.europa.eu/resource/authority/language/SPA"

CONTEXTO: Documento = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#"}
"""Los vocabularios. Va dentro del documento: leerlo no pide nada a nadie más."""


def build_dcat(indice: Indice) -> Documento:
    """El catálogo en JSON-LD."""
    contexto = indice.contexto
    suyos = [_dcat(conjunto, indice) for conjunto in indice.conjuntos]
    if indice.entero is not None:
        suyos.append(_dcat_entero(indice.entero, indice))
    return {
        "@context": CONTEXTO, **_del_catalogo(indice.direccion, indice.titulo, indice.descripcion, indice.editor, contexto),
        "dct:language": {"@id": _LENGUA}, "dct:spatial": _lugar(f"{contexto.entidad}, México"),
        **_modificado(max((conjunto.modificado for conjunto in indice.conjuntos), default="")),
        "dcat:service": {
            "@id": f"{contexto.base}/api/v1", "@type": "dcat:DataService",
            "dct:title": _es(f"{contexto.sistema}: interfaz de lectura"),
            "dcat:endpointURL": {"@id": f"{contexto.base}/api/v1"},
            "dcat:endpointDescription": {"@id": f"{contexto.base}/api/openapi.json"}},
        "dcat:dataset": suyos,
        **({"dcat:catalog": [_parte(*parte, contexto) for parte in indice.partes]} if indice.partes else {})}


def _parte(siglas: str, nombre: str, contexto: Contexto) -> Documento:
    """El catálogo de una institución, nombrado en el de todas."""
    return _del_catalogo(dcat_of(contexto.base, siglas), f"Datos abiertos de {nombre}", nombre, nombre, contexto)


def _del_catalogo(direccion: str, titulo: str, descripcion: str, editor: str, contexto: Contexto) -> Documento:
    """Lo que todo catálogo dice; del de otro, basta con esto y su dirección."""
    return {"@id": direccion, "@type": "dcat:Catalog", "dct:title": _es(titulo), "dct:description": _es(descripcion),
            "dct:publisher": _editor(editor), "dct:license": {"@id": contexto.licencia_url},
            "foaf:homepage": {"@id": f"{contexto.base}/datos"}}


def _dcat(conjunto: Conjunto, indice: Indice) -> Documento:
    contexto = indice.contexto
    esquema = f"{contexto.base}/esquemas/{conjunto.formato.clave}.tabla.json"
    return {
        "@id": conjunto.direccion, "@type": "dcat:Dataset", "dct:identifier": conjunto.direccion,
        "dct:title": _es(name_of(conjunto)), "dct:description": _es(describe(conjunto)),
        "dcat:keyword": [_es(palabra) for palabra in keywords_of(conjunto)], "dct:publisher": _editor(indice.editor),
        "dcat:contactPoint": _contacto(indice.contacto), "dct:spatial": _lugar(place_of(conjunto, contexto)),
        "dct:accrualPeriodicity": {"@id": _FRECUENCIAS + frequency_of(conjunto)[1]}, "dct:language": {"@id": _LENGUA},
        "dcat:landingPage": {"@id": conjunto.direccion}, **_modificado(conjunto.modificado), **_lapso(conjunto.desde_hasta),
        "dcat:distribution": [{
            **_distribucion(archivo, name_of(conjunto), contexto),
            **({"dct:conformsTo": {"@id": esquema}} if form_of(archivo) == "CSV" else {})} for archivo in conjunto.archivos]}


def _dcat_entero(entero: Entero, indice: Indice) -> Documento:
    contexto = indice.contexto
    archivo = Archivo(entero.direccion, "application/zip")
    return {
        "@id": entero.direccion, "@type": "dcat:Dataset", "dct:identifier": entero.direccion, "dct:title": _es(TODO),
        "dct:description": _es(DE_TODO), "dct:publisher": _editor(indice.editor),
        "dcat:contactPoint": _contacto(indice.contacto),
        "dct:accrualPeriodicity": {"@id": f"{_FRECUENCIAS}DAILY"}, "dcat:landingPage": {"@id": f"{contexto.base}/datos"},
        **_modificado(entero.modificado),
        "dcat:distribution": [{
            **_distribucion(archivo, TODO, contexto), "dcat:byteSize": _tipado(str(entero.bytes), "nonNegativeInteger"),
            "spdx:checksum": {"@type": "spdx:Checksum", "spdx:checksumValue": entero.sha256,
                              "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"}},
            "dct:conformsTo": {"@id": "https://datapackage.org/profiles/2.0/datapackage.json"}}]}


def _distribucion(archivo: Archivo, titulo: str, contexto: Contexto) -> Documento:
    return {"@type": "dcat:Distribution", "dct:title": _es(f"{titulo} ({form_of(archivo)})"),
            "dcat:accessURL": {"@id": archivo.direccion}, "dcat:downloadURL": {"@id": archivo.direccion},
            "dcat:mediaType": {"@id": _TIPOS_DE_IANA + media_of(archivo)}, "dct:license": {"@id": contexto.licencia_url}}


def _editor(nombre: str) -> Documento:
    return {"@type": "foaf:Agent", "foaf:name": nombre}


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
