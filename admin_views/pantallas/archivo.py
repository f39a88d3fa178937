"""Descargar un archivo adjunto desde la oficina: solo quien ve un registro que lo usa, o quien lo subió."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, send_file
from flask.typing import ResponseReturnValue

from models.adjuntos import Archivo, RegistroArchivo
from models.archivos.subida import MIME
from models.domain.errores import NoExiste
from models.domain.permissions import Accion
from models.folios import de_folio

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def download(vista: VistaFormato, folio: str) -> ResponseReturnValue:
    """El archivo, siempre como descarga y sin que el navegador adivine qué es."""
    fila = _find(vista, folio)
    try:
        contenido = current_app.extensions["almacen"].abrir(fila.sha256)
    except FileNotFoundError as error:
        raise NoExiste() from error
    respuesta = send_file(contenido, mimetype=MIME[fila.tipo], as_attachment=True, download_name=fila.nombre)
    respuesta.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
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
