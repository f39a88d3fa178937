"""Vuelve un texto en palabras comparables: «Licitaciones», «licitación» y «LICITACION» son la misma.

Se guardan y se buscan las mismas palabras, así que cambiar cualquier regla obliga a subir ``VERSION`` y a rehacer
el índice. No se usa el recorte de los motores: el de PostgreSQL da 0 renglones para «licitaciones».
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

VERSION = 1
"""Versión de las reglas. Se guarda junto al índice; si difiere, hay que rehacerlo."""

LARGO_MAXIMO = 40
"""Letras de una palabra; lo demás se ignora, al guardar y al buscar."""

PALABRAS_MAXIMAS = 16_000
"""Palabras de un registro: PostgreSQL no cuenta posiciones más allá de 16 383."""

REPETICIONES_MAXIMAS = 255
"""Veces que un registro guarda la misma palabra: PostgreSQL no recuerda más posiciones de ella."""

PREFIJO_MINIMO = 3

VACIAS = frozenset((
    "a", "al", "ante", "con", "de", "del", "e", "el", "en", "es", "la", "las", "lo",
    "los", "o", "para", "por", "que", "se", "su", "sus", "u", "un", "una", "y",
))
"""Palabras que no distinguen nada: ni se guardan ni se buscan."""

_PALABRA = re.compile(r"[0-9a-z]+")
_INVISIBLE = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")  # acentos sueltos, guiones suaves, ancho cero
_TROZO_MAXIMO = 64


def tokens(texto: str) -> list[str]:
    """Las palabras de ``texto``, en su orden y con repeticiones: minúsculas ``[0-9a-z]``, sin acentos ni plural."""
    palabras: list[str] = []
    for trozo in texto.split():
        palabras += _de_trozo(trozo) if len(trozo) <= _TROZO_MAXIMO else partir(trozo)
    return palabras


def tokens_de(textos: Iterable[str]) -> str:
    """Las palabras de todos los textos, listas para guardar: ``" obra public "``; sin palabras, ``""``.

    El blanco a cada lado deja buscar palabras enteras con LIKE. Los textos quedan seguidos: una frase puede empezar
    en un campo y acabar en el siguiente, como el nombre y los apellidos de una persona.
    """
    palabras = tokens(" ".join(textos))
    if len(palabras) > REPETICIONES_MAXIMAS:
        palabras = _sin_excesos(palabras)
    return f" {' '.join(palabras)} " if palabras else ""


def prefijo(texto: str) -> str:
    """El comienzo que comparten las palabras guardadas que empiezan con ``texto``; ``""`` si quedan menos de 3 letras.

    ``texto`` es una sola palabra. ``prefijo("contratos") == "contrat"``: abarca de más, pero nunca deja fuera.
    """
    letras = plegar(texto)[:LARGO_MAXIMO]
    comienzo = _podar(letras).removesuffix("z") if letras.isalpha() else letras
    return comienzo if len(comienzo) >= PREFIJO_MINIMO else ""


def plegar(texto: str) -> str:
    """Minúsculas y sin acentos: ``plegar("Año") == "ano"``. Lo que no es letra se queda como está."""
    if texto.isascii():
        return texto.lower()
    return _INVISIBLE.sub("", normalize("NFKD", texto).lower())


def partir(trozo: str) -> tuple[str, ...]:
    """Las palabras de un trozo sin blancos. Se hace por millones al cargar un libro: las cifras no pasan por la poda."""
    raices = []
    for palabra in _PALABRA.findall(plegar(trozo)):
        if palabra in VACIAS:
            continue
        raiz = palabra[:LARGO_MAXIMO] if palabra.isdigit() else _raiz(palabra[:LARGO_MAXIMO])
        if raiz not in VACIAS:
            raices.append(raiz)
    return tuple(raices)


_de_trozo = lru_cache(maxsize=65_536)(partir)


def _raiz(palabra: str) -> str:
    """La palabra sin plural ni vocal final. «z» final se vuelve «c», como en juez, jueces."""
    if len(palabra) < 3 or not palabra.isalpha():
        return palabra
    podada = _podar(palabra)
    return f"{podada[:-1]}c" if podada.endswith("z") else podada


def _podar(palabra: str) -> str:
    while (corta := _podar_una_vez(palabra)) != palabra:
        palabra = corta
    return palabra


def _podar_una_vez(palabra: str) -> str:
    """Quita una terminación, si quedan 3 letras: ``-es`` tras consonante, ``-s`` tras vocal, ``-e``, ``-a``, ``-o``.

    Para quitar ``a`` u ``o`` deben quedar 4, y no acabar en «z»: mesa no es mes, ni caso es casa, ni marzo es marco.
    """
    quedan = len(palabra)
    if quedan > 4 and palabra.endswith("es") and palabra[-3] not in "aeiou":
        return palabra[:-2]
    if quedan > 3 and palabra[-1] == "s" and palabra[-2] in "aeiou":
        return palabra[:-1]
    if quedan > 3 and palabra[-1] == "e":
        return palabra[:-1]
    if quedan > 4 and palabra[-1] in "ao" and palabra[-2] != "z":
        return palabra[:-1]
    return palabra


def _sin_excesos(palabras: list[str]) -> list[str]:
    veces: Counter[str] = Counter()
    quedan = []
    for palabra in palabras[:PALABRAS_MAXIMAS]:
        veces[palabra] += 1
        if veces[palabra] <= REPETICIONES_MAXIMAS:
            quedan.append(palabra)
    return quedan
