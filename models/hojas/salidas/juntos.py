"""Un .zip con el CSV de los registros y el de cada una de sus tablas, leídos de una sola pasada: dicen lo mismo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Protocol

from fracciones_config import Campo, Formato
from models.hojas.disposicion import tablas_de
from models.hojas.salidas.aparte import Aparte
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.paquete import Paquete
from models.hojas.salidas.renglones import Bloque
from models.hojas.salidas.subtablas import to_filas, to_titulos
from models.hojas.salidas.tablas_csv import Estilo, write_csv

MUCHOS = 50_000
"""Registros desde los que un CSV podría pasar de 2 GiB: serían 43 kB cada uno, más de lo que cabe en los formatos de hoy."""

GRANDE = 2**31 - 2**20
"""Bytes: lo que un .zip dice en 32 bits sin que ningún lector lo tome por negativo."""


def name_of_tabla(nombre: str, campo: str) -> str:
    """``licitaciones.tabla_partes.csv``."""
    return f"{nombre}.tabla_{campo}.csv"


class Destino(Protocol):
    """Donde se va escribiendo una tabla."""

    def write(self, trozo: bytes, /) -> object: ...


def copy_tablas(
    formato: Formato, bloques: Iterable[Bloque], enlaces: Enlaces, estilo: Estilo, destinos: Sequence[tuple[Campo, Destino]],
) -> Iterator[Bloque]:
    """Los mismos bloques; al pasar, lo de cada tabla se escribe en su destino."""
    for campo, destino in destinos:
        destino.write(to_titulos(campo, estilo).encode())
    for bloque in bloques:
        for campo, destino in destinos:
            destino.write(to_filas(formato, campo, bloque, enlaces, estilo).encode())
        yield bloque


def write_juntos(
    formato: Formato, bloques: Iterable[Bloque], enlaces: Enlaces, estilo: Estilo, nombre: str, cuantos: int | None = None,
) -> Iterator[bytes]:
    """El .zip, por trozos. ``nombre``: el del archivo, sin extensión; ``cuantos``: los registros que se esperan, si se sabe."""
    paquete = Paquete()
    with ExitStack() as pila:
        tablas = [(campo, pila.enter_context(Aparte())) for campo in tablas_de(formato)]
        al_paso = copy_tablas(formato, bloques, enlaces, estilo, tablas)
        son_muchos = cuantos is None or cuantos >= MUCHOS
        yield from paquete.add(f"{nombre}.csv", write_csv(formato, al_paso, enlaces, estilo), son_muchos)
        for campo, aparte in tablas:
            yield from paquete.add(name_of_tabla(nombre, campo.nombre), aparte.read(), aparte.pesa >= GRANDE)
    yield paquete.close()
