"""Qué archivos pide un libro, cuáles ya están, cuáles faltan y cuáles llegaron sin que nadie los pida."""

from __future__ import annotations

from dataclasses import dataclass

from models.cargas import Carga, CargaArchivo
from models.domain.lectores.crudo import plegar
from models.hojas.revision.expediente import Expediente


@dataclass(frozen=True, slots=True)
class Reparto:
    """Los nombres de archivo que el libro pide y ya están, los que faltan, y los que llegaron y nadie pide.

    ``rechazados``: (nombre, por qué) de los que no se aceptaron en el último envío.
    """

    hallados: tuple[str, ...] = ()
    faltan: tuple[str, ...] = ()
    sobran: tuple[str, ...] = ()
    rechazados: tuple[tuple[str, str], ...] = ()


def share_archivos(carga: Carga, expediente: Expediente) -> Reparto:
    """Qué nombres de archivo pide el libro y ya están, cuáles faltan y qué llegó de más."""
    pedidos: dict[str, tuple[str, bool]] = {}
    for nombre, esta in expediente.base.execute("SELECT nombre, min(archivo_id IS NOT NULL) FROM archivo GROUP BY nombre"):
        pedidos[plegar(nombre)] = (nombre, bool(esta))
    llegaron = CargaArchivo.select(CargaArchivo.nombre).where(
        CargaArchivo.sujeto_id == carga.sujeto_id, CargaArchivo.carga_id == carga.id).tuples()
    sobran = sorted(nombre for (nombre,) in llegaron if nombre not in pedidos)
    return Reparto(tuple(sorted(nombre for nombre, esta in pedidos.values() if esta)),
                   tuple(sorted(nombre for nombre, esta in pedidos.values() if not esta)), tuple(sobran))
