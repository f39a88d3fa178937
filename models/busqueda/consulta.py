"""Entiende lo que se teclea en el buscador y lo dice en la lengua de cada motor.

Se admite: palabras (todas deben estar), ``"una frase"`` y ``comienzo*``. Nada de lo tecleado llega a la sintaxis de
un motor: solo pasan palabras ``[0-9a-z]`` del normalizador, entre comillas puestas aquí.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase, digits

from models.busqueda.alcance import TODO, Alcance
from models.busqueda.normalizador import plegar, prefijo, tokens

LARGO_MAXIMO = 200
"""Caracteres de lo tecleado que se leen."""

TERMINOS_MAXIMOS = 12
"""Palabras que se buscan, contando las de las frases."""

_COMILLAS = str.maketrans("“”„«»", '"' * 5)
_TROZO = re.compile(r'"([^"]*)"|([^\s"*]+)(\*?)')
_LETRAS = ascii_lowercase + digits


@dataclass(frozen=True, slots=True)
class Termino:
    """Una palabra, una frase (varias palabras seguidas) o, si ``es_prefijo``, el comienzo de una palabra."""

    palabras: tuple[str, ...]
    es_prefijo: bool = False


@dataclass(frozen=True, slots=True)
class Consulta:
    """Todo lo que un registro debe tener. ``recortada``: se tecleó más de lo que se buscó."""

    terminos: tuple[Termino, ...]
    recortada: bool = False


def parse(texto: str) -> Consulta | None:
    """Lee lo tecleado. Nunca lanza; ``None`` si no queda nada que buscar (vacío, signos, puras palabras vacías)."""
    leido = _sin_palabra_a_medias(texto)
    terminos: dict[Termino, None] = {}
    libres = TERMINOS_MAXIMOS
    recortada = len(leido) < len(texto)
    for termino in _terminos(leido.translate(_COMILLAS)):
        if termino in terminos:
            continue
        if len(termino.palabras) > libres:
            recortada = True
            termino = Termino(termino.palabras[:libres], termino.es_prefijo)
        if termino.palabras:
            terminos[termino] = None
            libres -= len(termino.palabras)
    return Consulta(tuple(terminos), recortada) if terminos else None


def to_fts5(consulta: Consulta | None, alcance: Alcance = TODO) -> str:
    """El MATCH de FTS5 sobre las columnas ``tokens`` y ``alcance``. Algo hay que pedirle: una de las dos cosas."""
    partes = [f"tokens : ({' AND '.join(map(_en_fts5, consulta.terminos))})"] if consulta else []
    for grupo in alcance.grupos():
        alguna = " OR ".join(f'"{marca}"' for marca in grupo)
        partes.append(f"alcance : ({alguna})" if len(grupo) > 1 else f"alcance : {alguna}")
    return " AND ".join(partes)


def to_tsquery(consulta: Consulta | None, alcance: Alcance = TODO) -> str:
    """El literal que se convierte con ``::tsquery``."""
    partes = [_en_tsquery(termino) for termino in consulta.terminos] if consulta else []
    for grupo in alcance.grupos():
        alguna = " | ".join(f"'_{marca}'" for marca in grupo)
        partes.append(f"({alguna})" if len(grupo) > 1 else alguna)
    return " & ".join(partes)


def to_like(consulta: Consulta) -> list[str]:
    """Patrones de LIKE, todos obligatorios, sobre una columna llenada con ``tokens_de``: ``["% obra %"]``."""
    return [f"% {' '.join(termino.palabras)}{'' if termino.es_prefijo else ' '}%" for termino in consulta.terminos]


def _sin_palabra_a_medias(texto: str) -> str:
    if len(texto) <= LARGO_MAXIMO:
        return texto
    enteras = texto[: LARGO_MAXIMO + 1].rsplit(maxsplit=1)
    return enteras[0][:LARGO_MAXIMO] if enteras else ""


def _terminos(texto: str) -> Iterator[Termino]:
    for frase, suelto, asterisco in _TROZO.findall(texto):
        if asterisco:
            yield from _con_prefijo(suelto)
        elif suelto:
            yield from (Termino((palabra,)) for palabra in tokens(suelto))
        elif palabras := tuple(tokens(frase)):
            yield Termino(palabras)


def _con_prefijo(suelto: str) -> Iterator[Termino]:
    """``lpn-cont*`` es la palabra «lpn» y el comienzo «cont»; con menos de 3 letras, es una palabra más."""
    plegado = plegar(suelto)
    antes = plegado.rstrip(_LETRAS)
    raiz = prefijo(plegado[len(antes):])
    yield from (Termino((palabra,)) for palabra in tokens(antes if raiz else plegado))
    if raiz:
        yield Termino((raiz,), es_prefijo=True)


def _en_fts5(termino: Termino) -> str:
    return f'"{" ".join(termino.palabras)}"{" *" if termino.es_prefijo else ""}'


def _en_tsquery(termino: Termino) -> str:
    if termino.es_prefijo:
        return f"'{termino.palabras[0]}':*"
    palabras = [f"'{palabra}'" for palabra in termino.palabras]
    return f"({' <-> '.join(palabras)})"
