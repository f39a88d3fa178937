"""Un logotipo: se mira lo que es por dentro, se decodifica con límites y se vuelve a escribir como PNG.

Lo que se guarda no es lo que llegó: sin metadatos, sin nada escondido detrás de la imagen, y de un tamaño razonable.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from models.archivos.subida import ArchivoRechazado

PESO_MAXIMO = 2 * 1024 * 1024
LADO_MAXIMO = 4000
LADO_GUARDADO = 480
"""Píxeles por lado: los que se aceptan, y los que se guardan."""

FORMATOS = ("PNG", "JPEG", "WEBP")
_DICHO = "un logotipo en PNG, JPEG o WebP, de hasta 2 MB y 4,000 píxeles por lado"


@dataclass(frozen=True, slots=True)
class Imagen:
    """Una imagen limpia, en PNG; medidas en píxeles."""

    contenido: bytes
    ancho: int
    alto: int


def clean_imagen(contenido: bytes) -> Imagen:
    """La imagen vuelta a escribir. Lanza ``ArchivoRechazado`` si no es una de las que se aceptan."""
    if not contenido:
        raise ArchivoRechazado(f"Elija {_DICHO}.")
    if len(contenido) > PESO_MAXIMO:
        raise ArchivoRechazado(f"El archivo pesa más de 2 MB; aquí va {_DICHO}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _rewrite(contenido)
    except ArchivoRechazado:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError, Warning,
            Image.DecompressionBombError) as error:
        raise ArchivoRechazado(f"Ese archivo no es una imagen que se pueda leer; aquí va {_DICHO}.") from error


def _rewrite(contenido: bytes) -> Imagen:
    with Image.open(io.BytesIO(contenido), formats=FORMATOS) as original:
        if max(original.size) > LADO_MAXIMO:
            raise ArchivoRechazado(f"La imagen mide {original.width:,} por {original.height:,} píxeles; aquí va {_DICHO}.")
        limpia = original.convert("RGBA")
    limpia.thumbnail((LADO_GUARDADO, LADO_GUARDADO))
    salida = io.BytesIO()
    Image.frombytes("RGBA", limpia.size, limpia.tobytes()).save(salida, "PNG", optimize=True)
    return Imagen(salida.getvalue(), *limpia.size)
