"""``resumen``: mandar ahora los resúmenes por correo que hoy falten."""

from __future__ import annotations

import click

from admin_views.ordenes.comun import entorno_actual, que_escribe
from models.presentacion.numeros import contar
from models.servicio.correo_diario import send_resumenes
from models.servicio.smtp import read_smtp


@click.command()
@que_escribe
def resumen() -> None:
    """Manda ya el resumen de hoy a quien tenga algo nuevo sin leer y no lo haya recibido."""
    entorno = entorno_actual()
    if not entorno.smtp:
        raise click.ClickException("Falta IPOMEX_SMTP, con el servidor de correo. El README dice cómo se escribe.")
    hecho = send_resumenes(read_smtp(entorno.smtp), entorno.direccion)
    click.echo(f"{contar(hecho.enviados, 'resumen enviado', 'resúmenes enviados')}.")
    if hecho.fallidos:
        click.echo(f"{contar(hecho.fallidos, 'no se pudo entregar', 'no se pudieron entregar')}.", err=True)
    if hecho.caido:
        raise click.ClickException("El servidor de correo no contesta; se reintentará. Revise IPOMEX_SMTP.")
