"""Descargar un archivo adjunto desde la oficina: solo quien ve un registro que lo usa, o quien lo subió."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, request, send_file
from flask.typing import ResponseReturnValue

from models.adjuntos import Archivo, RegistroArchivo
from models.archivos.subida import MIME
from models.domain.errores import NoExiste
from models.domain.permissions import Accion
from models.folios import de_folio

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


AL_LADO = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""Para ver un PDF junto a sus datos al revisarlo: lo dibuja el visor del navegador, que no ejecuta nada de la casa, y solo
nuestras páginas lo enmarcan. Con ``sandbox`` el visor no abre."""


def download(vista: VistaFormato, folio: str) -> ResponseReturnValue:
    """El archivo, como descarga y sin que el navegador adivine qué es; un PDF, con ``ver=si``, en la página que revisa."""
    fila = _find(vista, folio)
    try:
        contenido = current_app.extensions["almacen"].abrir(fila.sha256)
    except FileNotFoundError as error:
        raise NoExiste() from error
    al_lado = fila.tipo == "pdf" and request.args.get("ver") == "si"
    respuesta = send_file(contenido, mimetype=MIME[fila.tipo], as_attachment=not al_lado, download_name=fila.nombre)
    respuesta.headers["Content-Security-Policy"] = AL_LADO if al_lado else "sandbox; default-src 'none'"
    if al_lado:
        respuesta.headers["X-Frame-Options"] = "SAMEORIGIN"
    respuesta.headers["Cache-Control"] = "private, no-store"
    return respuesta


def _find(vista: VistaFormato, folio: str) -> Archivo:
    try:
        identificador = de_folio(folio)
    except ValueError as error:
        raise NoExiste() from error
    fila = Archivo.get_or_none(Archivo.sujeto_id == vista.actor.sujeto_id, Archivo.id == identificador)
    if fila is None or not (fila.subido_por == vista.actor.id or _lo_usa_uno_visible(vista, identificador)):
        raise NoExiste()
    return fila  # type: ignore[no-any-return]


def _lo_usa_uno_visible(vista: VistaFormato, archivo: int) -> bool:
    modelo = vista.tabla.trabajo
    usos = RegistroArchivo.select(RegistroArchivo.registro_id).where(
        RegistroArchivo.sujeto_id == vista.actor.sujeto_id, RegistroArchivo.archivo_id == archivo,
        RegistroArchivo.clave == vista.tabla.clave)
    return bool(vista.acotada(Accion.VER).where(modelo.id.in_(usos)).exists())
