"""Lo que toda orden hace igual: abrir la base, y decir las faltas en un renglón, sin trazas."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec

import click
from flask import current_app
from flask.cli import with_appcontext
from peewee import DatabaseError, InterfaceError

from fracciones_config import CatalogoInvalido
from models.base import db
from models.domain.catalogo_vigente import SinCatalogo
from models.domain.errores import ReglaRota
from models.escritores import arrendar
from models.servicio.arranque import release_escritor
from models.servicio.entorno import Entorno, EntornoInvalido
from models.sujetos import SujetoObligado

P = ParamSpec("P")


def entorno_actual() -> Entorno:
    """La configuración con que se armó la aplicación."""
    entorno: Entorno = current_app.extensions["entorno"]
    return entorno


def con_base(orden: Callable[P, None]) -> Callable[P, None]:
    """La orden corre con la base abierta; lo que salga mal se dice en español y termina con 1."""
    @with_appcontext
    @functools.wraps(orden)
    def envuelta(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with db.connection_context():
                orden(*args, **kwargs)
        except (ReglaRota, EntornoInvalido, SinCatalogo) as error:
            raise click.ClickException(str(error)) from error
        except CatalogoInvalido as error:
            tell_faltas(error.faltas)
        except (DatabaseError, InterfaceError) as error:
            raise click.ClickException(f"La base de datos no respondió: {error}. Si es nueva, antes ejecute: "
                                       "flask --app app iniciar") from error
    return envuelta


def que_escribe(orden: Callable[P, None]) -> Callable[P, None]:
    """Además toma un número de escritor mientras dura: sin él, dos procesos podrían hacer el mismo identificador."""
    @con_base
    @functools.wraps(orden)
    def envuelta(*args: P.args, **kwargs: P.kwargs) -> None:
        arrendar()
        try:
            orden(*args, **kwargs)
        finally:
            release_escritor()
    return envuelta


def tell_faltas(faltas: list[Any], carpeta: str = "") -> None:
    """Escribe cada falta como ``archivo:línea:columna: …`` y termina con 1."""
    for falta in faltas:
        click.echo(f"{carpeta}{falta}")
    click.echo(f"{len(faltas)} {'falta' if len(faltas) == 1 else 'faltas'}.", err=True)
    raise SystemExit(1)


def find_sujeto(siglas: str) -> SujetoObligado:
    """La institución con esas siglas; si no hay, la orden termina diciendo cuáles son."""
    sujeto = SujetoObligado.get_or_none(SujetoObligado.siglas == siglas)
    if sujeto is None:
        raise click.ClickException(f"No hay una institución con las siglas «{siglas}». Revise cómo se escriben en su "
                                   "dirección pública.")
    encontrado: SujetoObligado = sujeto
    return encontrado
