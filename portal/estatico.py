"""Los archivos propios del portal —estilo, guion, ícono y colores— en memoria, y con su huella en la dirección."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, request

from models.servicio.marca import Marca
from portal.errores import NoExiste

bp = Blueprint("estatico", __name__)

ENDPOINT = "estatico.archivo"
CARPETA = Path(__file__).parent / "estatico"
UN_ANIO = 31_536_000
TIPOS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

_NOMBRE = re.compile(r"[a-z-]+")
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}")


@dataclass(frozen=True, slots=True)
class Estatico:
    """Un archivo y las primeras letras de su SHA-256."""

    contenido: bytes
    tipo: str
    huella: str


def install(app: Flask, marca: Marca) -> None:
    """Lee la carpeta una vez y deja ``estatico('portal.css')`` a la mano de las plantillas."""
    archivos = {ruta.name: _hacer(ruta.name, ruta.read_bytes()) for ruta in sorted(CARPETA.iterdir())
                if ruta.suffix in TIPOS}
    archivos["marca.css"] = _hacer("marca.css", colors_css(marca).encode())
    app.extensions["estatico"] = archivos
    app.jinja_env.globals["estatico"] = lambda nombre: f"/estatico/{nombre}?v={archivos[nombre].huella}"


def colors_css(marca: Marca) -> str:
    """Los colores de la marca como propiedades CSS; lo que no parece un color no pasa."""
    renglones = "".join(f"--{nombre}:{color};" for nombre, color in sorted(marca.colores.items())
                        if _NOMBRE.fullmatch(nombre) and _COLOR.fullmatch(color))
    return f":root{{{renglones}}}\n"


@bp.get("/estatico/<nombre>")
def archivo(nombre: str) -> Response:
    """Un archivo propio; con su huella en la dirección se guarda un año."""
    hallado = cast(dict[str, Estatico], current_app.extensions["estatico"]).get(nombre)
    if hallado is None:
        raise NoExiste("Ese archivo del portal no existe.")
    respuesta = Response(hallado.contenido, content_type=hallado.tipo)
    if request.args.get("v") == hallado.huella:
        respuesta.headers["Cache-Control"] = f"public, max-age={UN_ANIO}, immutable"
    return respuesta


def _hacer(nombre: str, contenido: bytes) -> Estatico:
    return Estatico(contenido, TIPOS[Path(nombre).suffix], hashlib.sha256(contenido).hexdigest()[:12])
