"""Que la historia de lo público sume lo que hay: con ella se contesta qué era público un día."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import fn

from models.actos_publicos import Clase, PubActo
from models.ausencias import PubSinInformacion
from models.conteos import PubResumen
from models.domain.catalogo_vigente import Foto
from models.sin_cambios import PubSinCambios
from models.sujetos import PubNoAplica


def check_actos_publicos(_foto: Foto) -> Iterator[str]:
    """Los saldos contra ``pub_resumen``, y lo último aprobado contra lo que se lee."""
    lugar = (PubActo.sujeto_id, PubActo.clave, PubActo.ejercicio, PubActo.periodo)
    sumados = _by_lugar(PubActo.select(*lugar, fn.SUM(PubActo.saldo)).group_by(*lugar))
    hay = _by_lugar(PubResumen.select(
        PubResumen.sujeto_id, PubResumen.clave, PubResumen.ejercicio, PubResumen.periodo, PubResumen.n))
    for llave in sorted(sumados.keys() | hay.keys()):
        if sumados.get(llave, 0) != hay.get(llave, 0):
            yield (f"{llave[1]} {llave[2]} {llave[3]} de la institución {llave[0]}: los cambios suman "
                   f"{sumados.get(llave, 0)} registros públicos y hay {hay.get(llave, 0)}")
    yield from _check_aprobaciones()


def _by_lugar(consulta: Any) -> dict[tuple[Any, ...], int]:
    return {tuple(llave): int(n) for *llave, n in consulta.tuples()}


def _check_aprobaciones() -> Iterator[str]:
    """Lo que hoy se lee como aprobado es lo último que de eso se apuntó."""
    for clase, revocado, modelo in (
            (Clase.NO_APLICA, Clase.NO_APLICA_REVOCADO, PubNoAplica),
            (Clase.SIN_INFORMACION, Clase.SIN_INFORMACION_REVOCADO, PubSinInformacion),
            (Clase.SIN_CAMBIOS, Clase.SIN_CAMBIOS_REVOCADO, PubSinCambios)):
        de_periodo = clase is not Clase.NO_APLICA
        lugar = [getattr(modelo, c) for c in ("sujeto_id", "clave", *(("ejercicio", "periodo") if de_periodo else ()))]
        publicas = {tuple(fila) if de_periodo else (*fila, 0, "") for fila in modelo.select(*lugar).tuples()}
        actos = PubActo.select(PubActo.sujeto_id, PubActo.clave, PubActo.ejercicio, PubActo.periodo, PubActo.clase).where(
            PubActo.clase.in_([clase, revocado])).order_by(PubActo.instante, PubActo.id)
        ultimas = {tuple(llave): suya for *llave, suya in actos.tuples()}
        vivas = {llave for llave, suya in ultimas.items() if suya == clase}
        for llave in sorted(publicas ^ vivas):
            yield "{1} {2} {3} de la institución {0}: los cambios no dicen lo mismo que lo aprobado".format(*llave)
