"""Subir el libro ya corregido: la carga nueva toma el lugar de la anterior, con los archivos que ya habían llegado."""

from __future__ import annotations

from models.base import db
from models.cargas import Carga, CargaArchivo
from models.domain.errores import ActoImposible
from models.domain.permissions import Actor
from models.hojas.cargas.decisiones import cancel_carga, require_suya
from models.hojas.cargas.situaciones import VIVAS, Situacion


def replace_carga(actor: Actor, anterior: Carga, nueva: Carga) -> None:
    """Le pasa a ``nueva`` los archivos de ``anterior`` y cancela esta, si todavía no se cargaba.

    De lo ya cargado solo se toman los archivos: sus renglones buenos se quedan.
    """
    require_suya(actor, anterior)
    if anterior.clave != nueva.clave:
        raise ActoImposible("Los dos libros deben ser del mismo formato.")
    with db.atomic():
        filas = CargaArchivo.select().where(
            CargaArchivo.sujeto_id == anterior.sujeto_id, CargaArchivo.carga_id == anterior.id)
        suyos = [{"sujeto_id": nueva.sujeto_id, "carga_id": nueva.id, "nombre": fila.nombre, "archivo_id": fila.archivo_id}
                 for fila in filas]
        for inicio in range(0, len(suyos), 500):
            CargaArchivo.insert_many(suyos[inicio:inicio + 500]).on_conflict_ignore().execute()
        if anterior.situacion in VIVAS and anterior.situacion != Situacion.CONFIRMADA:
            cancel_carga(actor, anterior)
