"""Las órdenes de consola: ``flask --app app ORDEN``."""

from flask import Flask

from models.servicio.entorno import Entorno


def registrar_ordenes(app: Flask, entorno: Entorno) -> None:
    """Agrega las órdenes a la aplicación."""
