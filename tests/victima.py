"""Un trabajador para matar: ``python -m tests.victima URL`` carga el programa y pare un hijo por cada renglón que lee.

Cada renglón dice de cuántos registros son las rebanadas y, si no es cero, en cuál de sus consultas se mata el hijo a sí
mismo con SIGKILL. El hijo es el trabajador de verdad: toma de la cola y trabaja. Se responde con su número de proceso
al nacer, un punto por rebanada y, cuando muere, la señal que lo mató (0 si acabó solo).
"""

import logging
import os
import signal
import sys
import threading
from itertools import count
from typing import Any

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.domain.lotes import run_rebanada
from models.escritores import arrendar
from models.motores import abrir
from models.trabajos import desahogo, oficios
from models.trabajos.trabajador import attend_all, new_dueno


def main(url: str) -> None:
    db.initialize(abrir(url))
    vigente.recargar()
    db.obj.close_all()
    for renglon in sys.stdin:
        hijo = os.fork()
        if not hijo:
            _trabajar(url, *map(int, renglon.split()))
            os._exit(0)
        _, estado = os.waitpid(hijo, 0)
        print(os.waitstatus_to_exitcode(estado), flush=True)


def _trabajar(url: str, rebanada: int, muere_en: int) -> None:
    def de_a_poco(*partes: Any) -> int:
        atendidos = run_rebanada(*partes[:3], tamano=rebanada)
        os.write(sys.stdout.fileno(), b".\n")  # de una vez: la muerte no deja medio renglón
        return atendidos

    oficios.run_rebanada = de_a_poco
    desahogo.LARGO = 1  # como en un lote largo: con el hilo que vacía el WAL
    db.initialize(abrir(url))
    arrendar(str(os.getpid()))
    print(os.getpid(), flush=True)
    if muere_en:
        _morir_en_la_consulta(muere_en)
    attend_all(new_dueno())


def _morir_en_la_consulta(numero: int) -> None:
    """Se mata justo antes de hacer esa consulta: Peewee apunta cada una antes de mandarla. Las de otro hilo no cuentan."""
    consultas, principal = count(1), threading.current_thread()

    def contar(apunte: logging.LogRecord) -> bool:
        if isinstance(apunte.msg, tuple) and threading.current_thread() is principal and next(consultas) == numero:
            os.kill(os.getpid(), signal.SIGKILL)
        return False

    peewee = logging.getLogger("peewee")
    peewee.setLevel(logging.DEBUG)
    peewee.addFilter(contar)


if __name__ == "__main__":
    main(sys.argv[1])
