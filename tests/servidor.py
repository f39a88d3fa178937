"""El sistema de verdad, en otro proceso: ``python app.py`` con su carpeta de datos y un puerto libre."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

RAIZ = Path(__file__).parents[1]
ESPERA = 30.0
"""Segundos para que ``/salud`` conteste."""

INTENTOS = 3


@dataclass
class Sitio:
    """Dónde está el sistema y los folios de lo sembrado. ``sesiones`` guarda a quien ya entró: hacerlo es lento."""

    direccion: str
    folios: dict[str, str]
    sesiones: dict[str, str] = field(default_factory=dict)
    datos: Path = Path()


class NoArranco(RuntimeError):
    """``python app.py`` no llegó a servir; el mensaje trae su bitácora."""


@contextmanager
def servir(datos: Path, **variables: str) -> Iterator[str]:
    """Sirve lo que hay en ``datos`` como demostración y da la dirección, ``http://127.0.0.1:PUERTO``."""
    proceso, direccion = arrancar(datos, variables)
    try:
        yield direccion
    finally:
        proceso.terminate()
        try:
            proceso.wait(25)
        except subprocess.TimeoutExpired:
            proceso.kill()
            proceso.wait()


def correr(*orden: str, **variables: str) -> None:
    """Corre ``python -m …`` o una orden de Flask hasta que termina; si falla, enseña lo que dijo."""
    hecho = subprocess.run([sys.executable, "-m", *orden], cwd=RAIZ, env={**os.environ, **variables},
                           capture_output=True, text=True)
    if hecho.returncode:
        raise NoArranco(f"{' '.join(orden)} terminó con {hecho.returncode}:\n{(hecho.stdout + hecho.stderr)[-3000:]}")


def arrancar(datos: Path, variables: dict[str, str], en: int | None = None) -> tuple[subprocess.Popen[bytes], str]:
    """Arranca en un puerto libre (o ``en`` el que se diga), y no lo para.

    Si otro proceso gana el puerto entre que se ve y se usa, prueba otro.
    """
    bitacora = datos / "bitacora.jsonl"
    for _ in range(INTENTOS):
        puerto = en or _puerto_libre()
        entorno = {**os.environ, "IPOMEX_ENTORNO": "demo", "IPOMEX_DATOS": str(datos), "IPOMEX_PUERTO": str(puerto),
                   "IPOMEX_BASE_DATOS": "", "IPOMEX_DESHACER": "0", "IPOMEX_VOLCADO": "no", **variables}
        with bitacora.open("ab") as salida:
            proceso = subprocess.Popen([sys.executable, "app.py"], cwd=RAIZ, env=entorno, stdout=salida, stderr=salida,
                                       stdin=subprocess.DEVNULL)
        if _contesta(proceso, f"http://127.0.0.1:{puerto}"):
            return proceso, f"http://127.0.0.1:{puerto}"
        proceso.kill()
        proceso.wait()
    raise NoArranco("python app.py no contestó en /salud:\n" + bitacora.read_text(errors="replace")[-3000:])


def _puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def _contesta(proceso: subprocess.Popen[bytes], direccion: str) -> bool:
    limite = time.monotonic() + ESPERA
    while proceso.poll() is None and time.monotonic() < limite:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{direccion}/salud", timeout=5) as respuesta:
            return bool(respuesta.status == 200 and proceso.poll() is None)
        time.sleep(0.05)
    return False
