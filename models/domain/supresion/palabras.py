"""Las palabras que el buscador sugiere: las que solo estaban en lo suprimido se quitan en ese momento."""

from __future__ import annotations

from collections.abc import Iterable

from models.base import db
from models.busqueda.alcance import TODO
from models.busqueda.consulta import Consulta, Termino
from models.busqueda.motores import indice_de
from models.busqueda.normalizador import tokens
from models.palabras import PubPalabra


def drop_palabras(textos: Iterable[str]) -> None:
    """Quita las de esos textos que ya no hallan nada público. El índice ya debe estar al día."""
    raices = sorted({raiz for texto in textos for raiz in tokens(texto)})
    guardadas = [raiz for (raiz,) in PubPalabra.select(PubPalabra.raiz).where(PubPalabra.raiz.in_(raices)).tuples()]
    indice = indice_de(db.obj)
    solas = [raiz for raiz in guardadas if not indice.hallar(Consulta((Termino((raiz,)),)), TODO, limite=1)]
    if solas:
        PubPalabra.delete().where(PubPalabra.raiz.in_(solas)).execute()
