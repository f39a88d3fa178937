"""Que cada archivo de la base esté en el disco, completo y sin cambios."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from models.adjuntos import Archivo, PubArchivo
from models.archivos.almacen import TROZO, AlmacenEnDisco
from models.cargas import Carga
from models.folios import a_folio
from models.hojas.cargas.situaciones import Situacion


def check_archivos(almacen: AlmacenEnDisco) -> Iterator[str]:
    """Lee todos: tarda lo que tarde leer el disco. Lo mismo subido dos veces se lee una."""
    for modelo, identificador in ((PubArchivo, PubArchivo.archivo_id), (Archivo, Archivo.id)):
        vistos: set[str] = set()
        consulta = modelo.select(identificador, modelo.sha256, modelo.nombre, modelo.bytes).order_by(modelo.sha256)
        for archivo_id, sha256, nombre, tamano in consulta.tuples().iterator():
            if sha256 not in vistos and (falla := _falla(almacen, sha256, tamano)):
                yield f"{'público' if modelo is PubArchivo else 'de trabajo'} {a_folio(archivo_id)} «{nombre}»: {falla}"
            vistos.add(sha256)
    yield from _check_libros(almacen)


def _check_libros(almacen: AlmacenEnDisco) -> Iterator[str]:
    """El libro original de cada carga, que es constancia de lo que se cargó. El de lo cancelado no se guarda, ni el que
    se quitó porque traía un dato que después se suprimió (sin huella)."""
    cargas = Carga.select(Carga.id, Carga.sha256, Carga.nombre, Carga.bytes).where(
        Carga.situacion.not_in([Situacion.CANCELADA, Situacion.RECHAZADA]), Carga.sha256 != "").order_by(Carga.sha256)
    for identificador, sha256, nombre, tamano in cargas.tuples().iterator():
        if falla := _falla(almacen, sha256, tamano):
            yield f"el libro de la carga {a_folio(identificador)} «{nombre}»: {falla}"


def _falla(almacen: AlmacenEnDisco, sha256: str, tamano: int) -> str | None:
    """Qué tiene mal un contenido; ``None`` si está bien."""
    try:
        ruta = almacen.ruta(sha256)
    except ValueError:
        return "su huella no es una huella"
    if not ruta.is_file():
        return f"no está en el disco ({ruta})"
    if ruta.stat().st_size != tamano:
        return f"pesa {ruta.stat().st_size} bytes y debía pesar {tamano} ({ruta})"
    huella = hashlib.sha256()
    with ruta.open("rb") as flujo:
        while trozo := flujo.read(TROZO):
            huella.update(trozo)
    return None if huella.hexdigest() == sha256 else f"su contenido cambió ({ruta})"
