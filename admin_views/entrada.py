"""Entrar, salir y cambiar la contraseña."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from admin_views.identidad import Persona, usuario
from models.domain.cuentas import change_contrasena
from models.domain.entrada import EntradaRechazada, autenticar
from models.domain.errores import ReglaRota
from models.domain.sesiones import close_sesion, open_sesion
from models.usuarios import Usuario

bp = Blueprint("entrada", __name__)


@bp.route("/ipo", methods=["GET", "POST"], strict_slashes=False)
def entrar() -> ResponseReturnValue:
    """``/ipo``: la entrada y, para quien ya entró, su tablero."""
    if request.method != "POST":
        if current_user.is_authenticated:
            return redirect(url_for("tablero.tablero"))
        return render_template("entrar.html", sigue=request.args.get("sigue", ""), ejemplos=_ejemplos())
    try:
        cuenta = autenticar(
            request.form.get("usuario", ""), request.form.get("contrasena", ""), request.remote_addr or "")
    except EntradaRechazada as error:
        return _rechazada(error)
    return _abrir(cuenta)


@bp.post("/ipo/salir")
def salir() -> ResponseReturnValue:
    """Cierra la sesión en el servidor: la cookie copiada ya no sirve."""
    close_sesion(current_user.numero)
    logout_user()
    session.clear()
    flash("Salió del sistema.", "bien")
    return redirect(url_for("entrada.entrar"))


@bp.route("/ipo/contrasena", methods=["GET", "POST"])
def contrasena() -> ResponseReturnValue:
    """Cambiar la contraseña; obligatorio la primera vez."""
    if request.method != "POST":
        return render_template("contrasena.html", forzada=usuario().debe_cambiar)
    try:
        if request.form.get("nueva", "") != request.form.get("repetida", ""):
            raise ReglaRota("La contraseña nueva y su repetición no son iguales.")
        change_contrasena(usuario(), request.form.get("actual", ""), request.form.get("nueva", ""))
    except ReglaRota as error:
        return render_template("contrasena.html", forzada=usuario().debe_cambiar, error=str(error)), 400
    respuesta = _abrir(Usuario.get(Usuario.id == usuario().id))
    flash("Su contraseña quedó cambiada.", "bien")
    return respuesta


def _abrir(cuenta: Usuario) -> Response:
    """Sesión nueva, número nuevo: lo que hubiera antes en la cookie no sirve de nada."""
    session.clear()
    login_user(Persona(cuenta, open_sesion(cuenta)))
    destino = request.form.get("sigue", "")
    return redirect(destino if _es_de_casa(destino) else url_for("tablero.tablero"))  # type: ignore[return-value]


def _rechazada(error: EntradaRechazada) -> Response:
    pagina = render_template("entrar.html", error=str(error), usuario=request.form.get("usuario", "")[:80],
                             sigue=request.form.get("sigue", ""), ejemplos=_ejemplos())
    respuesta = make_response(pagina, 429 if error.espera else 401)
    if error.espera:
        respuesta.headers["Retry-After"] = str(error.espera)
    return respuesta


def _es_de_casa(destino: str) -> bool:
    """Solo rutas de la oficina: nada de ``//otro``, ``/\\otro`` ni saltos de línea."""
    if not destino.startswith("/ipo") or any(ord(letra) < 33 or letra == "\\" for letra in destino):
        return False
    partes = urlsplit(destino)
    return not partes.scheme and not partes.netloc and partes.path.split("/")[1] == "ipo"


def _ejemplos() -> list[Usuario]:
    """Las cuentas de la demostración, que se enseñan en la entrada; en producción no hay."""
    if not current_app.extensions["marca"].es_demo:
        return []
    return list(Usuario.select().where(Usuario.de_demostracion).order_by(Usuario.id).limit(60))
