"""Hacer el volcado de la base de una prueba, y lo que se mira de él."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from frictionless import Package, Report

from models.servicio.marca import Marca
from models.volcado.deposito import Volcado
from models.volcado.taller import Taller
from tests.bases import Base
from tests.cliente import entorno_de


def taller_de(base: Base, datos: Path, **mas: Any) -> Taller:
    """El taller de esa base, con sus datos en esa carpeta."""
    return Taller(entorno_de(base.url, datos, anfitriones=("ipomex.ejemplo.mx",), https=True), Marca(es_demo=True), **mas)


def hacer(taller: Taller) -> Volcado:
    """Lo hace entero."""
    for _ in taller.make():
        pass
    assert taller.hecho is not None
    return taller.hecho


def leer(volcado: Volcado, recurso: str) -> list[dict[str, str]]:
    """Los renglones de un CSV del paquete."""
    with zipfile.ZipFile(volcado.ruta) as archivo:
        return list(csv.DictReader(io.StringIO(archivo.read(f"datos/{recurso}.csv").decode(), newline="")))


def descriptor(volcado: Volcado) -> dict[str, Any]:
    with zipfile.ZipFile(volcado.ruta) as archivo:
        leido: dict[str, Any] = json.loads(archivo.read("datapackage.json"))
        return leido


def validar(carpeta: Path) -> Report:
    """Lo que dice el validador de la norma de un paquete ya abierto: tipos, reglas, referencias, pesos y huellas."""
    return Package(str(carpeta / "datapackage.json")).validate()


def abrir(volcado: Volcado, carpeta: Path) -> Path:
    """El paquete, en una carpeta."""
    with zipfile.ZipFile(volcado.ruta) as archivo:
        archivo.extractall(carpeta)
    return carpeta
