"""Que cada prórroga en vigor se pueda leer, y que ninguna revocada se siga leyendo."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.catalogo_vigente import Foto
from models.prorrogas import Prorroga, PubProrroga


def check_prorrogas(_foto: Foto) -> Iterator[str]:
    """Compara las que el órgano garante dio con su copia pública."""
    def campos(modelo: type[Prorroga] | type[PubProrroga]) -> tuple[object, ...]:
        return modelo.destinatario, modelo.clave, modelo.ejercicio, modelo.periodo, modelo.limite

    publicas = set(PubProrroga.select(*campos(PubProrroga)).tuples())
    dadas = set(Prorroga.select(*campos(Prorroga)).where(Prorroga.revocada_en.is_null()).tuples())
    for sobra in sorted(publicas - dadas):
        yield "prórroga de {1} {2} {3} a {0} hasta {4}: se lee y no está en vigor".format(*sobra)
    for falta in sorted(dadas - publicas):
        yield "prórroga de {1} {2} {3} a {0} hasta {4}: está en vigor y no se lee".format(*falta)
