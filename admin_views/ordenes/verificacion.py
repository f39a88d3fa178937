"""``verificar``: revisa que todo cuadre, y con algo mal termina con 1 y dice qué."""

from __future__ import annotations

import click
from flask import current_app

from admin_views.ordenes.comun import con_base
from models.domain.catalogo_vigente import vigente
from models.verificacion import verify


@click.command()
@con_base
def verificar() -> None:
    """Revisa la base, los contadores, lo público, la búsqueda y los archivos. Solo lee."""
    mal = 0
    for nombre, hallazgos in verify(vigente.foto, current_app.extensions["almacen"]):
        click.echo(f"{'MAL ' if hallazgos else 'bien'}  {nombre}")
        for hallazgo in hallazgos:
            click.echo(f"      {hallazgo.texto}")
        mal += len(hallazgos)
    if mal:
        raise SystemExit(1)
