"""``volcado``: hacer ahora el .zip con todo lo publicado."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click
from flask import current_app

from admin_views.ordenes.comun import con_base, entorno_actual
from models.presentacion.numeros import contar, tamano
from models.reloj import ahora
from models.servicio.entorno import Entorno
from models.volcado.taller import Taller, hash_file


@click.command()
@click.option("-o", "salida", type=click.Path(dir_okay=False, path_type=Path),
              help="Archivo donde escribirlo; sin él, en el lugar del de cada noche.")
@con_base
def volcado(salida: Path | None) -> None:
    """Escribe todo lo publicado en un .zip, como el que se hace cada noche (un Frictionless Data Package)."""
    inicio, taller = time.monotonic(), taller_de(entorno_actual())
    sha256, pesa = write_a(taller, salida) if salida else make(taller)
    click.echo(f"{contar(taller.registros, 'registro', 'registros')}, {tamano(pesa)}, {time.monotonic() - inicio:.1f} s. "
               f"SHA-256: {sha256}")


def taller_de(entorno: Entorno) -> Taller:
    """El de este sitio, con su marca."""
    return Taller(entorno, current_app.extensions["marca"])


def make(taller: Taller) -> tuple[str, int]:
    """El del sitio: se cambia por el anterior de una sola vez. Da su huella y cuánto pesa."""
    for _ in taller.make():
        pass
    assert taller.hecho is not None
    return taller.hecho.sha256, taller.hecho.bytes


def write_a(taller: Taller, salida: Path) -> tuple[str, int]:
    """En otro archivo: aparece completo, o no aparece."""
    provisional = salida.with_name(f".{salida.name}.{os.getpid()}")
    try:
        for _ in taller.write(provisional, ahora()):
            pass
        huella, pesa = hash_file(provisional), provisional.stat().st_size
        os.replace(provisional, salida)
    except OSError as error:
        raise click.ClickException(f"No se pudo escribir {salida}: {error.strerror}.") from error
    finally:
        provisional.unlink(missing_ok=True)
    return huella, pesa
