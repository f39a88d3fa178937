"""Dónde está, en un texto que alguien va a leer, lo que se buscó: con las mismas reglas con que se encontró.

«licitacion» marca «Licitaciones»; una frase marca solo la frase; un comienzo, las palabras que empiezan así.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.busqueda.consulta import Consulta, Termino
from models.busqueda.normalizador import partir

LARGO_MAXIMO = 20_000
"""Letras de un texto que se revisan; lo demás se enseña sin marcar."""

LETRAS_DEL_EXTRACTO = 170

_PALABRA = re.compile("[\\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Trozo:
    """Un pedazo de texto; ``marcado`` si es lo que se buscó."""

    texto: str
    marcado: bool = False


_Palabra = tuple[str, int, int]
"""Una palabra como se busca, y de qué letra a qué letra está en el texto."""


def mark(texto: str, consulta: Consulta | None) -> tuple[Trozo, ...]:
    """El texto entero, en trozos: juntos, lo dicen igual."""
    return _cut(texto, find_places(texto, consulta), 0, len(texto))


def is_marked(trozos: tuple[Trozo, ...]) -> bool:
    return any(trozo.marcado for trozo in trozos)


def extract(texto: str, consulta: Consulta | None, letras: int = LETRAS_DEL_EXTRACTO) -> tuple[Trozo, ...]:
    """Lo que rodea a lo primero que se halló, cortado entre palabras y con «…»; ``()`` si ahí no hay nada de lo buscado."""
    lugares = find_places(texto, consulta)
    if not lugares:
        return ()
    inicio, fin = lugares[0]
    desde = _between_words(texto, max(0, inicio - letras // 3), hacia=1) if len(texto) > letras else 0
    hasta = _between_words(texto, min(len(texto), max(fin, min(desde, inicio) + letras)), hacia=-1)
    desde, hasta = min(desde, inicio), max(hasta, fin)
    antes = (Trozo("… "),) if desde > 0 else ()
    despues = (Trozo(" …"),) if hasta < len(texto) else ()
    return antes + _cut(texto, lugares, desde, hasta) + despues


def find_places(texto: str, consulta: Consulta | None) -> list[tuple[int, int]]:
    """De qué letra a qué letra está cada cosa buscada, en orden y sin encimarse."""
    if consulta is None:
        return []
    palabras = list(_palabras(texto[:LARGO_MAXIMO]))
    lugares = sorted({lugar for termino in consulta.terminos for lugar in _de_termino(palabras, termino)})
    juntos: list[tuple[int, int]] = []
    for inicio, fin in lugares:
        if juntos and inicio < juntos[-1][1]:
            juntos[-1] = juntos[-1][0], max(fin, juntos[-1][1])
        else:
            juntos.append((inicio, fin))
    return juntos


def _palabras(texto: str) -> Iterator[_Palabra]:
    for hallada in _PALABRA.finditer(texto):
        for raiz in _raices(hallada[0]):
            yield raiz, hallada.start(), hallada.end()


_raices = lru_cache(maxsize=16_384)(partir)


def _de_termino(palabras: list[_Palabra], termino: Termino) -> Iterator[tuple[int, int]]:
    """Dónde está un término: cada palabra suya, o toda la frase seguida."""
    buscadas = termino.palabras
    for i, (raiz, inicio, fin) in enumerate(palabras):
        if termino.es_prefijo:
            if raiz.startswith(buscadas[0]):
                yield inicio, fin
        elif raiz == buscadas[0]:
            seguidas = palabras[i:i + len(buscadas)]
            if len(buscadas) == 1 or tuple(una[0] for una in seguidas) == buscadas:
                yield inicio, seguidas[-1][2]


def _between_words(texto: str, lugar: int, hacia: int) -> int:
    """El blanco más cercano en ese sentido; si está lejos, el mismo lugar."""
    if lugar in (0, len(texto)):
        return lugar
    for lejos in range(25):
        aqui = lugar + hacia * lejos
        if 0 < aqui < len(texto) and texto[aqui - 1 if hacia > 0 else aqui].isspace():
            return aqui
    return lugar


def _cut(texto: str, lugares: list[tuple[int, int]], desde: int, hasta: int) -> tuple[Trozo, ...]:
    trozos, aqui = [], desde
    for inicio, fin in lugares:
        if desde <= inicio and fin <= hasta:
            trozos += [Trozo(texto[aqui:inicio]), Trozo(texto[inicio:fin], marcado=True)]
            aqui = fin
    trozos.append(Trozo(texto[aqui:hasta]))
    return tuple(trozo for trozo in trozos if trozo.texto)
