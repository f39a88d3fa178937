"""Palabras que sí están en lo publicado: las que empiezan como lo tecleado, y las que se le parecen."""

from __future__ import annotations

from peewee import Database

from models.busqueda.alcance import TODO
from models.busqueda.consulta import Consulta, Termino
from models.busqueda.motores import indice_de
from models.busqueda.normalizador import plegar
from models.palabras import PubPalabra
from models.publicados.hallazgos import Busqueda

CERCANAS = 3
_FIN = "{"
"""La letra que sigue a la «z»."""


class Palabras:
    """Solo da palabras con las que en este momento se halla algo: lo retirado tampoco se sugiere."""

    def __init__(self, base: Database) -> None:
        self.base = base

    def starting(self, comienzo: str, limite: int) -> list[str]:
        """Las más usadas que empiezan así, como se escriben."""
        plegado = plegar(comienzo)
        consulta = (PubPalabra.select(PubPalabra.raiz, PubPalabra.forma)
                    .where(PubPalabra.plegada >= plegado, PubPalabra.plegada < plegado + _FIN)
                    .order_by(PubPalabra.n.desc(), PubPalabra.raiz).limit(limite * 2))
        return [forma for raiz, forma in consulta.bind(self.base).tuples() if self.is_alive(raiz)][:limite]

    def near(self, palabra: str) -> list[str]:
        """Las que se escriben casi igual, de la más parecida y usada a la menos."""
        plegada = plegar(palabra)
        if len(plegada) < 3 or not plegada.isalpha():
            return []
        tolera = 1 if len(plegada) < 5 else 2
        consulta = PubPalabra.select(PubPalabra.raiz, PubPalabra.forma, PubPalabra.plegada, PubPalabra.n).where(
            PubPalabra.plegada >= plegada[0], PubPalabra.plegada < plegada[0] + _FIN)
        parecidas = sorted(
            (lejos, -n, raiz, forma) for raiz, forma, otra, n in consulta.bind(self.base).tuples()
            if abs(len(otra) - len(plegada)) <= tolera and (lejos := distance(plegada, otra, tolera)) <= tolera)
        return [forma for _, _, raiz, forma in parecidas[:CERCANAS * 2] if self.is_alive(raiz)][:CERCANAS]

    def is_alive(self, raiz: str) -> bool:
        """Si hoy se halla algo con esa palabra."""
        return self.finds(Busqueda(Consulta((Termino((raiz,)),)), TODO))

    def finds(self, busqueda: Busqueda) -> bool:
        """Si hoy se halla algo (en un rango, quizá solo en sus orillas)."""
        return not busqueda.esta_vacia and bool(indice_de(self.base).hallar(busqueda.consulta, busqueda.alcance, limite=1))


def distance(una: str, otra: str, tope: int) -> int:
    """Letras que hay que cambiar, quitar, poner o voltear para ir de una a otra; ``tope + 1`` si son más de ``tope``."""
    antes: list[int] = []
    previa = list(range(len(otra) + 1))
    for i, letra in enumerate(una, 1):
        fila = [i]
        for j, suya in enumerate(otra, 1):
            costo = min(previa[j] + 1, fila[j - 1] + 1, previa[j - 1] + (letra != suya))
            if i > 1 and j > 1 and letra == otra[j - 2] and una[i - 2] == suya:
                costo = min(costo, antes[j - 2] + 1)
            fila.append(costo)
        if min(fila) > tope:
            return tope + 1
        antes, previa = previa, fila
    return min(previa[-1], tope + 1)
