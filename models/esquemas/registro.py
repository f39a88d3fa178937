"""El JSON Schema de un registro publicado, tal como lo dan las descargas ``.json`` y la interfaz de lectura.

Las reglas son las de hoy: lo que se aprobó antes de que un formato cambiara puede traer, como texto, un dato de otra forma.
"""

from __future__ import annotations

from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import CAUSAS, DIALECTO, ESQUEMA_DE_FOLIO, JsonSchema, esquema_de_campo
from models.domain.protegidos import CAUSA
from models.esquemas.ejemplos import FOLIO, example_of

_TEXTO: JsonSchema = {"type": "string", "minLength": 1}
_DIRECCION: JsonSchema = {"type": "string", "format": "iri-reference", "minLength": 1}
_INSTANTE: JsonSchema = {"type": ["string", "null"], "format": "date-time"}

_DEL_SISTEMA: dict[str, tuple[str, JsonSchema]] = {
    "folio": ("Identifica al registro y no cambia.", ESQUEMA_DE_FOLIO),
    "direccion": ("La página permanente del registro.", _DIRECCION),
    "so": ("Las siglas de la institución.", {"type": "string", "pattern": "^[a-z0-9-]{2,20}$"}),
    "institucion": ("El nombre de la institución.", _TEXTO),
    "version": ("Cuántas veces se ha publicado: la primera es 1.", {"type": "integer", "minimum": 1}),
    "ejercicio": ("El año; nulo en lo vigente.", {"type": ["integer", "null"], "minimum": 1800, "maximum": 2200}),
    "periodo": ("La clave del periodo; nula en lo vigente.", {"type": ["string", "null"]}),
    "fecha_actualizacion": ("Cuándo se guardó por última vez lo que hoy es público.", _INSTANTE),
    "fecha_validacion": ("Cuándo lo aprobó la Unidad de Información.", _INSTANTE),
    "publico_desde": ("Desde cuándo es público tal como está.", _INSTANTE),
}
"""Lo que no sale de un campo: qué es, y su esquema."""


def json_schema(formato: Formato, direccion: str = "") -> JsonSchema:
    """El esquema de un registro. ``direccion``: la suya (``$id``), si se publica solo."""
    identidad = {"$schema": DIALECTO, "$id": direccion} if direccion else {}
    return {**identidad, "title": formato.nombre, "description": formato.descripcion, **body_of(formato),
            "examples": [example_of_registro(formato)]}


def body_of(formato: Formato) -> JsonSchema:
    """Lo mismo, sin identidad ni ejemplo: para ponerlo dentro de otro documento."""
    propiedades = {nombre: {"description": dicho, **esquema} for nombre, (dicho, esquema) in _DEL_SISTEMA.items()}
    datos = {campo.nombre: _esquema_de(campo) for campo in formato.campos}
    propiedades["datos"] = {
        "type": "object", "description": "Lo que se publicó, campo por campo. El que no tiene dato no viene.",
        "properties": datos, "additionalProperties": False,
        "x-obligatorios": [campo.nombre for campo in formato.campos if campo.obligatorio]}
    propiedades["vacios"] = _por_campo(formato, "Por qué está vacío lo que está vacío con razón.", _VACIO)
    propiedades["protegidos"] = _por_campo(formato, "Lo que se suprimió por ser dato personal, y por qué acta.", _MARCA)
    return {"type": "object", "properties": propiedades, "additionalProperties": False,
            "required": [*_DEL_SISTEMA, "datos", "vacios"]}


def example_of_registro(formato: Formato) -> dict[str, Any]:
    """Un registro inventado con los ejemplos de sus campos."""
    datos = {campo.nombre: dato for campo in formato.campos if (dato := example_of(campo)) is not None}
    dicho = "2026-10-21T10:42:00-06:00"
    return {"folio": FOLIO, "direccion": f"/metepec/{formato.clave}/r/{FOLIO}", "so": "metepec",
            "institucion": "H. Ayuntamiento de Metepec", "version": 1, "ejercicio": datos.get("ejercicio"),
            "periodo": datos.get("periodo"), "fecha_actualizacion": dicho, "fecha_validacion": dicho,
            "publico_desde": dicho, "datos": datos, "vacios": {}}


_VACIO: JsonSchema = {
    "type": "object", "required": ["causa", "motivo"],
    "properties": {"causa": {"enum": [*CAUSAS, CAUSA]}, "motivo": _TEXTO, "acta": {"type": "string"},
                   "desde": {"type": "string", "format": "date"}}, "additionalProperties": False}
_MARCA: JsonSchema = {
    "type": "object", "required": ["acta", "desde"],
    "properties": {"acta": {"type": "string"}, "desde": {"type": "string", "format": "date"},
                   "columnas": {"type": "array", "items": {"type": "string"}}}, "additionalProperties": False}


def _por_campo(formato: Formato, dicho: str, esquema: JsonSchema) -> JsonSchema:
    return {"type": "object", "description": dicho, "propertyNames": {"enum": list(formato.por_nombre)},
            "additionalProperties": esquema}


def _esquema_de(campo: Campo) -> JsonSchema:
    """El del dato; a un archivo, en vez de su ``id``, se le suma su dirección."""
    esquema = esquema_de_campo(campo)
    if campo.tipo is not TipoCampo.ARCHIVO:
        return esquema
    propiedades = {nombre: suyo for nombre, suyo in esquema["properties"].items() if nombre != "id"}
    return {**esquema, "properties": {**propiedades, "direccion": _DIRECCION}, "required": [*propiedades, "direccion"]}
