"""El logotipo de una institución, tal como su Unidad lo publicó."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.contexto import Ventanilla
from portal.direcciones import find_institucion
from portal.errores import NoExiste

bp = Blueprint("logo", __name__)


@bp.get("/<siglas:siglas>/logo.png")
def imagen(siglas: str) -> Response:
    """La imagen, con su huella por ETag: si cambia o se quita, se nota al instante."""
    logo = find_institucion(siglas).logo
    if logo is None:
        raise NoExiste("Esta institución no ha puesto su logotipo.")
    try:
        with Ventanilla.de_la_aplicacion().almacen.abrir(logo.sha256) as archivo:
            contenido = archivo.read()
    except OSError as error:
        raise NoExiste("El logotipo no se encuentra por ahora.") from error
    respuesta = Response(contenido, content_type="image/png")
    respuesta.headers["X-Content-Type-Options"] = "nosniff"
    respuesta.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    respuesta.set_etag(logo.sha256)
    return respuesta.make_conditional(request)
