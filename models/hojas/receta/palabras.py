"""Cuándo dos maneras de escribir algo son la misma con una errata, y cuándo son otra cosa.

Se compara palabra por palabra: a una palabra larga se le perdona una letra (cambiada, de más, de menos o volteada), nunca la
primera; a una corta o con números, nada. «improcedente» no es «procedente» mal escrito, ni «2025» es «2026».
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from models.domain.lectores.crudo import plegar

_PALABRA = re.compile(r"[^\W_]+\.?")
_PERDIDA = re.compile("\ufffd+")
_NUMEROS = {str(n): palabra for n, palabra in enumerate(
    ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"), start=1)}
_DE_PASO = frozenset({"al", "con", "de", "del", "el", "en", "la", "las", "los", "para", "por"})
"""Lo que se puede omitir. Las de una letra no: «Grupo A» no es «Grupo»."""

_LARGA, _MUY_LARGA, _ABREVIADA = 4, 12, 3
"""Letras desde las que se perdona una errata, o dos; y las que, con su punto, pasan de ser una abreviatura que dice algo."""



@lru_cache(maxsize=20_000)
def palabras_de(texto: str) -> tuple[str, ...]:
    """Las palabras plegadas que dicen algo: las abreviadas conservan su punto, y una letra que se perdió (``�``) es una
    cualquiera."""
    todas = _PALABRA.findall(_PERDIDA.sub("ø", plegar(texto)).replace("_", " "))
    dicen = (palabra if len(palabra) > _ABREVIADA else palabra.rstrip(".") for palabra in todas)
    return tuple(_NUMEROS.get(palabra, palabra) for palabra in dicen if palabra not in _DE_PASO)


def same_en_orden(escritas: tuple[str, ...], buscadas: tuple[str, ...]) -> bool:
    """Si son las mismas palabras, en el mismo orden, salvo erratas."""
    return len(escritas) == len(buscadas) and all(map(is_misma, escritas, buscadas))


def same_en_desorden(escritas: tuple[str, ...], buscadas: tuple[str, ...]) -> bool:
    """Si son las mismas palabras, en cualquier orden, salvo erratas."""
    faltan = list(buscadas)
    for escrita in sorted(escritas, key=lambda palabra: palabra not in buscadas):
        igual = next((palabra for palabra in faltan if palabra == escrita), None) or next(
            (palabra for palabra in faltan if is_misma(escrita, palabra)), None)
        if igual is None:
            return False
        faltan.remove(igual)
    return not faltan


def is_misma(escrita: str, buscada: str) -> bool:
    """Si una palabra es la otra: igual, en plural, abreviada con su punto o con una errata."""
    if escrita.endswith(".") and len(escrita) > _ABREVIADA and buscada.startswith(escrita[:-1]):
        return True
    escrita, buscada = escrita.rstrip("."), buscada.rstrip(".")
    if escrita == buscada:
        return True
    corta, larga = sorted((escrita, buscada), key=len)
    if len(corta) < _LARGA or corta[0] != larga[0] or not (corta.isalpha() and larga.isalpha()):
        return False
    if larga in (corta + "s", corta + "es"):
        return True
    perdona = 2 if len(corta) >= _MUY_LARGA else 1
    return OSA.distance(corta, larga, score_cutoff=perdona) <= perdona
