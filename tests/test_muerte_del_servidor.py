"""Matar al servidor y a su trabajador a media publicación de 120 registros: cada uno queda hecho del todo, o intacto."""

import contextlib
import http.client
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.cliente import Cliente
from models.domain.lotes import summary_of
from models.folios import a_folio
from models.tareas import Lote
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import CLAVE, CONTRASENA, Casa
from tests.servidor import arrancar

N = 120
"""Registros del lote: tres páginas de la lista."""

PAUSAS = (0.0, 0.02, 0.06)
"""Segundos entre que se confirma y se mata. Hacer el lote tarda un décimo: la primera muerte llega siempre antes, aunque la
máquina esté ocupada; las otras, a media publicación o ya acabada."""

LISTA = f"/ipo/f/{CLAVE}/"


def test_matar_al_servidor_y_al_trabajador_a_medio_lote_no_deja_nada_a_medias(
    base: Base, casa: Casa, tmp_path: Path,
) -> None:
    for i in range(N):
        casa.capturar(casa.julieta, periodo=f"T{1 + i % 4}")
    direccion, interrumpidos = "", 0
    for pausa in PAUSAS:
        with encendido(base, tmp_path) as (pids, laura):
            direccion = direccion or _congelar_todo(laura)
            interrumpidos += not _confirmar_y_matar(laura, direccion, pids, pausa)
        integro(base)
        assert _publicados(casa) in (0, N)
    assert interrumpidos >= 1, "ninguna muerte llegó a tiempo: bájense las pausas"
    with encendido(base, tmp_path) as (_, laura):
        assert laura.pedir(direccion, laura.ficha(LISTA)).estado in (200, 302)
    integro(base)
    assert summary_of(Lote.get()) == {"hechos": N, "por_hacer": 0, "fuera": []}
    assert all((fila.numero_publico, fila.version) == (1, 2) for fila in casa.tabla().trabajo.select())


@contextmanager
def encendido(base: Base, datos: Path) -> Iterator[tuple[list[int], Cliente]]:
    """El sistema servido de verdad sobre esa base: sus procesos, y Laura ante su pantalla. Al salir ya no vive nadie."""
    proceso, direccion = arrancar(datos, {"IPOMEX_BASE_DATOS": base.url, "IPOMEX_ENTORNO": "pruebas"})
    hijos = psutil.Process(proceso.pid).children(recursive=True)
    try:
        laura = Cliente(int(direccion.rpartition(":")[2])).entrar("unidad.metepec", CONTRASENA)
        with contextlib.closing(laura.conexion):
            yield [proceso.pid, *(hijo.pid for hijo in hijos)], laura
    finally:
        proceso.kill()
        proceso.wait()
        psutil.wait_procs(hijos, timeout=20)


def _congelar_todo(laura: Cliente) -> str:
    """Elige publicar todo lo del filtro y da la dirección donde se confirma."""
    hecho = laura.pedir(f"{LISTA}acciones", {**laura.ficha(LISTA), "acto": "publicar", "todos": "si"})
    assert hecho.estado == 302, hecho.cuerpo
    return f"{LISTA}confirmar/{a_folio(Lote.get().id)}"


def _confirmar_y_matar(laura: Cliente, direccion: str, pids: list[int], pausa: float) -> bool:
    """Mata a todos mientras se atiende la confirmación. Dice si aun así alcanzaron a contestar."""
    ficha, contestadas = laura.ficha(LISTA), []

    def confirmar() -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            contestadas.append(laura.pedir(direccion, ficha))

    hilo = threading.Thread(target=confirmar)
    hilo.start()
    time.sleep(pausa)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    hilo.join()
    return bool(contestadas)


def _publicados(casa: Casa) -> int:
    return int(casa.tabla().publica.select().count())
