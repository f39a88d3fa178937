"""Mide todo, o lo que diga ``BENCH_FIGURAS``, y sale con 1 si alguna cifra rebasa su límite."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.banco import Banco
from benchmarks.figuras import FIGURAS
from benchmarks.plan import Plan, read_plan


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # con ella cada proceso se compila otra vez
    plan = read_plan()
    if desconocidas := set(plan.figuras) - FIGURAS.keys():
        print(f"No hay figura {', '.join(sorted(desconocidas))}. Hay: {', '.join(FIGURAS)}.", file=sys.stderr)
        return 2
    if plan.carpeta is not None:
        return _medir(plan, plan.carpeta)
    with tempfile.TemporaryDirectory(prefix="ipomex-medidas-") as temporal:
        return _medir(plan, Path(temporal))


def _medir(plan: Plan, carpeta: Path) -> int:
    banco = Banco(plan, carpeta)
    print(f"{_maquina()}; {plan.filas:,} registros y {plan.instituciones} instituciones en {carpeta}", file=sys.stderr)
    for nombre, medir in FIGURAS.items():
        if not plan.figuras or nombre in plan.figuras:
            inicio = time.monotonic()
            medir(banco)
            print(f"— {nombre}: {time.monotonic() - inicio:.0f} s", file=sys.stderr)
    if banco.libreta.rotas:
        print(f"Rebasan su límite: {', '.join(banco.libreta.rotas)}", file=sys.stderr)
    return int(bool(banco.libreta.rotas))


def _maquina() -> str:
    memoria = psutil.virtual_memory().total / 2**30
    carga = psutil.getloadavg()[0] / (psutil.cpu_count() or 1)
    return (f"{psutil.cpu_count()} núcleos ({carga:.0%} ocupados al empezar), {memoria:.0f} GB, "
            f"Python {platform.python_version()}")


if __name__ == "__main__":
    sys.exit(main())
