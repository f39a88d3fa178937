"""``catalogo``: revisar el borrador, ver qué cambiaría, aplicarlo, volver atrás y sacar su esquema."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from admin_views.ordenes.comun import con_base, entorno_actual, que_escribe, tell_faltas
from fracciones_config.esquema import esquema_de_archivo, esquema_de_registro
from fracciones_config.revision import read_archivos, revisar
from models.domain.catalogo_vigente import archivos_de, planear, vigente
from models.domain.plan import Plan
from models.servicio.borrador import put_in_force


@click.group()
def catalogo() -> None:
    """El catálogo de formatos: los archivos son el borrador; lo aplicado es lo que rige."""


@catalogo.command("revisar")
@click.argument("carpeta", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@with_appcontext
def revisar_borrador(carpeta: Path | None) -> None:
    """Dice todas las faltas de la carpeta como archivo:línea:columna; con alguna termina con 1. No usa la base."""
    carpeta = carpeta or entorno_actual().catalogo
    revision = revisar(read_archivos(carpeta))
    if revision.catalogo is None:
        tell_faltas(revision.faltas, f"{os.path.relpath(carpeta)}/")
        return
    click.echo(f"Sin faltas: {len(revision.catalogo.formatos)} formatos, {len(revision.catalogo.listas)} listas.")


@catalogo.command()
@con_base
def plan() -> None:
    """Dice qué cambiaría si se aplicara el borrador. No cambia nada."""
    _tell_plan(_plan_del_borrador())


@catalogo.command()
@que_escribe
def aplicar() -> None:
    """Pone en vigor el borrador; los procesos que sirven lo toman en un segundo. Nunca borra datos."""
    _tell_plan(_plan_del_borrador())
    numero = put_in_force(read_archivos(entorno_actual().catalogo), getpass.getuser())
    click.echo(f"En vigor: catálogo {numero}.")


@catalogo.command()
@click.argument("numero", type=int, required=False)
@que_escribe
def revertir(numero: int | None) -> None:
    """Vuelve a poner en vigor la versión NUMERO (si no se dice, la anterior), con un número nuevo."""
    elegido = numero if numero is not None else vigente.numero_aplicado() - 1
    try:
        archivos = archivos_de(elegido)
    except KeyError as error:
        raise click.ClickException(f"No hay una versión {elegido} del catálogo a la cual volver.") from error
    nuevo = put_in_force(archivos, getpass.getuser())
    click.echo(f"En vigor: catálogo {nuevo}, igual al {elegido}. La carpeta no se tocó: corríjala antes de «aplicar».")


@catalogo.command()
@click.argument("clave", required=False)
@click.option("-o", "salida", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="Archivo de salida.")
@with_appcontext
def esquema(clave: str | None, salida: Any) -> None:
    """Escribe el JSON Schema de los archivos del catálogo, o el de los registros del formato CLAVE."""
    salida.write(json.dumps(_esquema_de(clave), ensure_ascii=False, indent=2) + "\n")


def _esquema_de(clave: str | None) -> dict[str, Any]:
    if clave is None:
        return esquema_de_archivo()
    revision = revisar(read_archivos(entorno_actual().catalogo))
    if revision.catalogo is None:
        tell_faltas(revision.faltas)
    elif formato := revision.catalogo.por_clave.get(clave):
        return esquema_de_registro(formato)
    raise click.ClickException(f"No hay un formato «{clave}» en el borrador.")


def _plan_del_borrador() -> Plan:
    cambios, faltas = planear(read_archivos(entorno_actual().catalogo))
    if faltas:
        tell_faltas(faltas, f"{os.path.relpath(entorno_actual().catalogo)}/")
    return cambios


def _tell_plan(cambios: Plan) -> None:
    if not cambios.pasos:
        click.echo("El borrador es igual a lo que está en vigor.")
    for paso in cambios.pasos:
        click.echo(f"{'seguro ' if paso.seguro else 'cuidado'}  {paso.clave}: {paso.texto}")
