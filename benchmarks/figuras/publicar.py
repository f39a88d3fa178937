"""Publicar de una vez los contratos de un libro, contra lo menos que se puede hacer con ellos en la misma base."""

from __future__ import annotations

import json
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.banco import Banco
from benchmarks.libro_grande import COLUMNAS

VECES_LO_MINIMO = 2.5
VUELTAS = 3


def medir(banco: Banco) -> None:
    """Lo mínimo, publicar y revisar se turnan, cada uno en su copia de la base; de cada uno vale la mediana.

    ``cpu`` es del hilo que escribe: con la máquina compartida, el reloj mide también a los demás.
    """
    filas = banco.plan.renglones_de_libro
    for columnas in COLUMNAS:
        with TemporaryDirectory(dir=banco.carpeta) as temporal:
            medido = json.loads(banco.correr("benchmarks.publicacion", temporal, str(columnas), str(filas), str(VUELTAS)))
        segundos = {nombre: median(reloj for reloj, _ in veces) for nombre, veces in medido.items()}
        cpu = {nombre: median(procesador for _, procesador in veces) for nombre, veces in medido.items()}
        banco.libreta.anotar(
            f"publicar_lote_de_{columnas}", segundos["publicar"] / segundos["minimo"], "veces INSERT … SELECT + índice",
            VECES_LO_MINIMO if banco.plan.es_completo else None, filas=filas, columnas=columnas,
            segundos=segundos["publicar"], segundos_minimo=segundos["minimo"], cpu=cpu["publicar"], cpu_minimo=cpu["minimo"])
        banco.libreta.anotar(f"revisar_lote_de_{columnas}", segundos["revisar"], "s", filas=filas, columnas=columnas)
