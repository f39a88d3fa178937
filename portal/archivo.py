"""La descarga de un archivo publicado: solo si algún registro público lo tiene en este momento."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, request
from werkzeug.wsgi import wrap_file

from models.archivos.subida import MIME
from models.folios import a_folio, de_folio
from models.publicados import Institucion, Lapida
from portal.contexto import Ventanilla, foto, publicados
from portal.direcciones import find_institucion
from portal.errores import NoExiste, Retirado, Sustituido
from portal.respuestas import attachment

bp = Blueprint("archivo", __name__)
apuntes = logging.getLogger("ipomex.portal")

SIN_EJECUTAR = "sandbox; default-src 'none'"


@bp.get("/<siglas:siglas>/archivo/<folio:folio>/<nombre>")
def descargar(siglas: str, folio: str, nombre: str) -> Response:
    """El archivo. El nombre de la dirección no cuenta: el verdadero va en la respuesta."""
    institucion = find_institucion(siglas)
    try:
        hallado = publicados().archivo(institucion, de_folio(folio))
    except ValueError as error:
        raise NoExiste("El folio del archivo está mal escrito.") from error
    if hallado is None:
        _say_what_happened(institucion, de_folio(folio))
    if hallado is None or hallado.tipo not in MIME:
        raise NoExiste("Ese archivo no existe, o el registro que lo llevaba ya no es público.")
    try:
        contenido = Ventanilla.de_la_aplicacion().almacen.abrir(hallado.sha256)
    except OSError as error:
        apuntes.error("falta en el almacén un archivo publicado: %s", hallado.sha256)
        raise NoExiste("Ese archivo no se encuentra por ahora. Ya quedó anotado para reponerlo.") from error
    respuesta = Response(
        wrap_file(request.environ, contenido), content_type=MIME[hallado.tipo], direct_passthrough=True)
    respuesta.content_length = hallado.bytes
    respuesta.headers["Content-Disposition"] = attachment(hallado.nombre)
    respuesta.headers["X-Content-Type-Options"] = "nosniff"
    respuesta.headers["Content-Security-Policy"] = SIN_EJECUTAR
    respuesta.set_etag(hallado.sha256)
    respuesta.make_conditional(request, accept_ranges=True, complete_length=hallado.bytes)
    return respuesta


def _say_what_happened(institucion: Institucion, archivo_id: int) -> None:
    """410 si el archivo se entregó y ya no: con la lápida de su registro si se retiró, o porque se corrigió."""
    dueno = publicados().dueno_anterior(institucion, archivo_id)
    tabla = foto().tablas.get(dueno[0]) if dueno else None
    if dueno is None or tabla is None:
        return
    registro = publicados().registro(institucion, tabla, dueno[1])
    if isinstance(registro, Lapida):
        raise Retirado(registro, institucion, tabla.formato,
                       publicados().versiones.de(institucion.id, tabla.clave, dueno[1]), es_archivo=True)
    raise Sustituido(f"Este archivo ya no se entrega: su registro ({a_folio(dueno[1])}) se corrigió y ya no lo lleva.")
