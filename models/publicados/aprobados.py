"""Lo que estaba aprobado un día: que un formato no aplicaba, que no se generó información, que seguía sin cambios."""

from __future__ import annotations

from collections.abc import Iterable

from peewee import Database

from models.actos_publicos import SON_APROBACIONES, Clase, PubActo
from models.publicados.cortes import Corte
from models.publicados.obligaciones import NoAplica, SinCambios, SinInformacion

Lugar = tuple[str, int, str]
"""(clave, ejercicio, periodo)"""

Dicho = tuple[str, int]
"""(texto aprobado, desde qué instante)"""


class Aprobados:
    """Lo aprobado en una institución al terminar un día; con ``clave``, solo lo de un formato."""

    def __init__(self, base: Database, sujeto_id: int, corte: Corte, clave: str | None = None) -> None:
        self._de = _read(base, sujeto_id, corte, clave)

    def no_aplica(self, clave: str) -> NoAplica | None:
        dicho = self._de.get(Clase.NO_APLICA, {}).get((clave, 0, ""))
        return NoAplica(*dicho) if dicho else None

    def claves_que_no_aplican(self) -> Iterable[str]:
        return (clave for clave, _, _ in self._de.get(Clase.NO_APLICA, {}))

    def sin_informacion(self, ejercicio: int) -> list[SinInformacion]:
        return [SinInformacion(anio, periodo, *dicho)
                for (_, anio, periodo), dicho in self._de.get(Clase.SIN_INFORMACION, {}).items() if anio == ejercicio]

    def sin_cambios(self, ejercicio: int) -> list[SinCambios]:
        return [SinCambios(anio, periodo, dicho[1])
                for (_, anio, periodo), dicho in self._de.get(Clase.SIN_CAMBIOS, {}).items() if anio == ejercicio]


def _read(base: Database, sujeto_id: int, corte: Corte, clave: str | None) -> dict[Clase, dict[Lugar, Dicho]]:
    """Repite en orden lo aprobado y lo revocado hasta el corte: queda lo que seguía en pie."""
    consulta = PubActo.select(
        PubActo.clase, PubActo.clave, PubActo.ejercicio, PubActo.periodo, PubActo.motivo, PubActo.instante,
    ).where(PubActo.sujeto_id == sujeto_id, SON_APROBACIONES, PubActo.instante < corte.instante)
    if clave is not None:
        consulta = consulta.where(PubActo.clave == clave)
    de: dict[Clase, dict[Lugar, Dicho]] = {}
    for clase, de_clave, ejercicio, periodo, texto, instante in consulta.order_by(
            PubActo.instante, PubActo.id).bind(base).tuples():
        suyas = de.setdefault(Clase(clase.removesuffix("_revocado")), {})
        if clase.endswith("_revocado"):
            suyas.pop((de_clave, ejercicio, periodo), None)
        else:
            suyas[de_clave, ejercicio, periodo] = (texto or "", instante)
    return de
