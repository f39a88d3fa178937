"""Quién está al otro lado: Flask-Login lleva la sesión y Flask-Principal la identidad; las reglas las da ``puede``.

Principal se usa sin sesiones propias (con ellas, la identidad seguía en vigor después de salir) y nadie combina permisos
con ``&`` (en la 0.4.0 es «o»).
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from flask_principal import Identity, ItemNeed, Principal, RoleNeed, UserNeed, identity_loaded

from admin_views.rutas import CLASES, Clase
from models.domain.actores import actor_de
from models.domain.catalogo_vigente import vigente
from models.domain.errores import NoPermitido
from models.domain.permissions import Accion, Actor, Permiso, Rol, puede_en_formato, puede_en_todo
from models.domain.sesiones import find_usuario
from models.usuarios import Usuario

NUMERO_DE_SESION = "sesion"
_SIN_CAMBIAR = frozenset({"entrada.contrasena", "entrada.salir", "estatico.archivo", "sesion.seguir"})
_SIN_TOCAR = frozenset({"sesion.estado", "presencia.latir"})
"""Lo que la página pregunta sola: no cuenta como actividad, o ninguna sesión terminaría mientras haya una pestaña abierta."""


class Persona(UserMixin):  # type: ignore[misc]
    """La cuenta de una sesión viva. Su identificador es el número de sesión, no el de la cuenta."""

    def __init__(self, usuario: Usuario, numero: str) -> None:
        self.usuario, self.numero = usuario, numero

    def get_id(self) -> str:
        return self.numero


def install(app: Flask) -> None:
    """Conecta el ingreso, la identidad y el cierre por omisión."""
    ingreso = LoginManager(app, add_context_processor=False)
    ingreso.session_protection = None
    ingreso.user_loader(_persona_de)
    principal = Principal(app, use_sessions=False)
    principal.identity_loader(lambda: Identity(current_user.get_id()) if _hay_persona() else None)
    identity_loaded.connect(_dar_necesidades, app, weak=False)
    app.before_request(_cerrar_por_omision)


def actor() -> Actor:
    """El actor de esta petición; 401 si no hay nadie (no debería: la puerta ya preguntó)."""
    if "actor" not in g:
        if not _hay_persona():
            abort(401)
        g.actor = actor_de(current_user.usuario, g.foto.catalogo)
    return g.actor  # type: ignore[no-any-return]


def usuario() -> Usuario:
    """La cuenta de esta petición."""
    return current_user.usuario  # type: ignore[no-any-return]


def _hay_persona() -> bool:
    return bool(current_user and current_user.is_authenticated)


def _persona_de(numero: str) -> Persona | None:
    cuenta = find_usuario(numero, toca=request.endpoint not in _SIN_TOCAR)
    return Persona(cuenta, numero) if cuenta else None


def _dar_necesidades(app: Flask, identity: Identity) -> None:
    if not _hay_persona():
        return
    g.foto = vigente.foto
    quien = actor()
    identity.provides |= {UserNeed(quien.id), RoleNeed(str(quien.rol))}
    if quien.sujeto_id:
        identity.provides |= _de_formatos(quien.rol, quien.sujeto_id, quien.claves, quien.permisos, quien.solo_lectura)


@lru_cache(maxsize=1024)
def _de_formatos(
    rol: Rol, sujeto_id: int, claves: frozenset[str], permisos: frozenset[Permiso], solo_lectura: bool,
) -> frozenset[ItemNeed]:
    """Lo que quien tiene esos formatos puede en cada uno: ochocientas preguntas que no cambian de una petición a otra."""
    quien = Actor(0, "", rol, sujeto_id, claves, permisos=permisos, solo_lectura=solo_lectura)
    return frozenset(ItemNeed(str(accion), (sujeto_id, clave), "formato") for clave in claves for accion in Accion
                     if puede_en_formato(quien, accion, sujeto_id, clave))


def _a_donde_volver() -> str | None:
    """La página que se pidió; y de una hoja que se quiso guardar, la hoja: su borrador la espera."""
    es_hoja = request.endpoint in ("formato.create_view", "formato.edit_view")
    return request.full_path if request.method == "GET" or es_hoja else None


def _cerrar_por_omision() -> ResponseReturnValue | None:
    """Ruta sin clasificar: 404. Sin sesión: a la entrada. Contraseña por cambiar: a cambiarla."""
    if request.endpoint is None:
        return None
    clase = CLASES.get(request.endpoint)
    if clase is None:
        abort(404)
    g.foto = vigente.foto
    if clase.nombre == "abierta":
        return None
    if not _hay_persona():
        session.pop(NUMERO_DE_SESION, None)
        return redirect(url_for("entrada.entrar", sigue=_a_donde_volver()))
    if usuario().debe_cambiar and request.endpoint not in _SIN_CAMBIAR:
        return redirect(url_for("entrada.contrasena"))
    if clase.nombre == "garante" and not _es_suya(clase):
        abort(404)
    if request.method == "POST" and request.endpoint not in _SIN_CAMBIAR and actor().solo_lectura:
        raise NoPermitido("Su institución se extinguió: puede leer lo suyo, pero ya no se captura ni se publica. Si es un "
                          "error, avise al órgano garante.")
    return None


def _es_suya(clase: Clase) -> bool:
    """Si la ruta del órgano garante es para esta persona: con permiso, quien lo tiene; sin él, cualquiera del órgano."""
    if clase.permiso is None:
        return actor().rol is Rol.GARANTE
    return puede_en_todo(actor(), clase.permiso)
