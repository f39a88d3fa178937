"""``python -m benchmarks.carga_propia LIBRO DATOS CLAVE``: el mismo libro por la puerta de la casa, en este proceso.

Se recibe, se revisa entero (celda por celda, repetidos, datos personales, palabras para buscar), se confirma y se carga con su
bitácora y sus contadores: lo que hace el trabajador, sin servidor de por medio. Imprime los segundos y la memoria.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks.carga import url_de
from benchmarks.instituciones import GRANDE
from models.base import db
from models.cargas import Carga
from models.domain.actores import actor_de
from models.domain.catalogo_vigente import vigente
from models.escritores import arrendar
from models.hojas.cargas import confirm_carga, find_carga, read_resumen, receive_libro
from models.hojas.cargas.carpeta import carpeta
from models.motores import abrir
from models.trabajos.trabajador import attend_all, new_dueno
from models.usuarios import Usuario

_TIC = 0.05


class Balanza:
    """Los MB que llegan a usar juntos los procesos hijos; lo que comparten se cuenta una vez."""

    def __init__(self) -> None:
        self.maximo = 0.0
        self._parar = threading.Event()
        self._hilo = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Balanza:
        self._hilo.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._parar.set()
        self._hilo.join()

    def _watch(self) -> None:
        yo = psutil.Process()
        while not self._parar.wait(_TIC):
            self.maximo = max(self.maximo, sum(map(_megas, yo.children(recursive=True))))


def _megas(proceso: psutil.Process) -> float:
    try:
        return float(proceso.memory_full_info().pss) / 2**20
    except psutil.Error:
        return 0.0


def load(libro: Path, datos: Path, clave: str) -> dict[str, Any]:
    """``{"segundos", "revisar", "cargar", "filas", "memoria_del_hijo"}`` de cargar el libro en la base de ``datos``."""
    db.initialize(abrir(url_de(datos)))
    carpeta.initialize(datos)
    with db.connection_context():
        arrendar()
        vigente.recargar()
        actor = actor_de(Usuario.get(Usuario.usuario == f"unidad.{GRANDE}"), vigente.foto.catalogo)
        tabla, dueno = vigente.foto.tablas[clave], new_dueno()
        inicio = time.perf_counter()
        with libro.open("rb") as flujo:
            carga = receive_libro(actor, tabla, carpeta.almacen, libro.name, flujo, {})
        with Balanza() as balanza:
            attend_all(dueno)
        revisada = time.perf_counter()
        confirm_carga(actor, find_carga(actor, carga.id), solo_buenos=False)
        attend_all(dueno)
        fin = time.perf_counter()
        hecha = Carga.get(Carga.sujeto_id == carga.sujeto_id, Carga.id == carga.id)
        if hecha.situacion != "cargada":
            raise RuntimeError(f"La carga quedó {hecha.situacion}: {hecha.mensaje} {hecha.resumen}")
    return {"segundos": fin - inicio, "revisar": revisada - inicio, "cargar": fin - revisada,
            "filas": read_resumen(hecha)["nuevos"], "memoria_del_hijo": balanza.maximo}


if __name__ == "__main__":
    print(json.dumps(load(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
