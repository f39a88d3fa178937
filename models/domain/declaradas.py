"""Lo que la institución declaró que no tiene: mientras siga aprobado, ahí no se captura ni se publica.

Si la ciudadanía lee «este formato no nos aplica», o «en ese periodo no se generó información», un registro ahí la
contradice. Quien quiera publicarlo pide antes a la Unidad que revoque lo declarado.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL

from models.ausencias import PubSinInformacion
from models.domain.errores import ActoImposible
from models.domain.periods import etiqueta
from models.sujetos import PubNoAplica

_QUE_HACER = "Para capturar o publicar aquí, la Unidad de Información debe revocarlo antes, en «Lo que no aplica»."


@dataclass(frozen=True, slots=True)
class Declaradas:
    """Lo declarado y aprobado de un formato en una institución. ``lugares``: (ejercicio, periodo) sin información."""

    no_aplica: bool
    lugares: frozenset[tuple[int, str]]

    def reason(self, ejercicio: int | None, periodo: str | None) -> str | None:
        """Por qué no cabe un registro en ese lugar; ``None`` si cabe."""
        if self.no_aplica:
            return f"La institución declaró que este formato no le aplica, y así lo lee la ciudadanía. {_QUE_HACER}"
        if (ejercicio or 0, periodo or "") in self.lugares:
            nombre = f"{etiqueta(periodo or '')} de {ejercicio}"
            return f"La institución declaró que en {nombre} no se generó información. {_QUE_HACER}"
        return None

    def allows(self, modelo: Any) -> Any:
        """Los registros de una tabla de trabajo que están donde cabe alguno: la condición que dice lo mismo que ``reason``."""
        if self.no_aplica:
            return SQL("1") == SQL("0")
        lugares = [(modelo.ejercicio == ejercicio) & (modelo.periodo == periodo) for ejercicio, periodo in sorted(self.lugares)]
        return ~reduce(or_, lugares) if lugares else SQL("1") == SQL("1")


def read_declaradas(sujeto_id: int, clave: str) -> Declaradas:
    """Lo declarado de un formato. Dos consultas por su llave."""
    no_aplica = PubNoAplica.select().where(PubNoAplica.sujeto_id == sujeto_id, PubNoAplica.clave == clave).exists()
    lugares = PubSinInformacion.select(PubSinInformacion.ejercicio, PubSinInformacion.periodo).where(
        PubSinInformacion.sujeto_id == sujeto_id, PubSinInformacion.clave == clave).tuples()
    return Declaradas(bool(no_aplica), frozenset(lugares))


def require_sin_declarar(sujeto_id: int, clave: str, ejercicio: int | None, periodo: str | None) -> None:
    """Lanza ``ActoImposible`` si ahí no cabe un registro."""
    razon = read_declaradas(sujeto_id, clave).reason(ejercicio, periodo)
    if razon is not None:
        raise ActoImposible(razon)
