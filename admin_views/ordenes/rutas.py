"""``rutas``: todas las direcciones del sistema, con su clase y el permiso que piden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from admin_views.rutas import CLASES

NEGADA = "negada"
"""La clase de lo que no está clasificado: responde 404."""

_DE_OFICIO = frozenset({"HEAD", "OPTIONS"})


@click.command()
@click.option("--json", "en_json", is_flag=True, help="En JSON, para otros programas.")
@with_appcontext
def rutas(en_json: bool) -> None:
    """Lista cada ruta de la oficina y del portal, con su clase y su permiso."""
    oficina: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    todas = [*routes_of_oficina(oficina), *routes_of_portal(oficina.extensions["ipomex"]["portal"])]
    if en_json:
        click.echo(json.dumps(todas, ensure_ascii=False, indent=2))
        return
    for ruta in todas:
        click.echo(f"{ruta['clase']:<10} {ruta['permiso'] or '':<16} {','.join(ruta['metodos']):<10} {ruta['ruta']}")


def routes_of_oficina(oficina: Flask) -> Iterator[dict[str, Any]]:
    """Las rutas de la oficina, según ``admin_views.rutas``."""
    for regla in _reglas(oficina):
        clase = CLASES.get(regla.endpoint)
        permiso = clase.permiso if clase else None
        yield _ruta("oficina", regla, clase.nombre if clase else NEGADA, str(permiso) if permiso else None)


def routes_of_portal(portal: Flask) -> Iterator[dict[str, Any]]:
    """Las del portal: no hay sesión, así que todas son públicas."""
    for regla in _reglas(portal):
        yield _ruta("portal", regla, "publica", None)


def _reglas(app: Flask) -> list[Any]:
    return sorted(app.url_map.iter_rules(), key=lambda regla: (regla.rule, regla.endpoint))


def _ruta(aplicacion: str, regla: Any, clase: str, permiso: str | None) -> dict[str, Any]:
    return {"aplicacion": aplicacion, "ruta": regla.rule, "metodos": sorted(regla.methods - _DE_OFICIO),
            "endpoint": regla.endpoint, "clase": clase, "permiso": permiso}
