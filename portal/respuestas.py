"""Lo que toda respuesta del portal lleva: idioma, ETag fuerte y «guárdela, pero pregunte antes de usarla»."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, request

from portal.dependencias import describe

SIEMPRE_PREGUNTE = "public, no-cache"
"""Así un retiro se nota al instante, y lo que no cambió cuesta un 304."""


def sellar(respuesta: Response) -> Response:
    """Después de cada petición: cabeceras, huella y respuesta condicional; y dicho si se puede recordar."""
    describe(respuesta)
    respuesta.headers.setdefault("Content-Language", "es-MX")
    if respuesta.status_code not in (200, 206):
        respuesta.headers.setdefault("Cache-Control", "no-cache")
        return respuesta
    respuesta.headers.setdefault("Cache-Control", SIEMPRE_PREGUNTE)
    if not respuesta.is_streamed and "ETag" not in respuesta.headers:
        respuesta.set_etag(hashlib.sha256(respuesta.get_data()).hexdigest()[:32])
    if "Accept-Ranges" not in respuesta.headers:
        respuesta.make_conditional(request)
    return respuesta


def download(cuerpo: Iterable[bytes] | bytes, tipo: str, nombre: str, etag: str | None = None) -> Response:
    """Datos abiertos: cualquiera los puede leer desde otra página, y se guardan con nombre."""
    respuesta = Response(cuerpo, content_type=tipo)
    respuesta.headers["Content-Disposition"] = f'attachment; filename="{nombre}"'
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    if etag:
        respuesta.set_etag(etag)
    if not isinstance(cuerpo, bytes):  # werkzeug juntaría todo el cuerpo en memoria para medirlo
        respuesta.automatically_set_content_length = False
    return respuesta


def hash_of(*insumos: object) -> str:
    """La huella de los insumos de una respuesta que no se tiene entera."""
    return hashlib.sha256(repr(insumos).encode()).hexdigest()[:32]


def attachment(nombre: str) -> str:
    """``Content-Disposition`` de un archivo con cualquier nombre (RFC 6266)."""
    ascii_ = "".join(c if c.isascii() and (c.isalnum() or c in " .-_") else "_" for c in nombre)
    return f"attachment; filename=\"{ascii_}\"; filename*=UTF-8''{quote(nombre, safe='')}"


