"""Las páginas de error: en español, con salida, y nunca un 5xx por algo que alguien tecleó."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from flask import Flask, Response, render_template, request
from peewee import InterfaceError, OperationalError
from playhouse.pool import MaxConnectionsExceeded
from werkzeug.exceptions import BadRequest, Gone, HTTPException, NotFound, UnprocessableEntity
from werkzeug.routing import RequestRedirect

from fracciones_config import Formato
from models.domain.catalogo_vigente import SinCatalogo
from models.presentacion.fechas import momento, solo_fecha
from models.publicados import Institucion, Lapida
from models.publicados.versiones import Version

apuntes = logging.getLogger("ipomex.portal")


class ConMensaje(HTTPException):
    """Un error que dice, para una persona, qué pasó. ``detalles`` es lo que además se le dice a un programa."""

    def __init__(self, mensaje: str, **detalles: object) -> None:
        super().__init__()
        self.mensaje, self.detalles = mensaje, detalles


class NoExiste(ConMensaje, NotFound):
    """Lo pedido no existe; el mensaje dice qué."""


class MalPedido(ConMensaje, BadRequest):
    """Lo que se pidió está mal escrito; el mensaje dice cómo va."""


class Sustituido(ConMensaje, Gone):
    """Un archivo que se entregó y se quitó al corregir su registro."""


class NoSirve(ConMensaje, UnprocessableEntity):
    """Un parámetro de la interfaz está mal: dice cuál, y qué puede ser."""

    def __init__(self, parametro: str, mensaje: str) -> None:
        super().__init__(mensaje, parametro=parametro)


class Retirado(ConMensaje, Gone):
    """El registro fue público y se retiró: 410, con su lápida."""

    def __init__(
        self, lapida: Lapida, institucion: Institucion, formato: Formato, versiones: tuple[Version, ...] = (),
        es_archivo: bool = False,
    ) -> None:
        super().__init__(
            f"Se retiró el {solo_fecha(lapida.retirado_en)}. Motivo: {lapida.motivo}", folio=lapida.folio,
            retirado_en=momento(lapida.retirado_en).isoformat(timespec="seconds"), motivo=lapida.motivo)
        self.versiones, self.es_archivo = versiones, es_archivo
        self.lapida, self.institucion, self.formato = lapida, institucion, formato


@dataclass(frozen=True, slots=True)
class Falla:
    """Lo que una página de error dice."""

    codigo: int
    titulo: str
    mensaje: str


ABIERTOS = (".atom", ".csv", ".json", ".jsonld", ".txt", ".xlsx", ".zip")
"""Lo que lee un programa: sus errores no llevan página."""

DE_LA_INTERFAZ = "/api/"
"""Bajo esta dirección todo error es un problema en JSON (RFC 9457); la página de ayuda es la única que no es de programas."""

_FALLAS = {
    400: ("La petición no se entiende", "Revise la dirección, o empiece desde el inicio."),
    404: ("Esta página no existe", "La dirección no lleva a nada publicado: puede estar mal escrita."),
    410: ("Esto ya no es público", "Se retiró."),
    422: ("Un parámetro no sirve", "Revise la dirección."),
    405: ("Eso no se puede hacer aquí", "El portal solo se consulta: no recibe datos."),
    500: ("Algo falló de nuestro lado", "Ya quedó anotado. Intente de nuevo en unos minutos."),
    503: ("El portal está muy ocupado", "Intente de nuevo en unos segundos."),
}


def install(app: Flask) -> None:
    """Conecta las páginas de error."""
    app.register_error_handler(HTTPException, _de_http)
    app.register_error_handler(Exception, _de_programa)
    for ocupado in (OperationalError, InterfaceError, MaxConnectionsExceeded, SinCatalogo):
        app.register_error_handler(ocupado, _de_base)


def _de_http(error: HTTPException) -> Response | HTTPException:
    if isinstance(error, RequestRedirect) or error.code is None or error.code < 400 or error.response is not None:
        return error
    if isinstance(error, Retirado) and (error.es_archivo or not _lee_un_programa()):
        return Response(render_template("lapida.html", lapida=error.lapida, institucion=error.institucion,
                                        formato=error.formato, versiones=error.versiones, es_archivo=error.es_archivo), 410)
    titulo, mensaje = _FALLAS.get(error.code, _FALLAS[400 if error.code < 500 else 500])
    detalles: dict[str, object] = {}
    if isinstance(error, ConMensaje):
        mensaje, detalles = error.mensaje, error.detalles
    respuesta = _pintar(Falla(error.code, titulo, mensaje), **detalles)
    for nombre, valor in error.get_headers():
        if nombre in ("Allow", "Retry-After"):
            respuesta.headers[nombre] = valor
    return respuesta


def _de_programa(error: Exception) -> Response:
    apuntes.exception("falló una página del portal", exc_info=error)
    return _pintar(Falla(500, *_FALLAS[500]))


def _de_base(error: Exception) -> Response:
    apuntes.error("el portal no pudo leer la base: %s: %s", type(error).__name__, str(error)[:200])
    respuesta = _pintar(Falla(503, *_FALLAS[503]))
    respuesta.headers["Retry-After"] = "5"
    return respuesta


def is_interfaz() -> bool:
    """Si lo pedido es de la interfaz de lectura."""
    return request.path.startswith(DE_LA_INTERFAZ) and request.path != DE_LA_INTERFAZ


def _lee_un_programa() -> bool:
    return is_interfaz() or request.path.endswith(ABIERTOS)


def _pintar(falla: Falla, **detalles: object) -> Response:
    """La falla en lo que se pidió: página, JSON (RFC 9457) o texto. ``detalles``: lo que el JSON dice además."""
    if is_interfaz() or request.path.endswith(".json"):
        clase = f"{DE_LA_INTERFAZ}#error-{falla.codigo}" if is_interfaz() else "about:blank"
        cuerpo = {"type": clase, "title": falla.titulo, "status": falla.codigo, "detail": falla.mensaje, **detalles}
        respuesta = Response(json.dumps(cuerpo, ensure_ascii=False), falla.codigo, mimetype="application/problem+json")
        respuesta.headers["Access-Control-Allow-Origin"] = "*"
        return respuesta
    if request.path.endswith(ABIERTOS):
        return Response(f"{falla.titulo}. {falla.mensaje}\n", falla.codigo, mimetype="text/plain")
    return Response(render_template("error.html", falla=falla), falla.codigo)
