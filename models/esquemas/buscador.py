"""``/buscar.json`` dicho en OpenAPI: la misma búsqueda de la página, para programas.

No es de ``/api/v1``: perdona como la página (lo que no conoce lo ignora). Aquí solo se declara lo que de veras rechaza.
"""

from __future__ import annotations

from typing import Any

from models.esquemas.componentes import arreglo
from models.esquemas.interfaz import Parametro

RUTA = "/buscar.json"

_TEXTO = {"type": "string"}
_DIA = {"type": "string", "examples": ["2026-03-01"]}
_MONTO = {"type": "string", "examples": ["150000.50"]}

PARAMETROS = (
    Parametro("q", "Palabras que deben estar, o entre comillas, una frase. No importan acentos ni plurales.", _TEXTO),
    Parametro("institucion", "Las siglas de una institución.", {**_TEXTO, "examples": ["metepec"]}),
    Parametro("tema", "La clave de un formato.", {**_TEXTO, "examples": ["licitaciones"]}),
    Parametro("articulo", "Un artículo, o una fracción suya.", {**_TEXTO, "examples": ["12", "12-XI"]}),
    Parametro("ejercicio", "El año.", {"type": "string", "examples": ["2026"]}),
    Parametro("periodo", "La clave de un periodo.", {**_TEXTO, "examples": ["T1"]}),
    Parametro("monto_desde", "De cuántos pesos en adelante.", _MONTO),
    Parametro("monto_hasta", "Hasta cuántos pesos.", _MONTO),
    Parametro("fecha_desde", "Con una fecha de ese día en adelante.", _DIA),
    Parametro("fecha_hasta", "Con una fecha de ese día o anterior.", _DIA),
    Parametro("orden", "«relevantes» (lo que se supone, con palabras) o «recientes».", {"enum": ["relevantes", "recientes"]}),
    Parametro("antes", "Desde dónde seguir: viene en «siguiente».", _TEXTO))
"""Los de la página de resultados, con los mismos nombres."""

_O_NADA = {"type": ["string", "null"]}
_CUANTOS = {"type": "integer", "minimum": 0}
_CUENTAS = {"type": "object", "additionalProperties": _CUANTOS}

RESULTADO: dict[str, Any] = {
    "folio": _TEXTO, "titulo": _TEXTO, "institucion": _TEXTO, "formato": _TEXTO, "ejercicio": {"type": ["integer", "null"]},
    "periodo": _O_NADA, "actualizado": {"type": "string", "format": "date-time"}, "direccion": _TEXTO, "datos": _TEXTO}

_RESPUESTA: dict[str, Any] = {
    "type": "object", "required": ["busqueda", "total", "hay_mas_que_el_total", "facetas", "resultados", "siguiente"],
    "properties": {
        "busqueda": {"type": "object", "additionalProperties": _TEXTO, "description": "Lo que se entendió que se pedía."},
        "total": _CUANTOS, "hay_mas_que_el_total": {"type": "boolean"},
        "facetas": {"type": "object", "required": ["instituciones", "formatos", "ejercicios"],
                    "properties": {nombre: _CUENTAS for nombre in ("instituciones", "formatos", "ejercicios")}},
        "resultados": arreglo("resultados", "resultado")["properties"]["resultados"], "siguiente": _O_NADA}}


def build_buscador(base: str) -> dict[str, Any]:
    """El camino. No cuelga de ``/api/v1``, y lo dice."""
    errores = {codigo: {"$ref": f"#/components/responses/error_{codigo}"} for codigo in ("400", "404", "503")}
    return {"servers": [{"url": base}], "get": {
        "operationId": "buscar", "summary": "Buscar en todo lo publicado", "tags": ["registros"],
        "description": "De veinte en veinte. Sin palabras ni filtros no hay qué buscar, y no da ninguno.",
        "parameters": [{"name": uno.nombre, "in": "query", "required": False, "description": uno.dicho,
                        "schema": uno.esquema} for uno in PARAMETROS],
        "responses": {"200": {"description": "Lo hallado.", "content": {"application/json": {"schema": _RESPUESTA}}},
                      **errores}}}


ESQUEMAS = {"resultado": {"type": "object", "required": list(RESULTADO), "properties": RESULTADO}}
"""Lo que hay que agregar a los del documento."""
