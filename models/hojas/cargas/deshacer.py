"""Deshacer una carga entera, mientras nadie haya tocado lo que dejó."""

from __future__ import annotations

from models.base import db
from models.cargas import Carga
from models.domain.catalogo_vigente import vigente
from models.domain.errores import ActoImposible, NoExiste
from models.domain.permissions import Actor
from models.domain.workflow.carga_deshacer import Deshecha, undo_load
from models.hojas.cargas.decisiones import require_suya
from models.hojas.cargas.situaciones import Situacion, move
from models.hojas.sipot.recuerdos import drop_memorias

__all__ = ["Deshecha", "undo_carga"]


def undo_carga(actor: Actor, carga: Carga) -> Deshecha:
    """Deshace la carga en una transacción. Lanza ``ActoImposible`` si alguien tocó después alguno: dice cuántos y cuáles."""
    require_suya(actor, carga)
    tabla = vigente.foto.tablas.get(carga.clave)
    if tabla is None:
        raise NoExiste()
    with db.atomic():
        if not move(carga, (Situacion.CARGADA,), Situacion.DESHECHA):
            raise ActoImposible("Esta carga no está cargada, así que no hay qué deshacer.")
        try:
            drop_memorias(carga)
            return undo_load(actor, tabla, carga)
        except BaseException:
            carga.situacion = Situacion.CARGADA
            raise
