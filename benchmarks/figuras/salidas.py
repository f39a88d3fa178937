"""Las descargas: cuánto tardan contra lo más rápido que Python sabe, cuándo sale la primera letra y cuánta memoria piden."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente, Fallo
from benchmarks.instituciones import GRANDE
from benchmarks.renglones import CLAVE, LUGARES
from benchmarks.servidores import Servidor, servidor

VECES, SEGUNDOS_DEL_LIBRO, PRIMERA_LETRA, MEMORIA = 1.5, 3.0, 0.1, 50.0
DE_LIBRO = 100_000

RUTAS = {
    "portal_csv": f"/{GRANDE}/{CLAVE}/{LUGARES[-1][0]}.csv",
    "portal_xlsx": f"/{GRANDE}/{CLAVE}/{LUGARES[-1][0]}.xlsx",
    "portal_de_todas_csv": f"/datos/{CLAVE}.csv",
    "oficina_csv": f"/ipo/f/{CLAVE}/exportar/csv",
    "oficina_excel": f"/ipo/f/{CLAVE}/exportar/excel",
}


def medir(banco: Banco) -> None:
    """Primero sin servidor, lo que cuesta escribir; luego por HTTP, lo que nota quien descarga y quien cuida el servidor."""
    datos = banco.base(banco.plan.filas)
    medido = json.loads(banco.correr("benchmarks.descargas", str(datos), str(min(DE_LIBRO, banco.plan.filas)), datos=datos))
    banco.libreta.anotar("csv_contra_cursor_crudo", medido["casa"] / medido["cruda"], "veces", VECES, segundos=medido["casa"],
                         segundos_del_crudo=medido["cruda"], renglones=medido["renglones"])
    banco.libreta.anotar("xlsx_de_cien_mil", medido["libro"], "s", SEGUNDOS_DEL_LIBRO, renglones=medido["de_libro"],
                         campos=medido["campos"])
    with servidor(datos) as servido:
        cliente = servido.cliente().entrar(f"unidad.{GRANDE}")
        for nombre, ruta in RUTAS.items():
            _descargar(banco, servido, cliente, nombre, ruta)


def _descargar(banco: Banco, servido: Servidor, cliente: Cliente, nombre: str, ruta: str) -> None:
    with _watch(servido) as memoria:
        bajada = fetch(cliente, ruta)
    banco.libreta.anotar(f"descarga_{nombre}_primera_letra", bajada.primera, "s", PRIMERA_LETRA, segundos=bajada.segundos,
                         megas=bajada.octetos / 1e6)
    banco.libreta.anotar(f"descarga_{nombre}_memoria", memoria.maxima - memoria.antes, "MB", MEMORIA, antes=memoria.antes)


@dataclass(frozen=True, slots=True)
class Bajada:
    """Segundos hasta la primera letra y hasta la última."""

    primera: float
    segundos: float
    octetos: int


def fetch(cliente: Cliente, ruta: str) -> Bajada:
    """Descarga y tira, como quien guarda en disco."""
    inicio = time.perf_counter()
    cliente.conexion.request("GET", ruta, headers={"Cookie": "; ".join(f"{n}={v}" for n, v in cliente.cookies.items())})
    respuesta = cliente.conexion.getresponse()
    octetos = len(respuesta.read(1))
    primera = time.perf_counter() - inicio
    if respuesta.status != 200:
        raise Fallo(f"{ruta} contestó {respuesta.status}")
    while trozo := respuesta.read(1 << 16):
        octetos += len(trozo)
    return Bajada(primera, time.perf_counter() - inicio, octetos)


@dataclass
class _Memoria:
    antes: float
    maxima: float = 0.0
    fin: threading.Event = field(default_factory=threading.Event)


@contextmanager
def _watch(servido: Servidor) -> Iterator[_Memoria]:
    """La memoria del servidor, cada veinte milisegundos."""
    memoria = _Memoria(servido.memoria())

    def mirar() -> None:
        while not memoria.fin.wait(0.02):
            memoria.maxima = max(memoria.maxima, servido.memoria())

    hilo = threading.Thread(target=mirar)
    hilo.start()
    try:
        yield memoria
    finally:
        memoria.maxima = max(memoria.maxima, servido.memoria())
        memoria.fin.set()
        hilo.join()
