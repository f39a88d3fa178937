"""El catálogo en ``data.json``: Project Open Data 1.1, lo que leen los recolectores de los portales de gobierno."""

from __future__ import annotations

from models.esquemas.catalogo import DE_TODO, TODO, Documento, Entero, Indice, form_of, frequency_of, media_of
from models.esquemas.dataset import Archivo, Conjunto, describe, keywords_of, name_of, place_of

NORMA = "https://project-open-data.cio.gov/v1.1/schema"


def build_data_json(indice: Indice) -> Documento:
    """El ``data.json`` entero."""
    donde = "/".join(filter(None, (indice.contexto.base, indice.siglas)))
    suyos = [_pod(conjunto, indice) for conjunto in indice.conjuntos]
    if indice.entero is not None:
        suyos.append(_pod_entero(indice.entero, indice))
    return {"@context": f"{NORMA}/catalog.jsonld", "@id": f"{donde}/data.json", "@type": "dcat:Catalog", "conformsTo": NORMA,
            "describedBy": f"{NORMA}/catalog.json", "dataset": suyos}


def _pod(conjunto: Conjunto, indice: Indice) -> Documento:
    contexto, formato = indice.contexto, conjunto.formato
    return {
        **_pod_comun(indice), "identifier": conjunto.direccion, "title": name_of(conjunto),
        "description": describe(conjunto), "keyword": keywords_of(conjunto), "modified": conjunto.modificado,
        "landingPage": conjunto.direccion, "spatial": place_of(conjunto, contexto),
        "accrualPeriodicity": frequency_of(conjunto)[0], **({"temporal": conjunto.desde_hasta} if conjunto.desde_hasta else {}),
        "describedBy": f"{contexto.base}/esquemas/{formato.clave}.tabla.json", "describedByType": "application/json",
        "distribution": [_pod_archivo(archivo, name_of(conjunto)) for archivo in conjunto.archivos]}


def _pod_comun(indice: Indice) -> Documento:
    contacto, contexto = indice.contacto, indice.contexto
    return {
        "@type": "dcat:Dataset", "accessLevel": "public", "license": contexto.licencia_url, "language": ["es-MX"],
        "publisher": {"@type": "org:Organization", "name": indice.editor},
        "contactPoint": {"@type": "vcard:Contact", "fn": contacto.nombre,
                         **({"hasEmail": f"mailto:{contacto.correo}"} if contacto.correo else {})}}


def _pod_entero(entero: Entero, indice: Indice) -> Documento:
    contexto = indice.contexto
    return {
        **_pod_comun(indice), "identifier": entero.direccion, "title": TODO, "description": DE_TODO,
        "keyword": ["transparencia", "información pública de oficio"], "modified": entero.modificado,
        "landingPage": f"{contexto.base}/datos", "accrualPeriodicity": "R/P1D", "spatial": f"{contexto.entidad}, México",
        "distribution": [_pod_archivo(Archivo(entero.direccion, "application/zip"), TODO)]}


def _pod_archivo(archivo: Archivo, titulo: str) -> Documento:
    return {"@type": "dcat:Distribution", "title": f"{titulo} ({form_of(archivo)})", "downloadURL": archivo.direccion,
            "mediaType": media_of(archivo), "format": form_of(archivo)}
