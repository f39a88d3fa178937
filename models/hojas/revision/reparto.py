"""Repartir los renglones de un libro entre procesos, para que trabajen todos los núcleos, y juntar lo que cada uno leyó.

El libro ya está abierto cuando el proceso se divide: la memoria de calamine se comparte. Cada parte recorre el libro desde el
principio (es barato) y solo lee sus renglones. La primera escribe en el expediente; las demás, en uno suyo que al final se le
agrega: como las tablas son iguales y no tienen índices, SQLite copia los renglones sin abrirlos.
"""

from __future__ import annotations

import gc
import os
import select
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.anaqueles import insert_desde
from models.hojas.revision.expediente import Expediente
from models.hojas.revision.hojas import Plano
from models.hojas.revision.trozos import Compilado

TROZO = 1_000
MINIMO = 3_000
"""Renglones desde los que conviene dividirse."""

_ANAQUELES = ("problema", "correccion", "hallazgo", "archivo")
_FALTO = "No se pudo leer el libro: es demasiado grande por dentro. Divídalo en partes más pequeñas y súbalas una por una."

Avance = Callable[[int, int], None]


def share(plano: Plano, compilado: Compilado, expediente: Expediente, procesos: int, avance: Avance) -> None:
    """Lee todos los renglones del plano y los deja en el expediente."""
    total = max(plano.hoja.alto - plano.rotulos, 0)
    partes = min(procesos, max(total // MINIMO, 1))
    cortes = [total * i // partes for i in range(partes + 1)]
    gc.collect()
    gc.freeze()
    hijos = [_spawn(plano, compilado, expediente, cortes[i], cortes[i + 1], i) for i in range(1, partes)]
    try:
        for hecho in read_parte(plano, compilado, expediente, 0, cortes[1]):
            avance(hecho + _drain(hijos, 0), total)
        while any(hijo.vivo for hijo in hijos):
            avance(cortes[1] + _drain(hijos, 0.5), total)
    finally:
        for hijo in hijos:
            hijo.end()
    for hijo in hijos:
        if hijo.estado != 0:
            raise LibroRechazado(_FALTO)
        merge(expediente, hijo.ruta)
    avance(total, total)


def read_parte(plano: Plano, compilado: Compilado, expediente: Expediente, desde: int, hasta: int) -> Iterator[int]:
    """Lee los renglones de ``desde`` a ``hasta`` (cuentan desde 0, bajo los encabezados); da cuántos lleva."""
    renglones = islice(plano.rows(), desde, hasta)
    hecho = 0
    while trozo := list(islice(renglones, TROZO)):
        leido = compilado.read(trozo)
        expediente.add_renglones(leido.renglones)
        for tabla in _ANAQUELES:
            if filas := getattr(leido, tabla):
                expediente.add(tabla, filas)
        hecho += len(trozo)
        yield hecho


def merge(expediente: Expediente, ruta: Path) -> None:
    """Agrega al expediente lo que otra parte dejó en el suyo, y lo borra."""
    base = expediente.base
    base.execute("ATTACH ? AS parte", (str(ruta),))
    base.execute("BEGIN")
    for tabla in ("renglon", *_ANAQUELES):
        base.execute(insert_desde(tabla))
    base.execute("COMMIT")
    base.execute("DETACH parte")
    ruta.unlink()


class _Hijo:
    """Otro proceso que lee su parte; cuenta cómo va por un tubo."""

    def __init__(self, pid: int, tubo: int, ruta: Path) -> None:
        self.pid, self.tubo, self.ruta = pid, tubo, ruta
        self.hecho, self.vivo, self.estado = 0, True, -1

    def listen(self) -> None:
        dicho = os.read(self.tubo, 65_536)
        if not dicho:
            self.end()
        elif numeros := dicho.split():
            self.hecho = int(numeros[-1])

    def end(self) -> None:
        """Espera a que termine; si todavía trabaja, lo detiene."""
        if self.vivo:
            self.vivo = False
            os.close(self.tubo)
            self.estado = os.waitpid(self.pid, 0)[1]


def _spawn(plano: Plano, compilado: Compilado, expediente: Expediente, desde: int, hasta: int, numero: int) -> _Hijo:
    ruta = expediente.ruta.with_name(f"{expediente.ruta.name}.{numero}")
    lee, escribe = os.pipe()
    pid = os.fork()
    if pid:
        os.close(escribe)
        return _Hijo(pid, lee, ruta)
    estado = 1
    try:
        os.close(lee)
        propio = Expediente.create(ruta, compilado.fisicas)
        for hecho in read_parte(plano, compilado, propio, desde, hasta):
            os.write(escribe, b"%d\n" % hecho)
        propio.close()
        estado = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(estado)


def _drain(hijos: list[_Hijo], espera: float) -> int:
    """Lo que llevan los demás; espera ``espera`` segundos a que digan algo."""
    vivos = {hijo.tubo: hijo for hijo in hijos if hijo.vivo}
    if vivos:
        for tubo in select.select(list(vivos), [], [], espera)[0]:
            vivos[tubo].listen()
    return sum(hijo.hecho for hijo in hijos)
