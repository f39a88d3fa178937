"""Las palabras más usadas en lo publicado: salen del índice, y de lo que se halla con cada una sale cómo se escribe.

Las hace el trabajador cuando algo público cambió, nunca una petición. Los números no se sugieren.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from peewee import chunked

from models.base import db
from models.busqueda.alcance import TODO
from models.busqueda.consulta import Consulta, Termino
from models.busqueda.motores import indice_de
from models.busqueda.normalizador import plegar, tokens
from models.domain.workflow.indizado import read_textos
from models.formatos import Tabla
from models.palabras import PubPalabra
from models.pulso import PubPulso
from models.reloj import ahora

MAXIMO = 20_000
"""Palabras que se guardan, de las más usadas."""

ESPERA = 15 * 60_000
"""Milisegundos entre una vez y otra: en día de publicar el pulso no para, y con un millón de registros tarda segundos."""

_MUESTRA = 2
"""Registros que se leen por cada palabra de la que aún no se sabe cómo se escribe."""

_ESCRITA = re.compile(r"[^\W\d_]+")


class Vocabulario:
    """Las rehace cuando el pulso de lo público cambió desde la última vez, y no antes de ``espera`` milisegundos."""

    def __init__(self, espera: int = ESPERA) -> None:
        self._espera, self._no_antes = espera, 0
        self._pulso: int | None = None

    def look(self, tablas: Mapping[str, Tabla]) -> int | None:
        """Una mirada: cuántas palabras quedaron, o ``None`` si nada había cambiado o todavía no toca."""
        if ahora() < self._no_antes:
            return None
        pulso = sum(n for (n,) in PubPulso.select(PubPulso.n).tuples())
        if pulso == self._pulso:
            return None
        cuantas = rebuild_palabras(tablas)
        self._pulso, self._no_antes = pulso, ahora() + self._espera
        return cuantas


def rebuild_palabras(tablas: Mapping[str, Tabla]) -> int:
    """Rehace la tabla; da cuántas palabras tiene. Solo la última parte, que es corta, detiene a quien escribe."""
    frecuentes = dict(indice_de(db.obj).frecuentes(MAXIMO))
    formas = _Formas(tablas)
    filas = []
    for raiz, n in frecuentes.items():
        if forma := formas.de(raiz):
            filas.append({"raiz": raiz, "forma": forma, "plegada": plegar(forma), "n": n})
    with db.atomic():
        PubPalabra.delete().execute()
        for unas in chunked(filas, 500):
            PubPalabra.insert_many(unas).execute()
    return len(filas)


class _Formas:
    """Cómo se escribe cada palabra en lo publicado: de cada registro que se lee se aprenden todas las suyas."""

    def __init__(self, tablas: Mapping[str, Tabla]) -> None:
        self._tablas = tablas
        self._vistas: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def de(self, raiz: str) -> str:
        """La manera más común; ``""`` si ya no está en nada público."""
        if raiz not in self._vistas:
            self._learn(raiz)
        veces = self._vistas.get(raiz)
        return min(veces, key=lambda forma: (-veces[forma], forma)) if veces else ""

    def _learn(self, raiz: str) -> None:
        consulta = Consulta((Termino((raiz,)),))
        for hallado in indice_de(db.obj).hallar(consulta, TODO, limite=_MUESTRA):
            tabla = self._tablas.get(hallado.clave)
            if tabla is None:
                continue
            publica: Any = tabla.publica
            suya = publica.select(publica.contenido).where(publica.sujeto_id == hallado.sujeto_id, publica.id == hallado.id)
            for (contenido,) in suya.tuples():
                for texto in read_textos(tabla.formato, contenido):
                    for escrita in _ESCRITA.findall(texto):
                        if len(suyas := tokens(escrita)) == 1:
                            self._vistas[suyas[0]][escrita.lower()] += 1
