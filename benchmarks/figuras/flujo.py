"""El flujo de trabajo: lo que cuesta guardar un registro y publicar un lote. Solo se informa: no tiene límite."""

from __future__ import annotations

import json

from benchmarks.banco import Banco


def medir(banco: Banco) -> None:
    """Lo mismo en la base chica y en la grande: publicar no debe depender de cuántos registros haya."""
    capturas, lote = banco.plan.capturas, banco.plan.lote
    for filas in dict.fromkeys((banco.plan.medianas, banco.plan.filas)):
        medido = json.loads(banco.correr("benchmarks.jornada", str(banco.base(filas)), str(capturas), str(lote)))
        banco.libreta.anotar(f"guardar_un_registro_con_{filas}", medido["guardar_ms"], "ms", capturas=capturas)
        banco.libreta.anotar(f"publicar_en_lote_con_{filas}", medido["publicar_filas_s"], "registros por segundo", lote=lote)
