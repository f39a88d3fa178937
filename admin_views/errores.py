"""Toda falla, dicha en español y con una salida. Nunca enseña SQL, rutas ni nombres internos."""

from __future__ import annotations

import logging

import peewee
from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from models.domain.errores import NoExiste, NoPermitido, ReglaRota

registro = logging.getLogger("ipomex.oficina")

TEXTOS: dict[int, tuple[str, str]] = {
    400: ("No se entendió lo que se pidió", "Regrese a la página anterior y vuelva a intentarlo."),
    401: ("Hace falta entrar", "Entre con su usuario y contraseña."),
    403: ("Eso no está entre sus facultades", "Si cree que debería poder, pídalo a su Unidad de Información."),
    404: ("Esta página no existe", "Puede que el registro no exista o que no esté a su cargo."),
    405: ("Eso no se puede hacer aquí", "Regrese a la página anterior y use los botones."),
    409: ("Otra persona se adelantó", "Vuelva a abrir el registro para ver cómo quedó."),
    413: ("Lo que envió es demasiado grande", "Cada archivo puede pesar hasta 25 MB. Redúzcalo o divídalo."),
    429: ("Demasiados intentos", "Espere un momento y vuelva a intentarlo."),
    500: ("Algo falló de nuestro lado", "No se guardó nada a medias. Intente otra vez; si sigue, avise con este número."),
    503: ("El sistema está ocupado", "Espere unos segundos y vuelva a intentarlo; su pantalla anterior conserva lo escrito."),
}


def install(app: Flask) -> None:
    """Registra cada falla con su página."""
    app.register_error_handler(CSRFError, lambda _e: page(400, "La página estuvo abierta demasiado tiempo o en otra "
                               "sesión. Regrese, vuelva a cargarla y envíe de nuevo."))
    app.register_error_handler(NoExiste, lambda _e: page(404))
    app.register_error_handler(NoPermitido, lambda e: page(403, str(e)))
    app.register_error_handler(ReglaRota, lambda e: page(400, str(e)))
    app.register_error_handler(HTTPException, _de_http)
    app.register_error_handler(peewee.OperationalError, _de_base)
    app.register_error_handler(Exception, _inesperada)


def page(codigo: int, detalle: str | None = None) -> Response:
    """La página de una falla. La de una falla nuestra no pregunta quién está: la base puede ser la que falla."""
    g.sin_persona = codigo >= 500
    titulo, salida = TEXTOS.get(codigo, TEXTOS[500] if codigo >= 500 else TEXTOS[400])
    cuerpo = render_template("falla.html", titulo=titulo, salida=detalle or salida, codigo=codigo,
                             peticion=request.environ.get("ipomex.peticion", ""))
    respuesta = make_response(cuerpo, codigo)
    if codigo == 503:
        respuesta.headers["Retry-After"] = "5"
    return respuesta


def _de_http(error: HTTPException) -> Response:
    if error.code is not None and 300 <= error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    respuesta = page(error.code or 500)
    for nombre, valor in error.get_headers():
        if nombre in ("Allow", "Retry-After"):
            respuesta.headers[nombre] = valor
    return respuesta


def _de_base(error: peewee.OperationalError) -> Response:
    registro.error("la base no respondió: %s", type(error).__name__)
    return page(503)


def _inesperada(error: Exception) -> Response:
    if isinstance(error, ValueError) and type(error).__name__ == "MaxConnectionsExceeded":
        return page(503)
    registro.error("falla inesperada en %s", request.endpoint, exc_info=error,
                   extra={"datos": {"peticion": request.environ.get("ipomex.peticion")}})
    return page(500)
