"""La interfaz de lectura, dicha en OpenAPI 3.1: un esquema y tres caminos por formato, y los errores de todos.

Se arma del catálogo en vigor: agregar un formato lo agrega aquí.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from fracciones_config import Catalogo, Formato
from fracciones_config.esquema import ESQUEMA_DE_FOLIO
from models.esquemas import buscador
from models.esquemas.componentes import ERRORES, ESQUEMAS_FIJOS, arreglo, referencia
from models.esquemas.ejemplos import FOLIO
from models.esquemas.interfaz import AL, CAMBIOS, Parametro, filters_of
from models.esquemas.registro import body_of, example_of_registro
from models.presentacion.poderes import PODERES

Documento: TypeAlias = dict[str, Any]

VERSION = "1.1.0"
"""La de la interfaz. Sube el primer número si algo deja de estar; el segundo, si se agrega."""

DICHO = (
    "Lo publicado por los sujetos obligados, para programas. Sin llave y solo para leer (GET y HEAD); se puede pedir desde "
    "cualquier página (CORS). Las listas van por tandas: siga la dirección de «siguiente» hasta que sea nula; una tanda puede "
    "venir corta, o vacía, y aun así tener siguiente. Cada respuesta lleva ETag: mándelo en If-None-Match y, si nada cambió, "
    "recibirá un 304 sin cuerpo. Los errores son application/problem+json (RFC 9457). Un parámetro que no se conoce se "
    "rechaza.\n\n"
    "Qué puede cambiar: en la versión 1 solo se agregan datos y parámetros. Si algo va a dejar de estar, lo avisan las "
    "cabeceras Deprecation y Sunset cuando menos doce meses antes, y la versión anterior sigue hasta entonces.")


@dataclass(frozen=True, slots=True)
class Editor:
    """Quién publica, y con qué licencia."""

    sistema: str
    nombre: str
    sitio: str
    licencia: str
    licencia_url: str


def build_openapi(catalogo: Catalogo, base: str, editor: Editor) -> Documento:
    """El documento entero. ``base`` es ``https://ipomex.org.mx``, sin diagonal final."""
    formatos = catalogo.activos
    caminos = {**dict(_fijos()), buscador.RUTA: buscador.build_buscador(base)}
    for formato in formatos:
        caminos |= dict(_de_formato(formato))
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{editor.sistema}: interfaz de lectura", "version": VERSION, "description": DICHO,
                 "license": {"name": editor.licencia, "url": editor.licencia_url},
                 "contact": {"name": editor.nombre, **({"url": editor.sitio} if editor.sitio else {})}},
        "servers": [{"url": f"{base}/api/v1"}],
        "externalDocs": {"description": "Datos abiertos", "url": f"{base}/datos"},
        "tags": [{"name": "catálogo", "description": "Quiénes publican, y qué."},
                 {"name": "registros", "description": "Lo publicado, formato por formato."}],
        "paths": caminos,
        "components": {"schemas": {**ESQUEMAS_FIJOS, **buscador.ESQUEMAS, **_esquemas(formatos)}, "responses": ERRORES},
    }


def _esquemas(formatos: Iterable[Formato]) -> Documento:
    return {f"registro_{formato.clave}": {
        "title": formato.nombre, "description": formato.descripcion, **body_of(formato)} for formato in formatos}


def _fijos() -> Iterable[tuple[str, Documento]]:
    poder = Parametro("poder", "Solo las de esta clase.", {"enum": list(PODERES)})
    siglas = Parametro("siglas", "Las siglas de la institución.", {"type": "string", "pattern": "^[a-z0-9-]{2,20}$"})
    clave = Parametro("clave", "La clave del formato.", {"type": "string", "pattern": "^[a-z][a-z0-9_]{1,40}$"})
    yield "/instituciones", _camino("listar_instituciones", "Todas las instituciones", arreglo("instituciones", "institucion"),
                                    [_en("query", poder)], errores=("422", "503"))
    yield "/instituciones/{siglas}", _camino("ver_institucion", "Una institución y lo que debe publicar",
                                             referencia("institucion_completa"), [_en("path", siglas, "metepec")])
    tanda = arreglo("cambios", "cambio")
    tanda["properties"]["siguiente"] = {"type": ["string", "null"]}
    yield "/cambios", _camino("listar_cambios", "Qué se publicó, se corrigió y se retiró", tanda, [
        _en("query", parametro) for parametro in CAMBIOS], errores=("422", "503"))
    yield "/formatos", _camino("listar_formatos", "Los formatos que se publican", arreglo("formatos", "formato"), [],
                               errores=("422", "503"))
    yield "/formatos/{clave}", _camino("ver_formato", "Un formato y sus columnas", referencia("formato_completo"),
                                       [_en("path", clave, "directorio")])


def _de_formato(formato: Formato) -> Iterable[tuple[str, Documento]]:
    esquema, ejemplo = referencia(f"registro_{formato.clave}"), example_of_registro(formato)
    tanda = {"type": "object", "required": ["formato", "licencia", "registros", "siguiente", "anterior"], "properties": {
        "formato": {"const": formato.clave}, "licencia": {"type": "string"},
        "registros": {"type": "array", "items": esquema},
        "desde": _DIA, "al": _DIA, "retirados": {"type": "array", "items": referencia("retirado"),
                                                 "description": "Solo con «desde»: los que ya no están."},
        "siguiente": {"type": ["string", "null"]}, "anterior": {"type": ["string", "null"]}}}
    de_tanda = {"formato": formato.clave, "licencia": "https://datos.gob.mx/libreusomx", "registros": [ejemplo],
                "siguiente": None, "anterior": None}
    filtros = [_en("query", parametro) for parametro in filters_of(formato)]
    yield f"/registros/{formato.clave}", _camino(
        f"listar_{formato.clave}", formato.nombre, tanda, filtros, de_tanda, ("422", "503"), formato.descripcion)
    lugar = [_en("path", Parametro("siglas", "Las siglas de la institución.",
                                   {"type": "string", "pattern": "^[a-z0-9-]{2,20}$"}), "metepec"),
             _en("path", Parametro("folio", "El folio del registro.", ESQUEMA_DE_FOLIO), FOLIO)]
    yield f"/registros/{formato.clave}/{{siglas}}/{{folio}}", _camino(
        f"ver_{formato.clave}", f"Un registro de {formato.nombre_corto}", esquema, [*lugar, _en("query", AL)], ejemplo,
        ("404", "410", "422", "503"))
    yield f"/registros/{formato.clave}/{{siglas}}/{{folio}}/versiones", _camino(
        f"versiones_{formato.clave}", f"Las versiones de un registro de {formato.nombre_corto}",
        arreglo("versiones", "version"), lugar, errores=("404", "410", "422", "503"))


def _en(donde: str, parametro: Parametro, ejemplo: str | None = None) -> Documento:
    return {"name": parametro.nombre, "in": donde, "required": donde == "path", "description": parametro.dicho,
            "schema": parametro.esquema, **({"example": ejemplo} if ejemplo else {})}


def _camino(
    nombre: str, titulo: str, esquema: Documento, parametros: list[Documento], ejemplo: object = None,
    errores: Iterable[str] = ("404", "422", "503"), dicho: str = "",
) -> Documento:
    cuerpo = {"schema": esquema, **({"example": ejemplo} if ejemplo is not None else {})}
    de_registros = nombre.removeprefix("listar_").removeprefix("ver_") not in _DEL_CATALOGO
    return {"get": {
        "operationId": nombre, "summary": titulo, **({"description": dicho} if dicho else {}), "parameters": parametros,
        "tags": ["registros" if de_registros else "catálogo"],
        "responses": {"200": {"description": "Lo pedido.", "headers": _CABECERAS, "content": {"application/json": cuerpo}},
                      **{codigo: {"$ref": f"#/components/responses/error_{codigo}"} for codigo in errores}}}}


_DIA = {"type": "string", "format": "date", "description": "El que se pidió."}
_DEL_CATALOGO = frozenset({"cambios", "instituciones", "institucion", "formatos", "formato"})
_CABECERAS = {
    "ETag": {"description": "La huella de la respuesta, para If-None-Match.", "schema": {"type": "string"}},
    "Link": {"description": "Lo que sigue (next), lo de antes (prev), el principio (first) y lo que lo describe.",
             "schema": {"type": "string"}}}
