"""El libro de errores: 2,000 renglones de 30 columnas con 500 faltas, de vuelta con sus celdas marcadas."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.banco import Banco

RENGLONES, COLUMNAS, FALTAS, SEGUNDOS = 2_000, 30, 500, 5.0
VUELTAS = 3


def medir(banco: Banco) -> None:
    """De tres vueltas vale la peor: es lo que espera una persona."""
    with TemporaryDirectory(dir=banco.carpeta) as temporal:
        medido = json.loads(banco.correr("benchmarks.libro_sembrado", str(Path(temporal)), str(RENGLONES), str(COLUMNAS),
                                         str(FALTAS), str(VUELTAS)))
    banco.libreta.anotar("libro_de_errores", max(medido["entero"]), "s", SEGUNDOS, filas=RENGLONES, columnas=COLUMNAS,
                         faltas=medido["marcadas"], solo_malos=max(medido["solo_malos"]), memoria_mb=medido["memoria"])
