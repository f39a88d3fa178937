"""Procesos ``python app.py`` de verdad: levantarlos, esperarlos, leerles la memoria y la bitácora, y pararlos."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.cliente import Cliente, Fallo
from models.servicio.apuntes import CADA
from models.servicio.entorno import RAIZ

_SECRETO = secrets.token_hex(32)
_MAXIMO = 60.0
_TIC = 0.005


def variables(datos: Path, catalogo: Path | None = None, puerto: int = 0, **otras: str) -> dict[str, str]:
    """El entorno de un proceso de la casa sobre esa carpeta de datos; ``otras`` son más variables ``IPOMEX_…``."""
    propias = {"IPOMEX_ENTORNO": "produccion", "IPOMEX_SECRETO": _SECRETO, "IPOMEX_DATOS": str(datos),
               "IPOMEX_PUERTO": str(puerto), "PYTHONUNBUFFERED": "1"}
    heredadas = {nombre: valor for nombre, valor in os.environ.items() if not nombre.startswith("IPOMEX_")}
    return heredadas | propias | ({"IPOMEX_CATALOGO": str(catalogo)} if catalogo else {}) | otras


@dataclass(frozen=True, slots=True)
class Servidor:
    """Un proceso que ya contesta."""

    puerto: int
    proceso: subprocess.Popen[bytes]
    bitacora: Path
    arranque: float

    def cliente(self) -> Cliente:
        return Cliente(self.puerto)

    def memoria(self, con_hijos: bool = False) -> float:
        """MB residentes ahora; con ``con_hijos``, también los del proceso trabajador."""
        suyo = psutil.Process(self.proceso.pid)
        procesos = [suyo, *suyo.children()] if con_hijos else [suyo]
        return sum(proceso.memory_info().rss for proceso in procesos) / 2**20

    def cpu(self) -> float:
        """Segundos de procesador que lleva gastados, de usuario y de sistema."""
        tiempos = psutil.Process(self.proceso.pid).cpu_times()
        return float(tiempos.user + tiempos.system)

    def cpu_por_vez(self, hacer: Callable[[], object], veces: int) -> float:
        """Milisegundos de procesador que le cuesta ``hacer``: lo que tardaría sin nadie más en la máquina."""
        antes = self.cpu()
        for _ in range(veces):
            hacer()
        return (self.cpu() - antes) * 1000 / veces

    def ms_por_peticion(self) -> Mapping[str, float]:
        """Lo que el servidor tardó en cada petición, según su propia bitácora: número de petición → milisegundos."""
        time.sleep(CADA * 2)  # la bitácora se escribe por junto
        apuntes = (json.loads(renglon) for renglon in self.bitacora.read_text().splitlines() if renglon[:1] == "{")
        return {apunte["peticion"]: apunte["ms"] for apunte in apuntes if "peticion" in apunte}


@contextmanager
def servidor(datos: Path, catalogo: Path | None = None, orden: tuple[str, ...] = ("app.py",),
             primera: str = "/", **otras: str) -> Iterator[Servidor]:
    """Levanta un proceso y espera su primera respuesta a ``primera``; al salir lo para. ``otras``: variables suyas."""
    puerto = free_port()
    bitacora = datos / f"bitacora-{puerto}.jsonl"
    with bitacora.open("wb") as salida:
        inicio = time.perf_counter()
        proceso = subprocess.Popen([sys.executable, *orden], cwd=RAIZ, env=variables(datos, catalogo, puerto, **otras),
                                   stdout=subprocess.DEVNULL, stderr=salida)
        try:
            _esperar(puerto, proceso, primera, bitacora)
            yield Servidor(puerto, proceso, bitacora, time.perf_counter() - inicio)
        finally:
            stop(proceso)


def _esperar(puerto: int, proceso: subprocess.Popen[bytes], ruta: str, bitacora: Path) -> None:
    fin = time.monotonic() + _MAXIMO
    while time.monotonic() < fin and proceso.poll() is None:
        try:
            Cliente(puerto).ver(ruta)
            return
        except OSError:
            time.sleep(_TIC)
    raise Fallo(f"El servidor no arrancó:\n{bitacora.read_text()[-2000:]}")


def stop(proceso: subprocess.Popen[bytes]) -> None:
    """Lo para y espera a que termine."""
    proceso.terminate()
    try:
        proceso.wait(_MAXIMO)
    except subprocess.TimeoutExpired:
        proceso.kill()
        proceso.wait()


def free_port() -> int:
    """Un puerto en el que nadie atiende."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])
