"""Las cifras que faltan: los registros de antes no llevan la de su contenido, y sin ella no se sabe cuál se repite."""

from __future__ import annotations

from models.base import db
from models.domain.repetidos import fingerprint
from models.domain.validation import de_canonico
from models.formatos import Tabla

REBANADA = 2000
"""Registros por transacción: mientras tanto, los demás también escriben."""


def backfill_huellas(tabla: Tabla, sujeto_id: int) -> int:
    """Les pone su cifra a los registros de una institución que no la llevan. Da cuántos eran; casi siempre, ninguno."""
    modelo, puestas = tabla.trabajo, 0
    sin_cifra = modelo.select(modelo.id, modelo.contenido, modelo.version).where(
        modelo.sujeto_id == sujeto_id, modelo.huella.is_null()).limit(REBANADA)
    while filas := list(sin_cifra.tuples()):
        with db.atomic():
            for registro, contenido, version in filas:
                modelo.update(huella=fingerprint(*de_canonico(contenido))).where(
                    modelo.sujeto_id == sujeto_id, modelo.id == registro, modelo.version == version).execute()
        puestas += len(filas)
    return puestas
