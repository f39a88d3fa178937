"""Las dos tablas que acompañan a los formatos: quiénes son las instituciones y qué significa cada columna."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.esquemas.tabla import PERFIL
from models.presentacion.poderes import PODERES
from models.publicados import Institucion
from models.volcado.recursos import Recurso

_TEXTO = {"type": "string"}
_SIEMPRE = {"type": "string", "constraints": {"required": True}}


def _esquema(nombre: str, columnas: Mapping[str, tuple[str, Mapping[str, Any]]], llave: list[str]) -> dict[str, Any]:
    return {"$schema": PERFIL, "name": nombre, "primaryKey": llave, "missingValues": [""],
            "fields": [{"name": columna, "description": que, **tipo} for columna, (que, tipo) in columnas.items()]}


_INSTITUCION: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "siglas": ("Las de su dirección; las lleva cada registro en su columna «so».", _SIEMPRE),
    "nombre": ("El nombre completo.", _SIEMPRE),
    "nombre_corto": ("Como se le dice.", _SIEMPRE),
    "poder": ("De qué clase es.", {
        "type": "string", "categories": [{"value": clave, "label": nombre} for clave, nombre in PODERES.items()]}),
    "municipio": ("El municipio, si es de uno.", _TEXTO),
    "extinta_en": ("El día en que dejó de existir; vacío si sigue.", {"type": "date"}),
    "direccion": ("Su página.", _SIEMPRE),
}

_COLUMNA: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "recurso": ("El nombre del recurso del paquete.", _SIEMPRE),
    "columna": ("La columna, como va en el primer renglón de su archivo.", _SIEMPRE),
    "titulo": ("Su nombre para una persona.", _TEXTO),
    "tipo": ("El tipo de dato de Table Schema.", _SIEMPRE),
    "descripcion": ("Qué significa.", _TEXTO),
    "obligatoria": ("Si siempre trae algo.", {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]}),
    "opciones": ("Las claves que puede llevar, con lo que quieren decir: clave=significado, separadas por «|».", _TEXTO),
    "ejemplo": ("Un ejemplo.", _TEXTO),
}

INSTITUCIONES = Recurso(
    "instituciones", "Instituciones", "Las instituciones obligadas a publicar, como ellas se presentan.",
    _esquema("instituciones", _INSTITUCION, ["siglas"]))
DICCIONARIO = Recurso(
    "diccionario", "Diccionario de datos", "Qué significa cada columna de cada archivo del paquete.",
    _esquema("diccionario", _COLUMNA, ["recurso", "columna"]))


def write_instituciones(instituciones: Iterable[Institucion], base: str) -> Iterator[bytes]:
    """El CSV de las instituciones. ``base``: con qué empiezan las direcciones."""
    return _write(_INSTITUCION, ((i.siglas, i.nombre, i.nombre_corto, i.poder, i.municipio or "", i.extinto_en or "",
                                  f"{base}/{i.siglas}/") for i in instituciones))


def write_diccionario(recursos: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """El CSV del diccionario: un renglón por columna de cada recurso ya descrito, y las de él mismo."""
    propio = {"name": DICCIONARIO.nombre, "schema": DICCIONARIO.esquema}
    return _write(_COLUMNA, (row_of(recurso["name"], columna)
                             for recurso in (*recursos, propio) for columna in recurso["schema"]["fields"]))


def row_of(recurso: str, columna: Mapping[str, Any]) -> tuple[str, ...]:
    """El renglón de una columna, de su descriptor de Table Schema."""
    opciones = columna.get("categories") or columna.get("opciones") or []
    return (recurso, columna["name"], columna.get("title", ""), columna["type"], columna.get("description", ""),
            "true" if columna.get("constraints", {}).get("required") else "false",
            "|".join(f"{una['value']}={una['label']}" for una in opciones), str(columna.get("example", "")))


def _write(columnas: Iterable[str], renglones: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\r\n")
    escritor.writerow(columnas)
    escritor.writerows(renglones)
    yield salida.getvalue().encode()
