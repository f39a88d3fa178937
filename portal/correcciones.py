"""Qué probar cuando no se halló nada: la palabra que casi se tecleó, o las mismas sin la que sobra."""

from __future__ import annotations

from dataclasses import dataclass

from models.busqueda.alcance import Alcance
from models.busqueda.consulta import parse
from models.busqueda.normalizador import tokens
from models.publicados import Busqueda
from portal.busqueda_pedida import Pedida
from portal.contexto import publicados

PALABRAS_MAXIMAS = 6
"""De lo tecleado, las que se revisan: cada una cuesta una búsqueda."""


@dataclass(frozen=True, slots=True)
class Correccion:
    """Otra búsqueda, que sí halla algo."""

    texto: str
    ruta: str


def find_correcciones(pedida: Pedida) -> list[Correccion]:
    """«¿Quiso decir…?»: lo tecleado, con las palabras que no están cambiadas por otras que sí."""
    escritas = pedida.texto.split()
    if not escritas or len(escritas) > PALABRAS_MAXIMAS:
        return []
    palabras = publicados().palabras
    dudosas = {i: palabras.near(escrita) for i, escrita in enumerate(escritas)
               if len(raices := tokens(escrita)) == 1 and not palabras.is_alive(raices[0])}
    dudosas = {i: cercanas for i, cercanas in dudosas.items() if cercanas}
    if not dudosas:
        return []
    propuestas = [[dudosas[i][min(k, len(dudosas[i]) - 1)] if i in dudosas else escrita for i, escrita in enumerate(escritas)]
                  for k in range(max(map(len, dudosas.values())))]
    return _que_hallan(pedida, [" ".join(propuesta) for propuesta in propuestas])


def find_recortes(pedida: Pedida) -> list[Correccion]:
    """Lo tecleado sin una de sus palabras, si así se halla algo."""
    escritas = pedida.texto.split()
    if not 2 <= len(escritas) <= PALABRAS_MAXIMAS or '"' in pedida.texto:
        return []
    return _que_hallan(pedida, [" ".join(escritas[:i] + escritas[i + 1:]) for i in range(len(escritas))])


def _que_hallan(pedida: Pedida, textos: list[str]) -> list[Correccion]:
    """Con los filtros puestos o, si así no, sin ellos."""
    halladas = []
    for texto in dict.fromkeys(textos):
        for alcance, ruta in ((pedida.alcance, pedida.ruta(q=texto)), (Alcance(), pedida.alone(texto))):
            if (consulta := parse(texto)) and publicados().palabras.finds(Busqueda(consulta, alcance)):
                halladas.append(Correccion(texto, ruta))
                break
    return halladas[:3]
