"""Cómo se hace el libro de errores: marcando el de la persona o, si no se puede o no se pidió entero, uno nuevo."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from models.hojas.errores.expedido import Expedido
from models.hojas.errores.marcador import mark_libro
from models.hojas.revision.pedido import Pedido

_NO_SE_DEJA = (ValueError, KeyError, IndexError, NotImplementedError, zipfile.BadZipFile)
"""Lo que lanza un libro que se puede leer pero no está hecho como los de una hoja de cálculo."""


def make(original: Path, destino: Path, expediente: Path, forma: str, solo_malos: bool, pedido: Pedido) -> None:
    """Escribe en ``destino`` el libro marcado. Lanza ``LibroRechazado`` si el original ya no se abre."""
    expedido = Expedido(expediente, pedido.formato)
    try:
        if forma == "xlsx" and not solo_malos:
            try:
                mark_libro(original, destino, list(expedido.faltas()), expedido.hojas)
                return
            except _NO_SE_DEJA:
                destino.unlink(missing_ok=True)
        _make_nuevo(original, destino, expedido, forma, solo_malos, pedido)
    finally:
        expedido.close()


def _make_nuevo(original: Path, destino: Path, expedido: Expedido, forma: str, solo_malos: bool, pedido: Pedido) -> None:
    from models.hojas.errores.nuevo import rewrite_libro  # trae la plantilla entera: solo si hace falta

    solo = expedido.malos() if solo_malos else None
    with tempfile.TemporaryDirectory(dir=destino.parent) as aparte:
        limpio = Path(aparte) / "limpio.xlsx"
        rehecho = rewrite_libro(original, forma, limpio, expedido, pedido, solo)
        mark_libro(limpio, destino, rehecho.move(expedido.faltas()), rehecho.hojas)
