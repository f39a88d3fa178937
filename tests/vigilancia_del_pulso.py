"""La vigilancia del pulso: toda transacción de la casa que escribe en una tabla ``pub_…`` mueve el pulso antes de acabar.

Corre en todas las pruebas, así que recorre a cada uno de los que escriben: quien se agregue mañana sin llamar a ``beat``
rompe la primera prueba que lo use. Lo que escriben las pruebas mismas no cuenta; lo que se deshace, tampoco.
"""

import logging
import re
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import peewee

from tests.vigilancia import de_la_casa

_ESCRIBE = re.compile(
    r'\b(?:INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+(?:ONLY\s+)?"?(pub_(?!busqueda_palabra)\w+)\b"?(?!\s*\(\s*pub_busqueda)', re.I)
_HACE_TABLAS = re.compile(r"\s*(CREATE|ALTER|DROP|SELECT|PRAGMA|VACUUM)\b", re.I)


@dataclass(frozen=True)
class SinPulso:
    """Lo que se escribió en lo público, y quién."""

    tabla: str
    quien: str

    def __str__(self) -> str:
        return f"{self.quien} → {self.tabla}"


def escrita(sql: str) -> str | None:
    """La tabla pública que una consulta escribe; ``None`` si ninguna. La de las palabras, ``pub_busqueda``, también cuenta.

    La de las que se sugieren, no: ninguna página las enseña sin comprobar que todavía se halle algo con ellas.
    """
    if _HACE_TABLAS.match(sql):
        return None
    hallada = _ESCRIBE.search(sql)
    return hallada[1] if hallada else None


@contextmanager
def vigilar_pulso() -> Iterator[list[SinPulso]]:
    """Junta lo que se escribió en lo público sin que después, en la misma transacción, se moviera el pulso."""
    vigia, peewee_log = _Vigia(), logging.getLogger("peewee")
    commit, rollback = peewee.Database.commit, peewee.Database.rollback

    def confirmar(base: Any, *resto: Any) -> Any:
        vigia.cobrar()
        return commit(base, *resto)

    def deshacer(base: Any, *resto: Any) -> Any:
        vigia.olvidar()
        return rollback(base, *resto)

    peewee_log.filters.insert(0, vigia)  # antes que la otra vigilancia, que se queda con el apunte
    try:
        with patch.object(peewee.Database, "commit", confirmar), patch.object(peewee.Database, "rollback", deshacer):
            yield vigia.faltas
    finally:
        peewee_log.removeFilter(vigia)
        vigia.cobrar_todo()


class _Vigia(logging.Filter):
    """Mira cada consulta como ``vigilancia``: lo escrito queda pendiente, por hilo, hasta el siguiente latido."""

    def __init__(self) -> None:
        super().__init__()
        self.faltas: list[SinPulso] = []
        self._pendientes: defaultdict[int, list[SinPulso]] = defaultdict(list)

    def filter(self, record: logging.LogRecord) -> bool:
        tabla = escrita(str(record.msg[0])) if isinstance(record.msg, tuple) else None
        if tabla == "pub_pulso":
            self.olvidar()
        elif tabla is not None:
            quien = next(de_la_casa(sys._getframe(1)), "tests.")
            if not quien.startswith("tests."):
                self._pendientes[threading.get_ident()].append(SinPulso(tabla, quien))
        return True

    def cobrar(self) -> None:
        """Al confirmarse: lo que siga pendiente es una falta."""
        self.faltas += self._pendientes.pop(threading.get_ident(), [])

    def olvidar(self) -> None:
        self._pendientes.pop(threading.get_ident(), None)

    def cobrar_todo(self) -> None:
        """Al acabar la prueba: lo escrito fuera de toda transacción, o en un hilo que ya no está."""
        for hilo in list(self._pendientes):
            self.faltas += self._pendientes.pop(hilo)
