"""Lo que en la interfaz de lectura no depende de ningún formato: instituciones, formatos y errores."""

from __future__ import annotations

from typing import Any

from models.actos_publicos import Clase

Documento = dict[str, Any]


def referencia(nombre: str) -> Documento:
    """La referencia a un esquema del documento."""
    return {"$ref": f"#/components/schemas/{nombre}"}


def arreglo(nombre: str, de: str) -> Documento:
    """Un objeto con una sola lista."""
    return {"type": "object", "required": [nombre], "properties": {nombre: {"type": "array", "items": referencia(de)}}}


def _objeto(propiedades: Documento) -> Documento:
    return {"type": "object", "required": list(propiedades), "properties": propiedades}


_TEXTO = {"type": "string"}
_O_NADA = {"type": ["string", "null"]}
_INSTANTE = {"type": ["string", "null"], "format": "date-time"}
_CUANTOS = {"type": "integer", "minimum": 0}

_INSTITUCION: Documento = {
    "siglas": {"type": "string", "pattern": "^[a-z0-9-]{2,20}$"}, "nombre": _TEXTO, "nombre_corto": _TEXTO, "poder": _TEXTO,
    "municipio": _O_NADA, "extinta_desde": _O_NADA, "registros": _CUANTOS, "ultimo_cambio": _INSTANTE, "direccion": _TEXTO}
_OBLIGACION: Documento = {
    "formato": _TEXTO, "situacion": {"enum": ["publicado", "no_aplica", "sin_informacion"]}, "registros": _CUANTOS,
    "ultimo_cambio": _INSTANTE, "no_aplica": _O_NADA, "consulta": _TEXTO}
_FORMATO: Documento = {
    "clave": _TEXTO, "nombre": _TEXTO, "descripcion": _TEXTO, "fundamento": _TEXTO,
    "modo": {"enum": ["por_periodo", "vigente"]}, "periodicidad": _O_NADA, "registros": _CUANTOS, "instituciones": _CUANTOS,
    "ultimo_cambio": _INSTANTE, "consulta": _TEXTO, "diccionario": _TEXTO, "esquema": _TEXTO, "esquema_de_tabla": _TEXTO}
_CAMPO: Documento = {
    **_objeto({"nombre": _TEXTO, "etiqueta": _TEXTO, "tipo": _TEXTO, "ayuda": _TEXTO, "obligatorio": {"type": "boolean"}})}

_VERSION: Documento = {"version": {"type": "integer", "minimum": 1}, "desde": _INSTANTE, "hasta": _INSTANTE, "retiro": _O_NADA,
                       "direccion": _O_NADA}
_RETIRADO: Documento = {
    "folio": _TEXTO, "direccion": _TEXTO, "so": _TEXTO, "institucion": _TEXTO, "ejercicio": {"type": ["integer", "null"]},
    "periodo": _O_NADA, "retirado_en": _INSTANTE,
    "motivo": {"type": ["string", "null"], "description": "Nulo si no se retiró: al corregirlo pasó a otro año."}}
_CAMBIO: Documento = {
    "clase": {"enum": [str(clase) for clase in Clase]}, "instante": _INSTANTE, "so": _TEXTO, "formato": _TEXTO,
    "ejercicio": {"type": ["integer", "null"]}, "periodo": _O_NADA, "registros": _CUANTOS, "folio": _O_NADA, "motivo": _O_NADA,
    "direccion": _O_NADA}

ESQUEMAS_FIJOS: Documento = {
    "version": _objeto(_VERSION),
    "cambio": _objeto(_CAMBIO),
    "retirado": _objeto(_RETIRADO),
    "institucion": _objeto(_INSTITUCION),
    "institucion_completa": _objeto({**_INSTITUCION, "datos": {"type": "object", "additionalProperties": _TEXTO},
                                     "obligaciones": {"type": "array", "items": _objeto(_OBLIGACION)}}),
    "formato": _objeto(_FORMATO),
    "formato_completo": _objeto({**_FORMATO, "campos": {"type": "array", "items": referencia("campo")}}),
    "campo": {**_CAMPO, "properties": {
        **_CAMPO["properties"], "opciones": {"type": "object", "additionalProperties": _TEXTO},
        "campos": {"type": "array", "items": referencia("campo")}}},
    "problema": {
        "type": "object", "required": ["type", "title", "status", "detail"], "description": "Un error (RFC 9457).",
        "properties": {"type": {"type": "string", "format": "uri-reference"}, "title": _TEXTO, "detail": _TEXTO,
                       "status": {"type": "integer", "minimum": 400, "maximum": 599},
                       "parametro": {"type": "string", "description": "Cuál está mal."},
                       "folio": _TEXTO, "retirado_en": _INSTANTE, "motivo": _TEXTO}},
}
"""Los esquemas que no salen de un formato."""


def _error(dicho: str, codigo: int, titulo: str, detalle: str) -> Documento:
    ejemplo = {"type": f"/api/#error-{codigo}", "title": titulo, "status": codigo, "detail": detalle}
    cuerpo = {"schema": referencia("problema"), "example": ejemplo}
    return {"description": dicho, "content": {"application/problem+json": cuerpo}}


QUE_DICEN: dict[int, tuple[str, str]] = {
    400: ("Un dato de la búsqueda está mal escrito.", "ejercicio: Escriba el año con cuatro cifras, como 2026."),
    404: ("No existe esa institución, ese formato o ese registro.", "No hay ninguna institución con esa dirección."),
    405: ("El portal solo se consulta: use GET o HEAD.", "El portal solo se consulta: no recibe datos."),
    410: ("El registro fue público y se retiró: dice cuándo y por qué.", "Se retiró el 21/10/2026. Motivo: estaba dos veces."),
    422: ("Un parámetro no se conoce o trae algo que no puede ser.", "El límite es un número entero del 1 al 500."),
    503: ("El portal está muy ocupado: vuelva en los segundos de Retry-After.", "Intente de nuevo en unos segundos."),
}
"""Código → qué quiere decir, y un ejemplo de lo que se lee."""

_TITULOS = {400: "La petición no se entiende", 404: "Esta página no existe", 410: "Este registro fue retirado",
            422: "Un parámetro no sirve", 503: "El portal está muy ocupado"}
ERRORES: Documento = {f"error_{codigo}": _error(QUE_DICEN[codigo][0], codigo, titulo, QUE_DICEN[codigo][1])
                      for codigo, titulo in _TITULOS.items()}
