"""Arma el sistema: la oficina (/ipo), el portal ciudadano y el trabajador. Todos los conoce; nadie la importa.

``python app.py`` sirve con waitress; ``flask --app app ORDEN`` da las órdenes; ``create_app`` sirve a las pruebas.
"""

from __future__ import annotations

import sys

from flask import Flask
from flask.cli import NoAppException

from admin_views import create_oficina
from models.archivos.almacen import AlmacenEnDisco
from models.base import db
from models.domain.catalogo_vigente import vigente
from models.hojas.cargas.carpeta import carpeta
from models.motores import abrir
from models.publicados.apertura import open_publicados
from models.recuerdo.latidos import pulsometro_de
from models.recuerdo.recuerdo import Recuerdo
from models.servicio.apuntes import start_bitacora
from models.servicio.arranque import prepare
from models.servicio.entorno import Entorno, EntornoInvalido, read_entorno
from models.servicio.marca_leida import read_marca
from models.servicio.memoria import share_memoria
from models.servicio.puerta import Puerta
from models.servicio.servidor import serve
from models.volcado.taller import deposito_de
from portal import create_portal


def create_app(entorno: Entorno | None = None) -> Flask:
    """Lo mismo que se sirve, con las órdenes de consola (``flask --app app ORDEN``): a quien da una, una variable mal puesta
    se le dice sin traza.
    """
    from admin_views.ordenes import registrar_ordenes  # quien sirve no las usa, y cargarlas retrasa el arranque

    try:
        entorno = entorno or read_entorno()
        oficina = assemble(entorno)
    except EntornoInvalido as error:
        raise NoAppException(str(error)) from error
    registrar_ordenes(oficina, entorno)
    return oficina


def assemble(entorno: Entorno) -> Flask:
    """La oficina, con el portal detrás de la misma puerta. No toca la base: ``prepare`` la deja lista."""
    entorno.datos.mkdir(parents=True, exist_ok=True)
    db.initialize(abrir(entorno.base_datos))
    carpeta.initialize(entorno.datos, entorno.anfitriones)
    almacen = AlmacenEnDisco(entorno.datos / "archivos")
    marca = read_marca(entorno)
    oficina = create_oficina(entorno, almacen, marca)
    publicados = open_publicados(entorno.base_datos, lambda: vigente.foto)
    portal = create_portal(publicados, almacen, marca, direccion_base=entorno.direccion, deposito=deposito_de(entorno))
    pulsometro = pulsometro_de(publicados.base)
    recuerdo = Recuerdo(portal.wsgi_app, pulsometro, lambda: publicados.foto().numero, entorno.recuerdo * 2**20,
                        entorno.direccion)
    oficina.wsgi_app = Puerta(oficina.wsgi_app, recuerdo, entorno)  # type: ignore[method-assign]
    oficina.extensions["ipomex"] = {"entorno": entorno, "portal": portal, "publicados": publicados, "pulsometro": pulsometro}
    return oficina


def main() -> int:
    """Sirve hasta que pidan parar. Da el código de salida."""
    share_memoria()
    start_bitacora()
    try:
        entorno = read_entorno()
        aplicacion = assemble(entorno)
        prepare(entorno)
    except EntornoInvalido as error:
        print(error, file=sys.stderr)
        return 2
    return serve(aplicacion.wsgi_app, entorno)


if __name__ == "__main__":
    sys.exit(main())
