"""Lo que se sugiere mientras alguien teclea: instituciones, tipos de información y palabras de lo publicado.

Es una ayuda: el guion la pide, y sin guion el formulario busca igual.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from flask import Blueprint, Response

from models.busqueda.normalizador import VACIAS, plegar, tokens
from models.publicados import Institucion
from portal.contexto import foto, publicados
from portal.direcciones import to_informacion, to_institucion, with_query
from portal.directas import Directa, find_directas
from portal.peticion import read_texto

bp = Blueprint("sugerencias", __name__)

MAXIMAS = 8
DE_NOMBRE = 3
LETRAS_MINIMAS = 2


@bp.get("/buscar/sugerencias")
def lista() -> Response:
    """``{"sugerencias": [{"texto", "que_es", "ruta"}]}``: cuando más ocho, y ninguna con menos de dos letras."""
    sugeridas = [{"texto": una.dice, "que_es": una.que_es, "ruta": una.ruta} for una in find_sugerencias(read_texto())]
    respuesta = Response(json.dumps({"sugerencias": sugeridas}, ensure_ascii=False), mimetype="application/json")
    respuesta.headers["X-Robots-Tag"] = "noindex"
    return respuesta


def find_sugerencias(texto: str) -> list[Directa]:
    """Primero lo que va directo, luego búsquedas con una palabra completa."""
    if len(texto.strip()) < LETRAS_MINIMAS:
        return []
    instituciones, formatos = publicados().directorio.todas(), foto().catalogo.activos
    halladas = [*find_directas(texto, instituciones, formatos)[:DE_NOMBRE], *_por_comienzo(texto, instituciones),
                *(Directa(f.nombre_corto, "Tipo de información", to_informacion(f.clave))
                  for f in formatos if starts_like(f"{f.nombre} {f.nombre_corto}", texto))]
    unicas = list({una.ruta: una for una in halladas}.values())[:MAXIMAS // 2 + 1]
    return (unicas + list(_palabras(texto)))[:MAXIMAS]


def starts_like(nombre: str, texto: str) -> bool:
    """Si cada cosa tecleada es el comienzo de una palabra del nombre."""
    comienzos = [c for c in plegar(texto).split() if c not in VACIAS]
    partes = plegar(nombre).split()
    return bool(comienzos) and all(any(parte.startswith(comienzo) for parte in partes) for comienzo in comienzos)


def _por_comienzo(texto: str, instituciones: Iterable[Institucion]) -> Iterator[Directa]:
    hallados = (i for i in instituciones if starts_like(f"{i.nombre} {i.nombre_corto} {i.siglas} {i.municipio or ''}", texto))
    for _, i in zip(range(DE_NOMBRE), hallados, strict=False):
        yield Directa(i.nombre, "Institución", to_institucion(i.siglas))


def _palabras(texto: str) -> Iterator[Directa]:
    """Lo tecleado, con su última palabra completa."""
    antes, _, ultima = texto.rpartition(" ")
    if texto.endswith(" ") or len(ultima) < LETRAS_MINIMAS or not ultima.isalpha():
        return
    for forma in publicados().palabras.starting(ultima, MAXIMAS // 2):
        completo = f"{antes} {forma}".strip()
        if tokens(completo):
            yield Directa(completo, "Buscar", with_query("/buscar", q=completo))
