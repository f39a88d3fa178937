"""La memoria de los hilos: la que uno deja le sirve al otro."""

import re
import subprocess
import sys
from pathlib import Path

from tests.bases import RAIZ

PROGRAMA = """
import ctypes, sys, threading
from models.servicio.memoria import share_memoria
if sys.argv[2] == "si":
    assert share_memoria()
juntos = threading.Barrier(8)
def pedir():
    juntos.wait()
    guardado = [bytearray(4096) for _ in range(500)]
    juntos.wait()
hilos = [threading.Thread(target=pedir) for _ in range(8)]
[hilo.start() for hilo in hilos]; [hilo.join() for hilo in hilos]
libc = ctypes.CDLL("libc.so.6")
libc.fopen.restype = ctypes.c_void_p
archivo = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(archivo)); libc.fclose(ctypes.c_void_p(archivo))
"""


def almacenes(tmp_path: Path, limitados: str) -> int:
    """Cuántos almacenes de memoria tiene un proceso después de que ocho hilos pidieron a la vez."""
    dicho = tmp_path / "malloc.xml"
    subprocess.run([sys.executable, "-c", PROGRAMA, str(dicho), limitados], cwd=RAIZ, check=True)
    return len(re.findall(r"<heap nr=", dicho.read_text()))


def test_ocho_hilos_comparten_dos_almacenes(tmp_path: Path) -> None:
    assert almacenes(tmp_path, "no") > 2, "sin decir nada, cada hilo tiene el suyo"
    assert almacenes(tmp_path, "si") <= 2
