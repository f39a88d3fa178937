"""La forma del dato, dicha en JSON Schema: la de un registro, y la del archivo YAML para los editores.

Un dato es JSON simple (``docs/arquitectura.md``). Sin valor es la ausencia de la llave: nunca ``null`` ni ``""``.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from fracciones_config.campo import Campo
from fracciones_config.formato import Formato
from fracciones_config.tipos import TipoCampo

Dato: TypeAlias = str | int | bool | list[Any] | dict[str, Any]
"""Lo que una persona capturó en un campo, igual en toda la casa."""

JsonSchema: TypeAlias = dict[str, Any]

CAUSAS = ("no_aplica", "no_se_genero", "reservado")
"""Por qué puede un campo quedar vacío con razón."""

MOTIVO_MINIMO, MOTIVO_MAXIMO = 3, 600
"""Cuánto mide, en caracteres, el motivo de un vacío."""

DIALECTO = "https://json-schema.org/draft/2020-12/schema"
ESQUEMA_DE_FOLIO: JsonSchema = {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{14}$"}


def _texto(campo: Campo) -> JsonSchema:
    esquema: JsonSchema = {"type": "string", "minLength": 1}
    if campo.largo:
        esquema["maxLength"] = campo.largo
    if campo.patron:
        esquema["pattern"] = f"^(?:{campo.patron})$"
    return esquema


def _entero(campo: Campo) -> JsonSchema:
    limites = {"minimum": campo.minimo, "maximum": campo.maximo}
    return {"type": "integer"} | {llave: limite for llave, limite in limites.items() if limite is not None}


def _decimal(campo: Campo) -> JsonSchema:
    return {"type": "string", "pattern": r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{0,5}[1-9])?$"}


def _moneda(campo: Campo) -> JsonSchema:
    return {"type": "string", "pattern": r"^-?(0|[1-9][0-9]{0,14})\.[0-9]{2}$"}


def _opciones(campo: Campo) -> JsonSchema:
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": list(campo.opciones)}}


def _archivo(campo: Campo) -> JsonSchema:
    return _objeto({
        "id": ESQUEMA_DE_FOLIO, "nombre": {"type": "string"}, "bytes": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "tipo": {"enum": list(campo.acepta)},
    })


def _maestro(campo: Campo) -> JsonSchema:
    return _objeto({"id": ESQUEMA_DE_FOLIO, "texto": {"type": "string"}})


def _tabla(campo: Campo) -> JsonSchema:
    renglon = _objeto({c.nombre: esquema_de_campo(c) for c in campo.campos}, obligatorias=[])
    return {"type": "array", "minItems": 1, "maxItems": campo.filas_maximas, "items": renglon | {"minProperties": 1}}


def _siempre(esquema: JsonSchema) -> Callable[[Campo], JsonSchema]:
    return lambda campo: dict(esquema)


def _objeto(propiedades: JsonSchema, obligatorias: list[str] | None = None) -> JsonSchema:
    return {"type": "object", "properties": propiedades, "additionalProperties": False,
            "required": list(propiedades) if obligatorias is None else obligatorias}


ESQUEMAS: dict[TipoCampo, Callable[[Campo], JsonSchema]] = {
    TipoCampo.TEXTO: _texto,
    TipoCampo.TEXTO_LARGO: _texto,
    TipoCampo.NOTA: _texto,
    TipoCampo.ENTERO: _entero,
    TipoCampo.DECIMAL: _decimal,
    TipoCampo.MONEDA: _moneda,
    TipoCampo.PORCENTAJE: _decimal,
    TipoCampo.FECHA: _siempre({"type": "string", "format": "date"}),
    TipoCampo.HORA: _siempre({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
    TipoCampo.ANIO: _siempre({"type": "integer", "minimum": 1800, "maximum": 2200}),
    TipoCampo.PERIODO: _siempre({"type": "string", "pattern": "^(M(0[1-9]|1[0-2])|T[1-4]|S[12]|A|P[1-3])$"}),
    TipoCampo.SI_NO: _siempre({"type": "boolean"}),
    TipoCampo.OPCION: lambda campo: {"enum": list(campo.opciones)},
    TipoCampo.OPCIONES: _opciones,
    TipoCampo.URL: _siempre({"type": "string", "format": "iri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://",
                             "maxLength": 2000}),
    TipoCampo.CORREO: _siempre({"type": "string", "format": "email", "maxLength": 254}),
    TipoCampo.TELEFONO: _siempre({"type": "string", "minLength": 3, "maxLength": 60}),
    TipoCampo.ARCHIVO: _archivo,
    TipoCampo.AREA: _maestro,
    TipoCampo.SERVIDOR_PUBLICO: _maestro,
    TipoCampo.ORGANO_COLEGIADO: _maestro,
    TipoCampo.TABLA: _tabla,
}
"""Cómo se dice en JSON Schema el dato de cada tipo."""


def esquema_de_campo(campo: Campo) -> JsonSchema:
    """El JSON Schema del dato de un campo, con su etiqueta y su ayuda."""
    return {"title": campo.etiqueta, "description": campo.ayuda} | ESQUEMAS[campo.tipo](campo)


def esquema_de_registro(formato: Formato) -> JsonSchema:
    """El JSON Schema del ``contenido`` de un registro: ``{"datos": {...}, "vacios": {...}}`` y, si algo se suprimió,
    ``"protegidos"``.

    Nada es ``required`` dentro de ``datos``: un registro incompleto se guarda. Los campos que se piden van
    en ``x-obligatorios``.
    """
    motivo = {"type": "string", "minLength": MOTIVO_MINIMO, "maxLength": MOTIVO_MAXIMO}
    vacio = _objeto({"causa": {"enum": list(CAUSAS)}, "motivo": motivo})
    datos = _objeto({campo.nombre: esquema_de_campo(campo) for campo in formato.campos}, obligatorias=[])
    datos["x-obligatorios"] = [campo.nombre for campo in formato.campos if campo.obligatorio]
    vacios = _objeto({campo.nombre: vacio for campo in formato.campos}, obligatorias=[])
    marca = _objeto({"acta": {"type": "string"}, "desde": {"type": "string", "format": "date"},
                     "columnas": {"type": "array", "items": {"type": "string"}}}, obligatorias=["acta", "desde"])
    protegidos = _objeto({campo.nombre: marca for campo in formato.campos}, obligatorias=[])
    return {"$schema": DIALECTO, "title": formato.nombre, "description": formato.descripcion,
            **_objeto({"datos": datos, "vacios": vacios, "protegidos": protegidos}, obligatorias=["datos", "vacios"])}


def esquema_de_archivo() -> JsonSchema:
    """El JSON Schema de ``formatos/*.yaml``, para que el editor complete y avise.

    No lleva ``clave`` (es el nombre del archivo) ni ``comun`` (lo pone el sistema).
    """
    esquema = Formato.model_json_schema()
    esquema["properties"].pop("clave")
    esquema["required"].remove("clave")
    esquema["$defs"]["Campo"]["properties"].pop("comun")
    return {"$schema": DIALECTO, **esquema, "title": "Un formato del catálogo"}
