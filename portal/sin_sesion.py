"""El portal no tiene sesión: usarla, aunque sea para leer, es un error. Así ninguna página varía por visitante."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import Flask, Request
from flask.sessions import NullSession, SessionInterface


class SesionProhibida(NullSession):
    """Una sesión que no se deja usar."""

    def _prohibir(self, *_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("El portal ciudadano no usa sesión ni cookies.")

    __getitem__ = __setitem__ = __delitem__ = __contains__ = __iter__ = __len__ = _prohibir
    get = pop = setdefault = update = clear = keys = values = items = _prohibir


class SinSesion(SessionInterface):
    """No abre sesión ni guarda nada: nunca sale un ``Set-Cookie``."""

    null_session_class = SesionProhibida

    def open_session(self, app: Flask, request: Request) -> None:
        return None
