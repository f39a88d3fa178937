"""Hacer el libro de errores de una carga: reúne lo que hace falta y lo manda hacer a un proceso con límites."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from models.cargas import Carga


class ConRuta(Protocol):
    """Un expediente: basta saber dónde está."""

    @property
    def ruta(self) -> Path: ...


def make_libro_de_errores(carga: Carga, expediente: ConRuta, original: bytes | Path, solo_malos: bool = False) -> Path:
    """El libro marcado, en un archivo aparte que quien llama borra cuando ya lo entregó.

    Con ``solo_malos`` lleva nada más los renglones que no se pueden cargar, con los de sus tablas. Lanza ``LibroRechazado``
    si el original ya no se puede abrir.
    """
    # Aquí y no arriba: el proceso que hace el libro pasa por este paquete, y sin la base arranca en la mitad.
    from models.domain.catalogo_vigente import vigente
    from models.hojas.cargas.pedido import build_pedido
    from models.hojas.errores.proceso import Encargo, run

    pedido: Any = build_pedido(vigente.foto.tablas[carga.clave], carga)
    with tempfile.NamedTemporaryFile(prefix="ipomex-errores-", suffix=".xlsx", delete=False) as archivo:
        destino = Path(archivo.name)
    try:
        if isinstance(original, bytes):
            with tempfile.NamedTemporaryFile(prefix="ipomex-original-") as copia:
                copia.write(original)
                copia.flush()
                run(Encargo(Path(copia.name), destino, expediente.ruta, carga.forma or "xlsx", solo_malos), pedido)
        else:
            run(Encargo(original, destino, expediente.ruta, carga.forma or "xlsx", solo_malos), pedido)
    except BaseException:
        destino.unlink(missing_ok=True)
        raise
    return destino


def name_of(carga: Carga, solo_malos: bool = False) -> str:
    """Con qué nombre se descarga: «Contratos julio (con los errores marcados).xlsx»."""
    cual = "solo los renglones por corregir" if solo_malos else "con los errores marcados"
    nombre = PurePath(carga.nombre).stem.removesuffix(" (con los errores marcados)").removesuffix(
        " (solo los renglones por corregir)")
    return f"{nombre} ({cual}).xlsx"
