"""Cargar un libro de Excel: la casa contra lo menos que se puede hacer con él, y contra django-import-export."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.banco import Banco
from benchmarks.libro_grande import COLUMNAS, clave_de, encabezados_de, write_libro

VECES_LA_LINEA_BASE, VECES_EL_AJENO, MEGAS_DEL_HIJO = 3.0, 4.0, 600.0
VUELTAS = 3
PROPIA = "benchmarks.carga_propia"


def medir(banco: Banco) -> None:
    """Se turnan en la misma corrida, con el mismo libro; de cada uno vale la mediana (del ajeno, una sola: tarda mucho más)."""
    with TemporaryDirectory(dir=banco.carpeta) as temporal:
        carpeta = Path(temporal)
        banco.correr("benchmarks.libro_grande", str(carpeta / "limpia"))
        for columnas in COLUMNAS:
            libro = carpeta / f"libro-{columnas}.xlsx"
            write_libro(libro, banco.plan.renglones_de_libro, columnas)
            _comparar(banco, carpeta, libro, columnas)


def _comparar(banco: Banco, carpeta: Path, libro: Path, columnas: int) -> None:
    casa, base = [], []
    for _ in range(VUELTAS):
        base.append(_correr(banco, carpeta, "benchmarks.linea_base", libro))
        casa.append(_correr(banco, carpeta, PROPIA, libro, clave_de(columnas)))
    ajeno = _correr(banco, carpeta, "benchmarks.importador_ajeno", libro, ",".join(encabezados_de(columnas)))
    nuestra, minima = median(una["segundos"] for una in casa), median(una["segundos"] for una in base)
    medida = {"filas": casa[0]["filas"], "columnas": columnas}
    exigible = banco.plan.es_completo
    banco.libreta.anotar(
        f"cargar_libro_de_{columnas}", nuestra / minima, "veces calamine + executemany",
        VECES_LA_LINEA_BASE if exigible else None, **medida, segundos=nuestra, segundos_base=minima,
        revisar=median(una["revisar"] for una in casa), cargar=median(una["cargar"] for una in casa))
    banco.libreta.anotar(
        f"cargar_libro_de_{columnas}_contra_django", ajeno["segundos"] / nuestra, "veces más rápida",
        VECES_EL_AJENO if exigible else None, "minimo", **medida, segundos_ajeno=ajeno["segundos"])
    banco.libreta.anotar(f"memoria_del_lector_{columnas}", max(una["memoria_del_hijo"] for una in casa), "MB",
                         MEGAS_DEL_HIJO, **medida)


def _correr(banco: Banco, carpeta: Path, modulo: str, libro: Path, *mas: str) -> dict[str, Any]:
    """Una vuelta, en una carpeta nueva; la casa parte de una copia de su base limpia."""
    with TemporaryDirectory(dir=carpeta) as temporal:
        if modulo == PROPIA:
            shutil.copyfile(carpeta / "limpia" / "ipomex.db", Path(temporal) / "ipomex.db")
        leido: dict[str, Any] = json.loads(banco.correr(modulo, str(libro), temporal, *mas))
    return leido
