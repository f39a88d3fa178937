"""Las versiones públicas de un registro: la lista, dos comparadas, y cada una en su dirección."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from models.folios import a_folio
from models.formatos import Tabla
from models.presentacion.contraste import Contraste, contrasts_of
from models.publicados import Institucion, Registro
from models.publicados.versiones import Version
from portal.contexto import publicados
from portal.direcciones import to_registro
from portal.errores import MalPedido, NoExiste
from portal.registro import Pasado, draw_registro, find_publico

bp = Blueprint("versiones", __name__)


@dataclass(frozen=True, slots=True)
class Comparacion:
    """Dos versiones y lo que cambió de una a la otra."""

    de: int
    a: int
    contrastes: list[Contraste]


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>/versiones")
def lista(siglas: str, clave: str, folio: str) -> str:
    """Todas, con sus fechas; con ``?de=1&a=3``, qué cambió entre dos. De un registro retirado, su lápida."""
    institucion, tabla, registro = find_publico(siglas, clave, folio)
    versiones = publicados().versiones.de(institucion.id, tabla.clave, registro.id)
    return render_template(
        "versiones.html", institucion=institucion, formato=tabla.formato, registro=registro, versiones=versiones,
        legibles=[version.numero for version in versiones if version.legible],
        comparacion=_compare(institucion, tabla, registro, versiones))


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>/v/<numero:numero>")
def una(siglas: str, clave: str, folio: str, numero: int) -> str | Response:
    """Una versión; la de hoy lleva al registro."""
    institucion, tabla, registro = find_publico(siglas, clave, folio)
    if numero == registro.numero:
        return redirect(to_registro(siglas, tabla.clave, registro.folio), 302)
    versiones = publicados().versiones.de(institucion.id, tabla.clave, registro.id)
    return draw_registro(institucion, tabla, _read(institucion, tabla, registro.id, versiones, numero),
                         Pasado(_find(versiones, numero), len(versiones)))


def _find(versiones: tuple[Version, ...], numero: int) -> Version:
    hallada = next((version for version in versiones if version.numero == numero), None)
    if hallada is None:
        raise NoExiste(f"Este registro no tiene una versión {numero}: tiene {len(versiones)}.")
    if not hallada.legible:
        raise NoExiste(f"La versión {numero} se retiró: se sabe cuándo fue pública, pero ya no se lee.")
    return hallada


def _read(institucion: Institucion, tabla: Tabla, id: int, versiones: tuple[Version, ...], numero: int) -> Registro:
    _find(versiones, numero)
    registro = publicados().versiones.registro(tabla, institucion.id, id, numero)
    if registro is None:
        raise NoExiste(f"La versión {numero} de {a_folio(id)} no existe.")
    return registro


def _compare(
    institucion: Institucion, tabla: Tabla, registro: Registro, versiones: tuple[Version, ...],
) -> Comparacion | None:
    """Lo que se pidió comparar; ``None`` si no se pidió nada."""
    if not (request.args.get("de") or request.args.get("a")):
        return None
    de, a = (_numero(nombre) for nombre in ("de", "a"))
    antes, despues = (_read(institucion, tabla, registro.id, versiones, numero) for numero in (de, a))
    return Comparacion(de, a, contrasts_of(tabla.formato, _contenido(antes), _contenido(despues)))


def _contenido(registro: Registro) -> tuple[dict[str, Any], dict[str, Any]]:
    return dict(registro.datos), dict(registro.vacios)


def _numero(nombre: str) -> int:
    dicho = request.args.get(nombre, "")
    if not (dicho.isascii() and dicho.isdigit() and len(dicho) < 10):
        raise MalPedido("Diga qué dos versiones comparar, con sus números: por ejemplo, la 1 y la 2.")
    return int(dicho)
