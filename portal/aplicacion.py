"""Arma la aplicación Flask del portal: sin sesión, sin cookies, y una conexión de solo lectura por petición."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, g, request
from jinja2 import StrictUndefined

from models.domain.catalogo_vigente import Foto
from models.publicados import Publicados
from models.servicio.marca import Marca
from models.volcado.deposito import Deposito
from portal import (
    abiertos,
    acerca,
    archivo,
    buscador,
    cambios,
    catalogo,
    citas,
    conjuntos,
    csvw,
    descargas,
    diccionario,
    direcciones,
    errores,
    esquemas,
    estatico,
    formato,
    fundidos,
    informacion,
    inicio,
    institucion,
    instituciones,
    logo,
    marco,
    organos,
    palabras,
    rastreadores,
    registro,
    renglones,
    respuestas,
    sitemap,
    sugerencias,
    versiones,
    volcado,
)
from portal.api import INTERFAZ
from portal.contexto import Almacen, Ventanilla
from portal.direcciones import CONVERTIDORES
from portal.modulos_de_plantilla import Plantilla
from portal.peticion_leida import Peticion
from portal.sin_sesion import SinSesion

PANTALLAS = (inicio, instituciones, institucion, logo, organos, formato, registro, descargas, archivo, buscador, acerca,
             rastreadores, estatico, fundidos, volcado, versiones, sugerencias, esquemas, diccionario, abiertos, sitemap,
             *INTERFAZ, cambios, informacion, catalogo, csvw)


def create_portal(
    publicados: Publicados, almacen_archivos: Almacen, marca: Marca, foto: Callable[[], Foto] | None = None,
    direccion_base: str = "", deposito: Deposito | None = None,
) -> Flask:
    """El portal. ``direccion_base`` (``https://ipomex.org.mx``) encabeza las direcciones completas; sin ella, la de
    cada petición. ``deposito``: dónde está el volcado de cada noche.
    """
    app = Flask(__name__, static_folder=None, template_folder="plantillas")
    app.session_interface = SinSesion()
    app.request_class = Peticion
    app.url_map.converters.update(CONVERTIDORES)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.template_class = Plantilla
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["portal"] = Ventanilla(
        publicados, almacen_archivos, marca, foto or publicados.foto, direccion_base.rstrip("/"), deposito)
    app.before_request(_abrir)
    app.teardown_request(_cerrar)
    app.after_request(respuestas.sellar)
    for pantalla in PANTALLAS:
        app.register_blueprint(pantalla.bp)
    errores.install(app)
    palabras.install(app)
    marco.install(app)
    renglones.install(app)
    direcciones.install(app)
    conjuntos.install(app)
    citas.install(app)
    estatico.install(app, marca)
    return app


def _abrir() -> None:
    """Una petición ve una sola foto del catálogo y usa una sola conexión."""
    if request.endpoint == estatico.ENDPOINT:
        return
    ventanilla = Ventanilla.de_la_aplicacion()
    g.foto = ventanilla.foto()
    ventanilla.publicados.abrir()


def _cerrar(_error: BaseException | None) -> None:
    Ventanilla.de_la_aplicacion().publicados.cerrar()
