"""Un trabajador para matar: ``python -m tests.victima_de_volcado URL DATOS`` pare uno por cada renglón que lee.

El renglón dice en cuál de sus consultas se mata a sí mismo con SIGKILL; 0, en ninguna. Se responde con la señal que lo mató
(0 si acabó solo).
"""

import os
import sys
from pathlib import Path

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.escritores import arrendar
from models.motores import abrir
from models.servicio.marca import Marca
from models.trabajos.nocturno import nocturno
from models.trabajos.trabajador import attend_all, new_dueno
from tests.cliente import entorno_de
from tests.victima import _morir_en_la_consulta


def main(url: str, datos: Path) -> None:
    nocturno.initialize(entorno_de(url, datos), Marca())
    db.initialize(abrir(url))
    vigente.recargar()
    db.obj.close_all()
    for renglon in sys.stdin:
        hijo = os.fork()
        if not hijo:
            _trabajar(url, int(renglon))
            os._exit(0)
        _, estado = os.waitpid(hijo, 0)
        print(os.waitstatus_to_exitcode(estado), flush=True)


def _trabajar(url: str, muere_en: int) -> None:
    db.initialize(abrir(url))
    arrendar(str(os.getpid()))
    if muere_en:
        _morir_en_la_consulta(muere_en)
    attend_all(new_dueno(), aparte=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
