"""El proceso que hace el libro de errores: aparte, con memoria y tiempo contados, sin base de datos ni secretos."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.pedido import Pedido

registro = logging.getLogger("ipomex.hojas")

ESPERA = 300
"""Segundos que se espera al libro."""

NO_SE_PUDO = ("No se pudo hacer el libro con los errores marcados: el original trae algo que no se puede copiar. La lista de "
              "lo que hay que corregir está en la página de la carga.")
_RAIZ = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Encargo:
    """Qué libro se quiere: de qué original, dónde, con qué expediente, y si solo lleva los renglones malos."""

    original: Path
    destino: Path
    expediente: Path
    forma: str
    solo_malos: bool


def run(encargo: Encargo, pedido: Pedido) -> None:
    """Hace el libro en ``encargo.destino``. Lanza ``LibroRechazado``."""
    entorno = {nombre: os.environ[nombre] for nombre in ("PATH", "LANG", "TZ", "TMPDIR") if nombre in os.environ}
    orden = [sys.executable, "-m", "models.hojas.errores", *(str(ruta.resolve()) for ruta in (
        encargo.original, encargo.destino, encargo.expediente)), encargo.forma, "malos" if encargo.solo_malos else "todos",
        str(pedido.limites.memoria)]
    try:
        hecho = subprocess.run(orden, cwd=_RAIZ, env=entorno, input=pedido.to_json().encode(), capture_output=True,
                               timeout=ESPERA, check=False)
    except subprocess.TimeoutExpired as error:
        raise LibroRechazado(NO_SE_PUDO) from error
    ultimo = hecho.stdout.splitlines()[-1:]
    if hecho.returncode or not ultimo:
        registro.warning("el libro de errores no se hizo (%s): %s", hecho.returncode,
                         hecho.stderr[-2000:].decode(errors="replace"))
        raise LibroRechazado(NO_SE_PUDO)
    if rechazo := json.loads(ultimo[0]).get("rechazo"):
        raise LibroRechazado(rechazo)
