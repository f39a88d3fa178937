"""El CSV de los programas, dicho en CSV on the Web (W3C): lo mismo que su Table Schema, para quien lee esa otra norma."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from fracciones_config import Campo, Formato
from models.esquemas.tabla import table_schema, table_schema_de_tabla
from models.hojas.disposicion import FOLIO

Metadatos: TypeAlias = dict[str, Any]

NORMA = "http://www.w3.org/ns/csvw"
TIPO = "application/csvm+json"

_DIALECTO = {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminators": ["\r\n"],
             "header": True}


def csvw_of(formato: Formato, csv: str, base: str, licencia: str) -> Metadatos:
    """Los metadatos del CSV de un formato. ``csv`` es su dirección completa; ``base``, la del portal, sin diagonal final."""
    esquema = table_schema(formato)
    renglon = f"{base}/{{so}}/{formato.clave}/r/{{{FOLIO}}}"
    return _metadatos(esquema, csv, licencia, {"aboutUrl": renglon})


def csvw_of_tabla(formato: Formato, campo: Campo, csv: str, licencia: str) -> Metadatos:
    """Los del CSV de un campo ``tabla``."""
    return _metadatos(table_schema_de_tabla(formato, campo), csv, licencia, {})


def _metadatos(esquema: Mapping[str, Any], csv: str, licencia: str, mas: Mapping[str, Any]) -> Metadatos:
    return {"@context": [NORMA, {"@language": "es"}], "url": csv, "dc:title": esquema["title"],
            "dc:description": esquema["description"], "dc:license": {"@id": licencia}, "dialect": _DIALECTO,
            "tableSchema": {"columns": [_columna(campo) for campo in esquema["fields"]],
                            "primaryKey": [name_of(llave) for llave in esquema["primaryKey"]], **mas}}


def _columna(campo: Mapping[str, Any]) -> Metadatos:
    """Una columna. El encabezado del CSV va en ``titles``, que es contra lo que se compara."""
    reglas = campo.get("constraints", {})
    return {"name": name_of(campo["name"]), "titles": campo["name"], "dc:title": campo["title"],
            "dc:description": campo.get("description", ""), "datatype": TIPOS[campo["type"]](campo, reglas),
            **({"separator": campo["delimiter"]} if campo["type"] == "list" else {}),
            **({"required": True} if reglas.get("required") else {})}


def name_of(llave: str) -> str:
    """El nombre de una columna en esta norma, que aparta los que empiezan con guion bajo."""
    return f"x{llave}" if llave.startswith("_") else llave


def _simple(base: str, **mas: str) -> Callable[[Mapping[str, Any], Mapping[str, Any]], Any]:
    return lambda campo, reglas: {"base": base, **mas} if mas else base


def _texto(campo: Mapping[str, Any], reglas: Mapping[str, Any]) -> Any:
    """Con ``|`` dentro, los ``enum`` de Table Schema son aquí la expresión que los admite."""
    forma = reglas.get("pattern") or ("|".join(map(_literal, reglas["enum"])) if reglas.get("enum") else None)
    dichas = {"maxLength": reglas.get("maxLength"), "format": forma}
    puestas = {nombre: regla for nombre, regla in dichas.items() if regla is not None}
    base = "anyURI" if campo.get("format") == "uri" else "string"
    return {"base": base, **puestas} if puestas else base


def _literal(valor: str) -> str:
    return "".join(letra if letra.isalnum() or letra == "_" else f"\\{letra}" for letra in valor)


def _numero(base: str) -> Callable[[Mapping[str, Any], Mapping[str, Any]], Any]:
    def dicho(campo: Mapping[str, Any], reglas: Mapping[str, Any]) -> Any:
        limites = {nombre: reglas[nombre] for nombre in ("minimum", "maximum") if nombre in reglas}
        return {"base": base, **limites} if limites else base
    return dicho


TIPOS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Any]] = {
    "string": _texto,
    "list": _simple("string"),
    "integer": _numero("integer"),
    "number": _numero("decimal"),
    "boolean": _simple("boolean", format="true|false"),
    "year": _simple("gYear"),
    "date": _simple("date", format="yyyy-MM-dd"),
    "datetime": _simple("dateTimeStamp"),
    "time": _simple("time", format="HH:mm"),
}
"""Tipo de Table Schema → el de esta norma."""
