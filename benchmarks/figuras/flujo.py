"""El flujo de trabajo: lo que cuesta guardar un registro y publicar un lote. Solo se informa: no tiene límite."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.banco import Banco


def medir(banco: Banco) -> None:
    """Lo mismo en la base chica y en la grande: publicar no debe depender de cuántos registros haya."""
    for filas in dict.fromkeys((banco.plan.medianas, banco.plan.filas)):
        with TemporaryDirectory(dir=banco.carpeta) as copia:
            shutil.copyfile(banco.base(filas) / "ipomex.db", Path(copia) / "ipomex.db")
            _medir_en(banco, copia, filas)


def _medir_en(banco: Banco, datos: str, filas: int) -> None:
    capturas, lote = banco.plan.capturas, banco.plan.lote
    medido = json.loads(banco.correr("benchmarks.jornada", datos, str(capturas), str(lote)))
    banco.libreta.anotar("guardar_un_registro", medido.pop("guardar_ms"), "ms", filas=filas, capturas=capturas)
    for nombre, por_segundo in medido.items():
        banco.libreta.anotar(f"{nombre}_en_lote", por_segundo, "registros por segundo", filas=filas, lote=lote)
