"""Lo que más usa una Unidad grande: su tablero, su organigrama, y revisar de una vez todo lo que espera."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente, Fallo
from benchmarks.instituciones import CHICA, GRANDE, MEDIANA
from benchmarks.renglones import CLAVE
from benchmarks.servidores import Servidor, servidor
from benchmarks.surtido import FORMATOS

TABLERO, ORGANIGRAMA, LISTA = "/ipo/tablero", "/ipo/organigrama", f"/ipo/f/{CLAVE}/"
MS_DEL_TABLERO, SEGUNDOS_DEL_ORGANIGRAMA, SEGUNDOS_DE_REVISAR = 50.0, 1.0, 5.0
POR_REVISAR = 10_000
PACIENCIA = 120.0

_AVANCE = re.compile(r"/ipo/avance/[^/?]+")


def medir(banco: Banco) -> None:
    """En una copia: se le cuelgan áreas y se le revisan registros."""
    datos = banco.base(banco.plan.filas)
    with TemporaryDirectory(dir=banco.carpeta) as temporal:
        copia = Path(temporal)
        shutil.copyfile(datos / "ipomex.db", copia / "ipomex.db")
        banco.correr("benchmarks.surtido", temporal, str(banco.plan.areas), datos=copia)
        consultas = {siglas: int(banco.correr("benchmarks.consultas", f"unidad.{siglas}", TABLERO, datos=copia))
                     for siglas in (GRANDE, CHICA)}
        with servidor(copia) as servido:
            _tablero(banco, servido, consultas)
            _organigrama(banco, servido)
            _revisar(banco, servido.cliente().entrar(f"unidad.{MEDIANA}"))


def _tablero(banco: Banco, servido: Servidor, consultas: dict[str, int]) -> None:
    ms = _del_servidor(servido, TABLERO, banco.plan.vueltas)
    banco.libreta.anotar("tablero_de_la_unidad", ms, "ms", MS_DEL_TABLERO, formatos=FORMATOS, registros=banco.plan.filas,
                         cpu_ms=servido.cpu_por_vez(_pedir(servido, TABLERO), banco.plan.vueltas))
    banco.libreta.anotar("tablero_consultas_de_mas", consultas[GRANDE] - consultas[CHICA], "consultas", 0,
                         con_muchos=consultas[GRANDE], con_pocos=consultas[CHICA])


def _organigrama(banco: Banco, servido: Servidor) -> None:
    ms = _del_servidor(servido, ORGANIGRAMA, max(3, banco.plan.vueltas // 8))
    banco.libreta.anotar("organigrama", ms / 1000, "s", SEGUNDOS_DEL_ORGANIGRAMA, areas=banco.plan.areas)


def _del_servidor(servido: Servidor, ruta: str, vueltas: int) -> float:
    """La mediana de lo que el servidor dice que tardó en esa página."""
    cliente = servido.cliente().entrar(f"unidad.{GRANDE}")
    cliente.ver(ruta)
    peticiones = [cliente.ver(ruta).peticion for _ in range(vueltas)]
    ms = servido.ms_por_peticion()
    return median(ms[peticion] for peticion in peticiones)


def _pedir(servido: Servidor, ruta: str) -> object:
    cliente = servido.cliente().entrar(f"unidad.{GRANDE}")
    return lambda: cliente.ver(ruta)


def _revisar(banco: Banco, cliente: Cliente) -> None:
    """Todos los que esperan, desde que se confirma hasta que terminan; y cuántos avances distintos vio quien esperaba."""
    filtro = f"{LISTA}?estado=capturado"
    congelado = cliente.pedir(f"{LISTA}acciones?estado=capturado", {**cliente.ficha(filtro), "acto": "revisar", "todos": "si"})
    confirmar = _lleva_a(congelado.estado, congelado.lleva_a)
    ficha, inicio = cliente.ficha(confirmar), time.perf_counter()
    hecho = cliente.pedir(confirmar, ficha)
    avance = _lleva_a(hecho.estado, hecho.lleva_a)
    vistos, total = _esperar(cliente, avance) if _AVANCE.search(avance) else ({0}, 0)
    segundos = time.perf_counter() - inicio
    banco.libreta.anotar("revisar_los_que_esperan", segundos, "s", SEGUNDOS_DE_REVISAR if total <= POR_REVISAR * 1.1 else None,
                         registros=total, avances=len(vistos))


def _lleva_a(estado: int, destino: str) -> str:
    if estado != 302:
        raise Fallo(f"Se esperaba seguir adelante y contestó {estado}.")
    return destino


def _esperar(cliente: Cliente, avance: str) -> tuple[set[int], int]:
    vistos: set[int] = set()
    limite = time.monotonic() + PACIENCIA
    while time.monotonic() < limite:
        dicho = json.loads(cliente.ver(f"{avance}/estado").cuerpo)
        vistos.add(int(dicho["hecho"]))
        if dicho["estado"] == "terminado":
            return vistos, int(dicho["total"])
        time.sleep(0.05)
    raise Fallo("El lote no terminó.")
