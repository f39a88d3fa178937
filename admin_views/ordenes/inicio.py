"""``iniciar`` y ``demo``: dejar lista la base, y llenarla con la demostración."""

from __future__ import annotations

import click
from flask import current_app

from admin_views.ordenes.comun import con_base, entorno_actual
from admin_views.ordenes.volcado import make, taller_de
from models.demostracion import create_demostracion
from models.domain.catalogo_vigente import vigente
from models.servicio.arranque import prepare_base, release_escritor
from models.servicio.marca import CONTRASENA_DEMO
from models.volcado.taller import SinEspacio


@click.command()
@con_base
def iniciar() -> None:
    """Crea las tablas y, si nunca se ha hecho, pone en vigor el catálogo."""
    prepare_base(entorno_actual())
    release_escritor()
    foto = vigente.foto
    click.echo(f"Lista: catálogo {foto.numero} en vigor, con {len(foto.catalogo.activos)} formatos activos.")


@click.command()
@con_base
def demo() -> None:
    """Llena una base vacía con la demostración. Si ya hay instituciones no toca nada."""
    entorno = entorno_actual()
    if entorno.es_produccion:
        raise click.ClickException(
            "La demostración crea cuentas con una contraseña conocida y no va en producción. Ejecute: "
            "IPOMEX_ENTORNO=demo flask --app app demo")
    prepare_base(entorno)
    try:
        click.echo("Se prepara la demostración; la primera vez tarda cerca de un minuto.")
        resumen = create_demostracion(current_app.extensions["almacen"], click.echo)
    finally:
        release_escritor()
    if resumen is None:
        click.echo("Ya hay datos: se usan los que están.")
        return
    try:
        make(taller_de(entorno))
    except SinEspacio as error:
        click.echo(str(error), err=True)
    click.echo(f"{resumen.registros:,} registros de {resumen.instituciones} instituciones. Entre en /ipo como garante, "
               f"unidad.metepec, admin1.metepec o capt1.metepec, con la contraseña {CONTRASENA_DEMO}")
