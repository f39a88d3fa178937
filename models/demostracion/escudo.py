"""El logotipo de una institución de la demostración, dibujado aquí: ninguno es el verdadero."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from fracciones_config import Catalogo
from models.archivos.almacen import AlmacenEnDisco
from models.demostracion.libreto import Ficha
from models.domain.logotipo import put_logo
from models.domain.permissions import Actor

CON_ESCUDO = "metepec"
LADO = 320


def hang_escudo(unidad: Actor, ficha: Ficha, almacen: AlmacenEnDisco, catalogo: Catalogo) -> None:
    """Lo sube la Unidad de la institución que lo lleva."""
    if ficha.siglas == CON_ESCUDO:
        put_logo(unidad, almacen, io.BytesIO(draw_escudo()), f"Escudo de ejemplo de {ficha.nombre_corto}: un cerro bajo el sol",
                 catalogo)


def draw_escudo() -> bytes:
    """Un escudo con un cerro y un sol, en PNG."""
    lienzo = Image.new("RGBA", (LADO, LADO), (0, 0, 0, 0))
    pluma = ImageDraw.Draw(lienzo)
    pluma.polygon([(30, 20), (290, 20), (290, 190), (160, 305), (30, 190)], fill="#0b4f6c")
    pluma.ellipse([125, 50, 195, 120], fill="#f2b134")
    pluma.polygon([(60, 200), (160, 110), (260, 200), (160, 285)], fill="#2f7d4f")
    pluma.line([(30, 20), (290, 20), (290, 190), (160, 305), (30, 190), (30, 20)], fill="#f7f4ea", width=8)
    salida = io.BytesIO()
    lienzo.save(salida, "PNG")
    return salida.getvalue()
