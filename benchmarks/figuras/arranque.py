"""Arranque: de ``python app.py`` a la primera página, con cien formatos de veinte campos ya en vigor."""

from __future__ import annotations

from statistics import median

from benchmarks.banco import Banco
from benchmarks.catalogo_grande import CAMPOS, FORMATOS
from benchmarks.servidores import servidor

LIMITE = 2.5


def medir(banco: Banco) -> None:
    """La mediana de varios arranques; cada uno es un proceso nuevo."""
    segundos, procesador = [], []
    with banco.base_con_catalogo() as (datos, catalogo):
        for _ in range(banco.plan.arranques):
            with servidor(datos, catalogo) as recien:
                segundos.append(recien.arranque)
                procesador.append(recien.cpu())
    banco.libreta.anotar(
        "arranque_a_la_primera_pagina", median(segundos), "s", LIMITE, mejor=min(segundos), peor=max(segundos),
        s_de_procesador=median(procesador), formatos=FORMATOS, campos=CAMPOS,
        instituciones=banco.plan.instituciones, arranques=len(segundos))
