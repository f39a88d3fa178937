"""Todo lo publicado en un solo archivo: ``/datos/volcado.zip``, con su huella y su descriptor."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from models.presentacion.fechas import momento
from models.volcado.deposito import Volcado
from portal.contexto import Ventanilla, marca
from portal.dependencias import never_remember
from portal.errores import NoExiste

bp = Blueprint("volcado", __name__)

_TROZO = 64 * 1024


@bp.get("/datos/volcado.zip")
def paquete() -> Response:
    """El último volcado; se puede pedir por partes (``Range``) y seguir una descarga que se cortó."""
    volcado, contenido = _abrir()
    respuesta = Response(wrap_file(request.environ, contenido, _TROZO), content_type="application/zip", direct_passthrough=True)
    respuesta.headers["Content-Disposition"] = f'attachment; filename="{name_of(volcado)}"'
    respuesta.content_length = volcado.bytes
    try:
        return _sellar(respuesta, volcado, accept_ranges=True)
    except RequestedRangeNotSatisfiable:
        contenido.close()
        raise


@bp.get("/datos/volcado.zip.sha256")
def huella() -> Response:
    """La huella del .zip, como la escribe y la comprueba ``sha256sum``."""
    volcado, contenido = _abrir()
    contenido.close()
    renglon = f"{volcado.sha256}  {name_of(volcado)}\n".encode()
    respuesta = Response([renglon], content_type="text/plain; charset=utf-8", direct_passthrough=True)
    return _sellar(respuesta, volcado)


@bp.get("/datos/datapackage.json")
def descriptor() -> Response:
    """El descriptor que va dentro: qué trae cada archivo, sin bajarlos todos."""
    volcado, contenido = _abrir()
    with contenido, zipfile.ZipFile(contenido) as archivo:
        cuerpo = archivo.read("datapackage.json")
    return _sellar(Response([cuerpo], content_type="application/json", direct_passthrough=True), volcado)


def find_actual() -> Volcado | None:
    """El último volcado, para decir en una página de cuándo es y cuánto pesa; ``None`` si no lo hay."""
    never_remember()
    deposito = Ventanilla.de_la_aplicacion().deposito
    return deposito.actual() if deposito else None


def hour() -> int | None:
    """La hora desde la que se hace cada día; ``None`` si no se hace solo."""
    deposito = Ventanilla.de_la_aplicacion().deposito
    return deposito.hora if deposito else None


def name_of(volcado: Volcado) -> str:
    """Cómo se llama al guardarlo: con su fecha, para que dos no se confundan."""
    return f"{marca().sistema.lower()}-{momento(volcado.creado).date().isoformat()}.zip"


def _abrir() -> tuple[Volcado, BinaryIO]:
    deposito = Ventanilla.de_la_aplicacion().deposito
    abierto = deposito.abrir() if deposito else None
    if abierto is not None:
        return abierto
    cuando = "" if deposito is None or deposito.hora is None else (
        f" Se hace cada noche, desde las {deposito.hora:02}:00 horas (Ciudad de México): vuelva después.")
    raise NoExiste(f"Todavía no se ha hecho el archivo con todo lo publicado.{cuando} Mientras tanto, cada tipo de información "
                   "se descarga por separado; por ejemplo, /datos/licitaciones.csv")


def _sellar(respuesta: Response, volcado: Volcado, accept_ranges: bool = False) -> Response:
    """Lo que las tres llevan. No son de las páginas que se recuerdan: cambian sin que nadie publique."""
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    respuesta.set_etag(volcado.sha256)
    respuesta.last_modified = momento(volcado.creado)
    largo = volcado.bytes if accept_ranges else None
    respuesta.make_conditional(request, accept_ranges=accept_ranges, complete_length=largo)
    return respuesta
