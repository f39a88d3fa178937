"""Lo que responde mejor que una lista de registros: la institución que se nombró, el tipo de información, o los dos juntos."""

from __future__ import annotations

from dataclasses import dataclass

from fracciones_config import Formato
from models.busqueda.normalizador import tokens
from models.busqueda.vocabulario import find_dichos
from models.publicados import Institucion
from portal.direcciones import to_formato, to_informacion, to_institucion
from portal.instituciones import named_like

DIRECTAS = 4
"""Cuántas de cada clase se enseñan."""


@dataclass(frozen=True, slots=True)
class Directa:
    """Un enlace directo: qué dice, qué es y a dónde lleva."""

    dice: str
    que_es: str
    ruta: str


def find_directas(
    texto: str, instituciones: list[Institucion], formatos: tuple[Formato, ...], una: Institucion | None = None,
) -> list[Directa]:
    """Lo que lo tecleado nombra. «sueldos metepec» lleva a las remuneraciones de Metepec; con ``una``, a las suyas."""
    palabras = tuple(tokens(texto))
    if not palabras:
        return []
    temas = find_formatos(palabras, formatos)
    if una is not None:
        return [_de(una, formato) for formato, _ in temas if formato.clave in una.claves][:DIRECTAS]
    juntas = [directa for formato, usadas in temas for directa in _juntas(formato, usadas, palabras, instituciones)]
    nombradas = [Directa(i.nombre, "Institución", to_institucion(i.siglas)) for i in named_like(instituciones, texto)]
    sueltas = [Directa(formato.nombre, "Tipo de información", to_informacion(formato.clave))
               for formato, usadas in temas if usadas >= set(palabras) or not juntas]
    return juntas[:DIRECTAS] + nombradas[:DIRECTAS] + sueltas[:DIRECTAS]


def find_formatos(palabras: tuple[str, ...], formatos: tuple[Formato, ...]) -> list[tuple[Formato, frozenset[str]]]:
    """Los que lo tecleado nombra, con las palabras que los nombran: por su nombre, y como les dice la gente."""
    dichos = find_dichos(palabras)
    hallados = []
    for formato in formatos:
        suyas = set(tokens(f"{formato.nombre} {formato.nombre_corto}"))
        comunes = suyas.intersection(palabras)
        completo = comunes and (comunes == set(palabras) or comunes >= set(tokens(formato.nombre_corto)))
        usadas = frozenset(comunes) if completo else frozenset()
        usadas |= dichos.get(formato.clave, frozenset())
        if usadas:
            hallados.append((formato, usadas))
    return sorted(hallados, key=lambda uno: -len(uno[1]))


def _juntas(
    formato: Formato, usadas: frozenset[str], palabras: tuple[str, ...], instituciones: list[Institucion],
) -> list[Directa]:
    """El formato de la institución que nombran las demás palabras, si nombran alguna."""
    resto = " ".join(palabra for palabra in palabras if palabra not in usadas)
    return [_de(i, formato) for i in named_like(instituciones, resto) if formato.clave in i.claves][:2] if resto else []


def _de(institucion: Institucion, formato: Formato) -> Directa:
    return Directa(f"{formato.nombre_corto} de {institucion.nombre_corto}", "Va directo",
                   to_formato(institucion.siglas, formato.clave))
