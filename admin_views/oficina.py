"""Arma la aplicación Flask de la oficina: seguridad, plantillas y pantallas."""

from __future__ import annotations

from flask import Flask, g, request
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from admin_views import (
    acuses,
    aplicabilidad,
    archivos_pendientes,
    ausencias,
    avance,
    ayuda,
    borradores,
    cargas,
    configuracion,
    copia,
    despacho,
    directorio,
    entrada,
    errores,
    estatico,
    identidad,
    importacion,
    mensajes,
    observaciones,
    organigrama,
    organos,
    organos_partes,
    padron_excel,
    presencia,
    primeros_pasos,
    recordatorios,
    salud,
    sellados,
    sesion,
    sin_cambios,
    sujetos,
    tablero,
    usuarios,
    verificacion,
)
from admin_views.presentes import install_presentes
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import TAMANO_MAXIMO
from models.base import db
from models.domain.sesiones import TOTAL
from models.servicio.entorno import Entorno
from models.servicio.marca import Marca

csrf = CSRFProtect()

PANTALLAS = (
    entrada,
    tablero,
    primeros_pasos,
    avance,
    acuses,
    borradores,
    cargas,
    archivos_pendientes,
    presencia,
    sesion,
    usuarios,
    organigrama,
    directorio,
    importacion,
    organos,
    organos_partes,
    ausencias,
    sin_cambios,
    configuracion,
    copia,
    mensajes,
    observaciones,
    recordatorios,
    sujetos,
    ayuda,
    salud,
    estatico,
    padron_excel,
    aplicabilidad,
    verificacion,
    sellados,
)
"""Las que no son de un formato."""

SIN_ARCHIVOS = 1024 * 1024
"""Bytes de un formulario sin archivos; el mayor, una lista con 500 marcados, no llega a 20 mil."""


def create_oficina(entorno: Entorno, almacen: AlmacenEnDisco, marca: Marca) -> Flask:
    """La aplicación de ``/ipo``. No toca la base hasta la primera petición."""
    app = Flask(__name__, static_folder=None, template_folder="templates")
    app.config.update(_configuracion(entorno))
    app.extensions["almacen"], app.extensions["marca"], app.extensions["entorno"] = almacen, marca, entorno
    app.before_request(_acotar_cuerpo)
    app.before_request(_abrir_base)
    app.teardown_request(_cerrar_base)
    Babel(app, default_locale="es")
    csrf.init_app(app)
    identidad.install(app)
    admin = Admin(app, name=marca.sistema, url="/ipo/admin", endpoint="casa", theme=Bootstrap4Theme(),
                  csp_nonce_generator=lambda: str(request.environ.get("ipomex.nonce", "")))
    despacho.install(app, admin)
    for pantalla in PANTALLAS:
        app.register_blueprint(pantalla.bp)
    errores.install(app)
    install_presentes(app)
    mensajes.install(app)
    observaciones.install(app)
    return app


def _configuracion(entorno: Entorno) -> dict[str, object]:
    return {
        "SECRET_KEY": next(iter(entorno.secretos), None), "SECRET_KEY_FALLBACKS": list(entorno.secretos[1:]),
        "SESSION_COOKIE_NAME": "__Host-ipomex" if entorno.https else "ipomex",
        "SESSION_COOKIE_HTTPONLY": True, "SESSION_COOKIE_SAMESITE": "Lax", "SESSION_COOKIE_SECURE": entorno.https,
        "PERMANENT_SESSION_LIFETIME": TOTAL // 1000,
        "MAX_CONTENT_LENGTH": TAMANO_MAXIMO + 5 * 1024 * 1024, "MAX_FORM_PARTS": 20_000,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None, "WTF_CSRF_SSL_STRICT": False,
    }


def _acotar_cuerpo() -> None:
    """A un formulario sin archivos Werkzeug no le aplica tope de memoria: treinta megas de ``a&a&…`` serían gigas."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = SIN_ARCHIVOS


def _abrir_base() -> None:
    if request.endpoint not in ("estatico.archivo", "salud.salud"):
        db.connect(reuse_if_open=True)


def _cerrar_base(_error: BaseException | None) -> None:
    g.pop("actor", None)
    if not db.is_closed():
        db.close()
