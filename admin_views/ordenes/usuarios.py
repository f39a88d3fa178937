"""``usuario``: crear cuentas, bloquearlas, desbloquearlas y darles otra contraseña."""

from __future__ import annotations

from collections.abc import Callable, Collection

import click

from admin_views.ordenes.comun import con_base, find_sujeto, que_escribe
from fracciones_config import Formato
from models.base import db
from models.domain.aplicabilidad import formatos_de
from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import assign, create_cuenta, reset_contrasena, set_activo
from models.domain.entrada import unlock
from models.domain.permissions import Rol
from models.usuarios import Usuario

Alcances = dict[str, tuple[str, ...]]
"""``formato``, ``fraccion`` o ``articulo`` → valores."""

_ALCANCES: dict[str, tuple[str, Callable[[Formato], str]]] = {
    "formato": ("un formato", lambda formato: formato.clave),
    "fraccion": ("una fracción", lambda formato: f"{formato.articulo}-{formato.fraccion}"),
    "articulo": ("un artículo", lambda formato: str(formato.articulo)),
}
"""Alcance → cómo se llama, y su valor en un formato."""


@click.group()
def usuario() -> None:
    """Las cuentas de quienes trabajan en el sistema."""


@usuario.command()
@click.argument("cuenta")
@click.option("--rol", type=click.Choice([str(rol) for rol in Rol]), required=True, help="Su perfil.")
@click.option("--so", "siglas", help="Siglas de su institución (todos menos garante).")
@click.option("--nombre", required=True, help="Nombre y apellidos.")
@click.option("--formato", "formatos", multiple=True, help="Clave de un formato que se le asigna; se puede repetir.")
@click.option("--fraccion", "fracciones", multiple=True, help="Una fracción completa: 12-XI; se puede repetir.")
@click.option("--articulo", "articulos", multiple=True, help="Un artículo completo: 12; se puede repetir.")
@que_escribe
def crear(
    cuenta: str, rol: str, siglas: str | None, nombre: str, formatos: tuple[str, ...], fracciones: tuple[str, ...],
    articulos: tuple[str, ...],
) -> None:
    """Crea una cuenta y escribe su contraseña de un solo uso, que no se vuelve a ver."""
    sujeto = find_sujeto(siglas) if siglas else None
    alcances: Alcances = {"formato": formatos, "fraccion": fracciones, "articulo": articulos}
    _require_asignable(Rol(rol), alcances, formatos_de(sujeto.id, vigente.foto.catalogo) if sujeto else ())
    with db.atomic():
        fila, temporal = create_cuenta(cuenta, nombre, Rol(rol), sujeto.id if sujeto else None)
        for alcance, valores in alcances.items():
            assign(fila, alcance, valores)
    click.echo(f"{fila.usuario}: {temporal}")
    click.echo("Désela en persona; sirve una vez y vence en 72 horas.", err=True)


@usuario.command()
@click.argument("cuenta")
@con_base
def bloquear(cuenta: str) -> None:
    """Impide entrar a una cuenta y cierra sus sesiones."""
    set_activo(_find_cuenta(cuenta), False)
    click.echo(f"{cuenta} quedó bloqueada y sus sesiones, cerradas.")


@usuario.command()
@click.argument("cuenta")
@con_base
def desbloquear(cuenta: str) -> None:
    """Vuelve a dejar entrar: la reactiva y olvida sus intentos fallidos."""
    fila = _find_cuenta(cuenta)
    set_activo(fila, True)
    unlock(fila)
    click.echo(f"{cuenta} ya puede entrar.")


@usuario.command()
@click.argument("cuenta")
@con_base
def contrasena(cuenta: str) -> None:
    """Pone otra contraseña de un solo uso y la escribe; cierra las sesiones de la cuenta."""
    click.echo(f"{cuenta}: {reset_contrasena(_find_cuenta(cuenta))}")
    click.echo("Désela en persona; sirve una vez y vence en 72 horas.", err=True)


def _find_cuenta(cuenta: str) -> Usuario:
    fila = Usuario.get_or_none(Usuario.usuario == cuenta.strip().casefold())
    if fila is None:
        raise click.ClickException(f"No existe la cuenta «{cuenta}». Revise cómo se escribe.")
    encontrada: Usuario = fila
    return encontrada


def _require_asignable(rol: Rol, alcances: Alcances, formatos: Collection[Formato]) -> None:
    """Lo que se asigna existe y le toca a la institución; y solo se asigna a quien trabaja por asignación."""
    pedidos = [(alcance, valor) for alcance, valores in alcances.items() for valor in valores]
    if pedidos and rol not in (Rol.ADMINISTRADOR, Rol.CAPTURISTA):
        raise click.ClickException(f"El perfil {rol} no lleva formatos asignados; quite --formato, --fraccion y --articulo.")
    for alcance, valor in pedidos:
        que, valor_de = _ALCANCES[alcance]
        conocidos = list(dict.fromkeys(map(valor_de, formatos)))
        if valor not in conocidos:
            raise click.ClickException(
                f"«{valor}» no es {que} que le toque a la institución. Hay: {', '.join(conocidos)}.")
