"""De lo hallado, lo que mejor responde primero: se leen sus datos por llave y se les ponen puntos (``busqueda.relevancia``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson
from peewee import Database

from models.busqueda.consulta import Consulta
from models.busqueda.indice import Hallado, Par
from models.busqueda.normalizador import tokens
from models.busqueda.relevancia import score
from models.formatos import Tabla
from models.presentacion.textos import texto
from models.publicados.comprobacion import read_por_llave
from models.publicados.registros import declared_only

ENTRE = 500
"""Entre cuántos se escoge, de lo más nuevo: leerlos y ponerles puntos tarda unos 10 ms, sea cual sea la tabla."""


class Puntuado(NamedTuple):
    """Un registro hallado y qué tanto responde."""

    puntos: int
    hallado: Hallado

    @property
    def lugar(self) -> tuple[int, int]:
        """Por lo que se ordena, de mayor a menor. No depende de los demás: una página sigue donde acabó la otra."""
        return self.puntos, self.hallado.id


def rank(base: Database, tablas: Mapping[str, Tabla], consulta: Consulta, hallados: Sequence[Hallado]) -> list[Puntuado]:
    """Los mismos, de más puntos a menos. El que acaba de dejar de ser público no va."""
    puntos: dict[Par, int] = {}
    for clave in {uno.clave for uno in hallados} & tablas.keys():
        tabla = tablas[clave]
        pares = [uno.par for uno in hallados if uno.clave == clave]
        for sujeto_id, id_, contenido, catalogo in read_por_llave(base, tabla, pares, ("contenido", "catalogo")):
            puntos[int(sujeto_id), int(id_)] = _score(tabla, consulta, contenido, catalogo)
    puntuados = [Puntuado(puntos[uno.par], uno) for uno in hallados if uno.par in puntos]
    return sorted(puntuados, key=lambda uno: uno.lugar, reverse=True)


def _score(tabla: Tabla, consulta: Consulta, contenido: str, catalogo: int) -> int:
    datos, _ = declared_only(tabla, orjson.loads(contenido)["datos"], es_viejo=catalogo != tabla.numero)
    formato = tabla.formato
    nombre = " ".join(texto(formato.por_nombre[n], datos[n]) for n in formato.titulo if n in datos)
    todo = " ".join(texto(campo, datos[campo.nombre]) for campo in formato.campos if campo.se_busca and campo.nombre in datos)
    return score(consulta, tokens(nombre), tokens(todo))
