"""Qué tanto responde un registro a lo buscado: los puntos con que se ordena «Más relevantes».

Solo cuenta palabras, así que los dos motores dan lo mismo. Un registro ya tiene todo lo buscado; los puntos dicen dónde:

| dónde está lo buscado | puntos |
|---|---|
| en el nombre del registro | 8 por cada término |
| en el nombre, junto y en ese orden | 16 más |
| y el nombre no dice otra cosa | 8 más |
| en cualquier dato, junto y en ese orden | 4 |
| en cualquier dato, cerca: con no más de cinco palabras en medio | 2 |

Entre iguales, lo más nuevo primero.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.busqueda.consulta import Consulta, Termino

EN_EL_NOMBRE, JUNTO_EN_EL_NOMBRE, ES_EL_NOMBRE = 8, 16, 8
JUNTO, CERCA = 4, 2

EN_MEDIO = 5
"""Palabras ajenas que puede haber, en total, entre lo que está cerca."""

Palabras = Sequence[str]
"""Las de un texto, como las da ``normalizador.tokens``."""


def score(consulta: Consulta, nombre: Palabras, todo: Palabras) -> int:
    """Los puntos de un registro. ``todo`` son las palabras de lo que en él se busca, nombre incluido si se busca en él."""
    terminos = consulta.terminos
    en_nombre = [_places(nombre, termino) for termino in terminos]
    puntos = EN_EL_NOMBRE * sum(map(bool, en_nombre))
    if all(en_nombre) and _are_together(en_nombre, terminos):
        return puntos + JUNTO_EN_EL_NOMBRE + JUNTO + ES_EL_NOMBRE * (len(nombre) == _largo(terminos))
    if len(terminos) < 2:
        return puntos
    en_todo = [_places(todo, termino) for termino in terminos]
    if not all(en_todo):
        return puntos
    if _are_together(en_todo, terminos):
        return puntos + JUNTO
    return puntos + CERCA * _are_near(en_todo, _largo(terminos) + EN_MEDIO)


def _largo(terminos: Sequence[Termino]) -> int:
    return sum(len(termino.palabras) for termino in terminos)


def _places(palabras: Palabras, termino: Termino) -> list[int]:
    """En qué lugares empieza."""
    primera, *demas = termino.palabras
    if termino.es_prefijo:
        return [i for i, palabra in enumerate(palabras) if palabra.startswith(primera)]
    lugares = [i for i, palabra in enumerate(palabras) if palabra == primera]
    return [i for i in lugares if list(palabras[i + 1:i + 1 + len(demas)]) == demas] if demas else lugares


def _are_together(lugares: Sequence[Sequence[int]], terminos: Sequence[Termino]) -> bool:
    """Si en algún lugar van uno tras otro, en el orden en que se teclearon."""
    finales = set(lugares[0])
    for antes, suyos in zip(terminos, lugares[1:], strict=False):
        finales = {fin + len(antes.palabras) for fin in finales}.intersection(suyos)
    return bool(finales)


def _are_near(lugares: Sequence[Sequence[int]], ventana: int) -> bool:
    """Si en algún tramo de tantas palabras empieza cada uno, en cualquier orden."""
    todos = sorted((lugar, cual) for cual, suyos in enumerate(lugares) for lugar in suyos)
    ultimo: dict[int, int] = {}
    for lugar, cual in todos:
        ultimo[cual] = lugar
        if len(ultimo) == len(lugares) and lugar - min(ultimo.values()) < ventana:
            return True
    return False
