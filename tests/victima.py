"""Un trabajador para matar. ``python -m tests.victima URL`` carga el programa una vez y pare un hijo por renglón que lee.

Cada renglón dice de cuántos registros son las rebanadas. El hijo es el trabajador de verdad: toma de la cola y trabaja. Se
responde con su número de proceso al nacer y, cuando muere, con la señal que lo mató (0 si acabó solo).
"""

import os
import sys
from functools import partial

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.domain.lotes import run_rebanada
from models.escritores import arrendar
from models.motores import abrir
from models.trabajos import oficios
from models.trabajos.trabajador import attend_all, new_dueno


def main(url: str) -> None:
    _abrir(url)
    vigente.recargar()
    db.obj.close_all()
    for renglon in sys.stdin:
        hijo = os.fork()
        if not hijo:
            _trabajar(url, int(renglon))
            os._exit(0)
        _, estado = os.waitpid(hijo, 0)
        print(os.waitstatus_to_exitcode(estado), flush=True)


def _trabajar(url: str, rebanada: int) -> None:
    oficios.run_rebanada = partial(run_rebanada, tamano=rebanada)
    _abrir(url)
    arrendar(str(os.getpid()))
    print(os.getpid(), flush=True)
    attend_all(new_dueno())


def _abrir(url: str) -> None:
    db.initialize(abrir(url))


if __name__ == "__main__":
    main(sys.argv[1])
