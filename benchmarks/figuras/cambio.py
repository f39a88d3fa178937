"""Cambio de catálogo: cuánto tarda en verse en dos procesos que siguen atendiendo, y cuántas peticiones fallan mientras."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path

from peewee import sqlite3

from benchmarks.banco import Banco
from benchmarks.catalogo_grande import CAMPOS, FORMATOS, clave_de, etiqueta_de, write_formato
from benchmarks.cliente import Cliente, Fallo
from benchmarks.instituciones import GRANDE
from benchmarks.servidores import Servidor, servidor

LIMITE, EL_QUE_CAMBIA = 1.0, 7
PACIENCIA = 120.0
PAUSA, MIRADA = 0.03, 0.01
"""Segundos entre dos peticiones de una persona, y entre dos miradas del vigía."""

PORTAL = f"/{GRANDE}/{clave_de(EL_QUE_CAMBIA)}/"
OFICINA = f"/ipo/f/{clave_de(EL_QUE_CAMBIA)}/"


def medir(banco: Banco) -> None:
    """Aplica varios cambios desde otro proceso, con dos personas pidiendo páginas en cada servidor."""
    with ExitStack() as pila:
        datos, catalogo = pila.enter_context(banco.base_con_catalogo())
        servidores = [pila.enter_context(servidor(datos, catalogo)) for _ in range(2)]
        estados = pila.enter_context(_personas(servidores))
        segundos = [_cambiar(banco, datos, catalogo, n, servidores) for n in range(1, banco.plan.cambios + 1)]
    fallas = [estado for estado in estados if estado != 200]
    banco.libreta.anotar("cambio_de_catalogo_visible", max(segundos), "s", LIMITE, formatos=FORMATOS, procesos=2,
                         cambios=len(segundos), mejor=min(segundos))
    banco.libreta.anotar("cambio_de_catalogo_fallas", len(fallas), "peticiones", 0, peticiones=len(estados))


def _cambiar(banco: Banco, datos: Path, catalogo: Path, n: int, servidores: list[Servidor]) -> float:
    """Agrega un campo; da los segundos desde que se aplicó hasta que lo enseñaron todos los procesos."""
    write_formato(catalogo, EL_QUE_CAMBIA, f"Formato cambiado {n}", CAMPOS + n)
    buscado = etiqueta_de(CAMPOS + n)
    with ThreadPoolExecutor(len(servidores)) as vigias:
        vistos = [vigias.submit(_instante_en_que, uno.cliente(), buscado) for uno in servidores]
        banco.correr("benchmarks.aplicador", str(catalogo), datos=datos)
        return max(visto.result() for visto in vistos) - _instante_de_aplicacion(datos)


def _instante_en_que(cliente: Cliente, texto: str) -> float:
    fin = time.time() + PACIENCIA
    while time.time() < fin:
        if texto in cliente.ver(PORTAL).cuerpo:
            return time.time()
        time.sleep(MIRADA)
    raise Fallo(f"El cambio no se vio en {PACIENCIA:.0f} s.")


def _instante_de_aplicacion(datos: Path) -> float:
    """El que la base apuntó, un momento antes de confirmar el cambio."""
    base = sqlite3.connect(datos / "ipomex.db")
    try:
        [(instante,)] = base.execute("SELECT max(aplicado_en) FROM catalogo_version")
    finally:
        base.close()
    return float(instante) / 1000


@contextmanager
def _personas(servidores: list[Servidor]) -> Iterator[list[int]]:
    """Una en la oficina y otra en el portal de cada servidor; da los estados que van recibiendo (0: sin respuesta)."""
    alto, estados = threading.Event(), list[int]()
    clientes: list[tuple[Cliente, str]] = []
    for uno in servidores:
        clientes += [(uno.cliente().entrar(f"unidad.{GRANDE}"), OFICINA), (uno.cliente(), PORTAL)]
    hilos = [threading.Thread(target=_pedir, args=(cliente, ruta, alto.is_set, estados)) for cliente, ruta in clientes]
    for hilo in hilos:
        hilo.start()
    try:
        yield estados
    finally:
        alto.set()
        for hilo in hilos:
            hilo.join()


def _pedir(cliente: Cliente, ruta: str, parar: Callable[[], bool], estados: list[int]) -> None:
    while not parar():
        try:
            estados.append(cliente.pedir(ruta).estado)
        except (OSError, HTTPException):
            estados.append(0)
        time.sleep(PAUSA)
