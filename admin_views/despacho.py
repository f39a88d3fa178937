"""Un solo plano de rutas con ``<clave>`` y, detrás, una vista por formato dentro de una foto que se cambia entera.

Flask-Admin no deja agregar vistas después de la primera petición: por eso no se registran, se despachan. Cuando el catálogo
cambia, las vistas de los formatos que no cambiaron se conservan.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import Admin

from admin_views.vista_formato import VistaFormato
from models.formatos import Tabla

RUTAS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("/", "index_view", ("GET",)),
    ("/nuevo", "create_view", ("GET", "POST")),
    ("/editar", "edit_view", ("GET", "POST")),
    ("/detalle", "details_view", ("GET",)),
    ("/historial", "historial", ("GET",)),
    ("/version", "version", ("GET", "POST")),
    ("/revisar", "revision", ("GET", "POST")),
    ("/acciones", "acciones", ("POST",)),
    ("/deshacer", "deshacer", ("POST",)),
    ("/justificar", "justificar", ("POST",)),
    ("/suprimir", "suprimir", ("GET", "POST")),
    ("/confirmar/<lote>", "confirmar", ("GET", "POST")),
    ("/exportar", "exportar", ("GET",)),
    ("/sipot", "sipot", ("GET",)),
    ("/exportar/<forma>", "exportar_en", ("GET",)),
    ("/archivo/<folio>", "archivo", ("GET",)),
    ("/traer", "traer", ("POST",)),
    ("/plantilla", "plantilla", ("GET",)),
    ("/cargar", "cargar", ("GET", "POST")),
    ("/cargas/<folio>", "carga", ("GET",)),
    ("/cargas/<folio>/estado", "carga_estado", ("GET",)),
    ("/cargas/<folio>/errores", "carga_errores", ("GET",)),
    ("/cargas/<folio>/<any(correcciones,archivos,confirmar,cancelar,reanudar,deshacer):acto>", "carga_acto", ("POST",)),
)
"""Las únicas direcciones de un formato: regla, método de la vista y métodos HTTP."""


class Vistas:
    """Las vistas hechas, por formato; se rehace solo la del que cambió."""

    def __init__(self, admin: Admin) -> None:
        self.admin = admin
        self._hechas: dict[str, tuple[Tabla, VistaFormato]] = {}

    def de(self, tabla: Tabla) -> VistaFormato:
        hecha = self._hechas.get(tabla.clave)
        if hecha is None or hecha[0] is not tabla:
            hecha = (tabla, VistaFormato(tabla, self.admin))
            self._hechas[tabla.clave] = hecha
        return hecha[1]


def install(app: Flask, admin: Admin) -> None:
    """Registra el plano de rutas de los formatos."""
    app.extensions["vistas"] = Vistas(admin)
    plano = Blueprint("formato", __name__, url_prefix="/ipo/f/<clave>")
    for regla, nombre, metodos in RUTAS:
        plano.add_url_rule(regla, nombre, _despachar(nombre), methods=list(metodos))
    app.register_blueprint(plano)


def _despachar(nombre: str) -> Callable[..., ResponseReturnValue]:
    def despachar(clave: str, **partes: Any) -> ResponseReturnValue:
        tabla = g.foto.tablas.get(clave)
        if tabla is None:
            return _por_alias(nombre, clave, partes)
        vista: VistaFormato = current_app.extensions["vistas"].de(tabla)
        if not vista.is_accessible():
            abort(404)
        return getattr(vista, nombre)(**partes)  # type: ignore[no-any-return]

    return despachar


def _por_alias(nombre: str, clave: str, partes: dict[str, Any]) -> ResponseReturnValue:
    """``art_12_xi`` lleva a ``licitaciones``."""
    formato = g.foto.catalogo.por_alias.get(clave)
    if formato is None or request.method != "GET":
        abort(404)
    return redirect(url_for(f"formato.{nombre}", clave=formato.clave, **partes), 301)
