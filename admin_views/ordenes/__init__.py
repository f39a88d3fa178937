"""Las órdenes de consola: ``flask --app app ORDEN``. Cada una abre la base, hace lo suyo y dice qué pasó."""

from flask import Flask

from admin_views.ordenes.carga import cargar
from admin_views.ordenes.catalogo import catalogo
from admin_views.ordenes.exportacion import exportar
from admin_views.ordenes.inicio import demo, iniciar
from admin_views.ordenes.plantilla import plantilla
from admin_views.ordenes.resumen import resumen
from admin_views.ordenes.rutas import rutas
from admin_views.ordenes.sipot import sipot
from admin_views.ordenes.usuarios import usuario
from admin_views.ordenes.verificacion import verificar
from admin_views.ordenes.volcado import volcado
from models.servicio.entorno import Entorno

ORDENES = (iniciar, demo, usuario, catalogo, cargar, exportar, plantilla, verificar, resumen, rutas, sipot, volcado)


def registrar_ordenes(app: Flask, entorno: Entorno) -> None:
    """Agrega las órdenes a la aplicación."""
    app.extensions["entorno"] = entorno
    for orden in ORDENES:
        app.cli.add_command(orden)
