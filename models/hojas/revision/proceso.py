"""Mandar a revisar un libro: corre en un proceso aparte, con memoria y tiempo contados, y deja un expediente."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

from models.hojas.libros.inspeccion import inspect_libro
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.pedido import Pedido

registro = logging.getLogger("ipomex.hojas")

Resumen = dict[str, Any]
"""``total``, ``buenos``, ``malos``, ``por_corregir``, ``bajas``, ``incompletos``, ``problemas``, ``correcciones``,
``hallazgos``, ``archivos`` (``piden``, ``hallados``, ``faltan``), ``forma``, ``hoja`` y ``segundos``."""

DANADO = ("No se pudo leer el libro: parece dañado o demasiado grande por dentro. Ábralo en su hoja de cálculo, guárdelo de "
          "nuevo como «Libro de Excel (.xlsx)» y súbalo otra vez.")
TARDO = "El libro tardó demasiado en leerse. Divídalo en partes más pequeñas y súbalas una por una."
_RAIZ = Path(__file__).resolve().parents[3]


def check_libro(libro: Path, pedido: Pedido, destino: Path, avance: Callable[[int, int], None] | None = None) -> Resumen:
    """Lee ``libro`` y deja su expediente en ``destino``; da el resumen. ``avance`` recibe ``(hecho, total)`` renglones.

    Lanza ``LibroRechazado`` si el libro no se puede leer o no es de este formato; entonces no queda expediente. Lo que lance
    ``avance`` detiene la lectura.
    """
    revision = checking(libro, pedido, destino)
    while True:
        try:
            hecho, total = next(revision)
        except StopIteration as fin:
            return dict(fin.value)
        if avance:
            try:
                avance(hecho, total)
            except BaseException:
                revision.close()
                raise


def checking(libro: Path, pedido: Pedido, destino: Path) -> Generator[tuple[int, int], None, Resumen]:
    """Como ``check_libro``, de a pedazos: da ``(hecho, total)`` conforme avanza y al final el resumen. Cerrarlo la detiene."""
    parcial = destino.with_name(f"{destino.name}.parcial")
    proceso = _lanzar(libro, parcial, pedido.forma or inspect_libro(libro, pedido.limites), pedido)
    reloj = threading.Timer(pedido.limites.segundos, proceso.kill)
    reloj.start()
    ultimo: dict[str, Any] = {}
    try:
        assert proceso.stdout is not None
        _entregar(proceso, pedido)
        for linea in proceso.stdout:
            if linea.startswith(b"{"):
                ultimo = json.loads(linea)
            else:
                hecho, total = linea.split()
                yield int(hecho), int(total)
        proceso.wait()
        resumen = _conclude(ultimo, proceso, reloj)
        parcial.replace(destino)
        return resumen
    finally:
        reloj.cancel()
        proceso.kill()
        proceso.wait()
        for tubo in (proceso.stdin, proceso.stdout, proceso.stderr):
            if tubo:
                tubo.close()
        for resto in parcial.parent.glob(f"{parcial.name}*"):
            resto.unlink(missing_ok=True)


def _lanzar(libro: Path, parcial: Path, forma: str, pedido: Pedido) -> subprocess.Popen[bytes]:
    """El proceso lector, sin nada del entorno de quien lo lanza: ni base, ni secretos."""
    entorno = {nombre: os.environ[nombre] for nombre in ("PATH", "LANG", "TZ", "TMPDIR") if nombre in os.environ}
    orden = [sys.executable, "-m", "models.hojas.revision", str(libro.resolve()), str(parcial.resolve()), forma,
             str(pedido.limites.memoria), str(pedido.limites.segundos)]
    return subprocess.Popen(orden, cwd=_RAIZ, env=entorno, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def _entregar(proceso: subprocess.Popen[bytes], pedido: Pedido) -> None:
    """Le da el pedido. Si ya murió, por tiempo o por memoria, no se le entrega a nadie: lo que dejó dicho explica por qué."""
    assert proceso.stdin is not None
    with suppress(BrokenPipeError):
        proceso.stdin.write(pedido.to_json().encode())
    with suppress(BrokenPipeError):
        proceso.stdin.close()


def _conclude(ultimo: dict[str, Any], proceso: subprocess.Popen[bytes], reloj: threading.Timer) -> Resumen:
    if "rechazo" in ultimo:
        raise LibroRechazado(ultimo["rechazo"])
    if "resumen" in ultimo and proceso.returncode == 0:
        return dict(ultimo["resumen"])
    assert proceso.stderr is not None
    registro.warning("la lectura de un libro murió (%s): %s", proceso.returncode,
                     proceso.stderr.read()[-2000:].decode(errors="replace"))
    raise LibroRechazado(DANADO if reloj.is_alive() else TARDO)
