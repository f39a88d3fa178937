"""Que «confirmado sin cambios» lo haya confirmado alguien: cada una pública tiene su aprobación, y al revés."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.ausencias import APROBADA
from models.domain.catalogo_vigente import Foto
from models.sin_cambios import Confirmacion, PubSinCambios


def check_confirmaciones(_foto: Foto) -> Iterator[str]:
    """Compara lo público con lo aprobado, de todas las instituciones."""
    publicas = set(PubSinCambios.select(
        PubSinCambios.sujeto_id, PubSinCambios.clave, PubSinCambios.ejercicio, PubSinCambios.periodo).tuples())
    aprobadas = set(Confirmacion.select(
        Confirmacion.sujeto_id, Confirmacion.clave, Confirmacion.ejercicio, Confirmacion.periodo,
    ).where(Confirmacion.situacion == APROBADA).tuples())
    for sobra in sorted(publicas - aprobadas):
        yield "{1} {2} {3} de la institución {0}: dice «confirmado sin cambios» y nadie lo confirmó".format(*sobra)
    for falta in sorted(aprobadas - publicas):
        yield "{1} {2} {3} de la institución {0}: se confirmó sin cambios y no se lee".format(*falta)
