"""``exportar``: los registros de un formato, en las mismas formas que se descargan. Memoria constante."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from admin_views.ordenes.comun import con_base, entorno_actual, find_sujeto
from models.domain.catalogo_vigente import vigente
from models.formatos import Tabla
from models.hojas.disposicion import Identidad, tablas_de
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import FORMAS, Forma, Salida
from models.hojas.salidas.fuentes import iter_de_trabajo, iter_publico
from models.hojas.salidas.juntos import copy_tablas, name_of_tabla
from models.hojas.salidas.renglones import Bloque, Titular, to_bloques
from models.sujetos import SujetoObligado

EN_PANTALLA = "-"


@click.command()
@click.argument("clave")
@click.option("--so", "siglas", help="Solo la institución con estas siglas.")
@click.option("--trabajo", is_flag=True, help="Lo de trabajo, en todos sus estados, en vez de lo publicado.")
@click.option("--formato", "forma", type=click.Choice(list(FORMAS)), required=True,
              help="csv y zip son para programas; excel y zip-excel, para abrirse en Excel.")
@click.option("-o", "salida", type=click.Path(dir_okay=False, allow_dash=True), required=True,
              help="Archivo de salida; «-» es la pantalla.")
@con_base
def exportar(clave: str, siglas: str | None, trabajo: bool, forma: str, salida: str) -> None:
    """Escribe los registros publicados del formato CLAVE.

    En CSV, los campos que son tablas van cada uno en su archivo, junto al principal: F.csv y F.tabla_CAMPO.csv.
    """
    tabla = vigente.foto.tablas.get(clave)
    if tabla is None:
        raise click.ClickException(f"No hay un formato «{clave}» en el catálogo en vigor.")
    sujetos = [find_sujeto(siglas)] if siglas else list(SujetoObligado.select().order_by(SujetoObligado.id))
    pedido = Salida(
        tabla, iter_bloques(tabla, sujetos, trabajo), Enlaces(entorno_actual().direccion, de_trabajo=trabajo),
        clave if salida == EN_PANTALLA else Path(salida).stem,
        Identidad(clave, vigente.foto.numero, siglas) if siglas else None)
    click.echo(f"{_write(pedido, FORMAS[forma], salida):,} registros.", err=True)


def iter_bloques(tabla: Tabla, sujetos: Iterable[SujetoObligado], trabajo: bool) -> Iterator[Bloque]:
    """Los registros de cada institución, en su orden."""
    leer = iter_de_trabajo if trabajo else iter_publico
    for sujeto in sujetos:
        yield from to_bloques(Titular(sujeto.siglas, sujeto.nombre), leer(tabla, sujeto.id))


def _write(pedido: Salida, forma: Forma, salida: str) -> int:
    """Escribe el archivo y, si es un CSV, el de cada tabla a su lado; a medias no deja ninguno. Da cuántos fueron."""
    cuantos = 0

    def contados(bloques: Iterable[Bloque]) -> Iterator[Bloque]:
        nonlocal cuantos
        for bloque in bloques:
            cuantos += len(bloque.filas)
            yield bloque

    with ExitStack() as pila:
        bloques = contados(pedido.bloques)
        if forma.estilo is not None and salida != EN_PANTALLA:
            al_lado = [(campo, pila.enter_context(_open(name_of_tabla(str(Path(salida).with_suffix("")), campo.nombre))))
                       for campo in tablas_de(pedido.tabla.formato)]
            bloques = copy_tablas(pedido.tabla.formato, bloques, pedido.enlaces, forma.estilo, al_lado)
        archivo = pila.enter_context(_open(salida))
        for trozo in forma.escribir(replace(pedido, bloques=bloques)):
            archivo.write(trozo)
    return cuantos


def _open(salida: str) -> AbstractContextManager[IO[bytes]]:
    return click.open_file(salida, "wb", atomic=salida != EN_PANTALLA)
