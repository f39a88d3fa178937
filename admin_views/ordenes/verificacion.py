"""``verificar``: revisa que todo cuadre, y con algo mal termina con 1 y dice qué."""

from __future__ import annotations

import click
from flask import current_app

from admin_views.ordenes.comun import con_base, entorno_actual
from models.domain.catalogo_vigente import vigente
from models.verificacion import verify
from models.volcado.taller import deposito_de


@click.command()
@con_base
def verificar() -> None:
    """Revisa la base, los contadores, lo público, la búsqueda, los archivos y el volcado. Solo lee."""
    mal = 0
    for nombre, hallazgos in verify(
            vigente.foto, current_app.extensions["almacen"], deposito_de(entorno_actual())):
        click.echo(f"{'MAL ' if hallazgos else 'bien'}  {nombre}")
        for hallazgo in hallazgos:
            click.echo(f"      {hallazgo.texto}")
        mal += len(hallazgos)
    if mal:
        raise SystemExit(1)
