"""``plantilla``: el libro de Excel de un formato para una institución, vacío o con lo que ya está."""

from __future__ import annotations

import click

from admin_views.ordenes.comun import con_base, find_sujeto
from fracciones_config import Formato
from models.domain.catalogo_vigente import vigente
from models.domain.periods import claves, find_clave
from models.hojas.plantillas.libro import Pedida, write_plantilla


@click.command()
@click.argument("siglas")
@click.argument("clave")
@click.option("-o", "salida", type=click.Path(dir_okay=False), required=True, help="El libro que se escribe (.xlsx).")
@click.option("--con-datos", is_flag=True, help="Con los registros que ya están, para corregirlos.")
@click.option("--ejercicio", type=click.IntRange(1800, 2200), help="Solo la entrega de ese año.")
@click.option("--periodo", help="Y de ese periodo: T3, M09, «3.er trimestre»…")
@con_base
def plantilla(siglas: str, clave: str, salida: str, con_datos: bool, ejercicio: int | None, periodo: str | None) -> None:
    """Escribe la plantilla del formato CLAVE para la institución SIGLAS."""
    tabla = vigente.foto.tablas.get(clave)
    if tabla is None:
        raise click.ClickException(f"No hay un formato «{clave}» en el catálogo en vigor.")
    if tabla.formato.proyeccion is not None:
        raise click.ClickException("Ese formato se llena desde su propia pantalla, que tiene su propia plantilla.")
    cual = _periodo(tabla.formato, ejercicio, periodo)
    pedida = Pedida(find_sujeto(siglas), tabla, None, con_datos, ejercicio, cual)
    with click.open_file(salida, "wb", atomic=True) as archivo:
        cuantos = write_plantilla(pedida, archivo)
    click.echo(f"{salida}: {cuantos:,} {'registro' if cuantos == 1 else 'registros'}.", err=True)


def _periodo(formato: Formato, ejercicio: int | None, dicho: str | None) -> str | None:
    """La clave del periodo pedido; si no es de este formato, la orden termina diciendo cuáles son."""
    if formato.es_vigente and (ejercicio or dicho):
        raise click.ClickException("Ese formato no lleva ejercicio ni periodo: se publica lo vigente.")
    if not dicho:
        return None
    if ejercicio is None:
        raise click.ClickException("Diga también de qué ejercicio: --ejercicio 2026.")
    cual = find_clave(dicho)
    if cual not in claves(formato.periodicidad):
        suyos = ", ".join(claves(formato.periodicidad))
        raise click.ClickException(f"«{dicho}» no es un periodo de ese formato. Son: {suyos}.")
    return cual
