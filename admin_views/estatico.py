"""Hojas de estilo y guiones propios: la dirección lleva la huella del contenido y se guardan un año."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory

bp = Blueprint("estatico", __name__)

CARPETA = Path(__file__).parent / "estatico"


@cache
def huella(nombre: str) -> str:
    """Las primeras letras del SHA-256 de un archivo estático."""
    return hashlib.sha256((CARPETA / nombre).read_bytes()).hexdigest()[:12]


def url_estatica(nombre: str) -> str:
    """La dirección de un archivo estático, con su huella."""
    return f"/ipo/estatico/{huella(nombre)}/{nombre}"


@bp.get("/ipo/estatico/<huella>/<path:nombre>")
def archivo(huella: str, nombre: str) -> Response:
    """Entrega un archivo propio de la oficina."""
    if nombre not in {ruta.name for ruta in CARPETA.iterdir()}:
        abort(404)
    respuesta = send_from_directory(CARPETA, nombre, max_age=31_536_000)
    respuesta.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return respuesta
