"""Lo último de suprimir: que los bytes salgan del disco. Va después de la transacción y se puede repetir hasta que salga.

La base se reescribe entera (``VACUUM``): una fila corregida deja su copia vieja en las páginas, y solo así se va. Los respaldos
que ya se hicieron no se tocan: eso le toca a quien los guarda.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from peewee import OperationalError

from models.base import db
from models.busqueda.motores import indice_de
from models.domain.supresion.archivos import BASE, CONTENIDO, EXPEDIENTE, VOLCADO, is_named
from models.hojas.cargas.carpeta import carpeta
from models.mensajes import DEL_GARANTE
from models.motores import es_postgres
from models.pulso import beat
from models.sellado import PorBorrar
from models.trabajos.cola import enqueue
from models.volcado.deposito import CARPETA, Deposito

TABLAS = ("pub_version", "contenido_anterior", "acto", "carga_previa", "borrador", "buzon", "mensaje", "sellado",
          "pub_busqueda_palabra")
"""Las que en PostgreSQL se limpian además de las del formato."""


def clean_disk(sujeto_id: int | None = None) -> int:
    """Quita del disco lo apuntado, de una institución o de todas. Da cuánto queda para otra vez (la base estaba ocupada)."""
    consulta = PorBorrar.select().order_by(PorBorrar.sujeto_id, PorBorrar.id)
    pendientes = list(consulta if sujeto_id is None else consulta.where(PorBorrar.sujeto_id == sujeto_id))
    quedan = [uno for uno in pendientes if uno.clase != BASE and not BORRAR[uno.clase](uno.cual)]
    _forget(uno for uno in pendientes if uno.clase != BASE and uno not in quedan)
    bases = [uno for uno in pendientes if uno.clase == BASE]
    if bases and not _rewrite_base({uno.cual for uno in bases}):
        return len(quedan) + len(bases)
    _forget(bases)
    return len(quedan)


def _forget(hechos: Iterable[PorBorrar]) -> None:
    for uno in hechos:
        PorBorrar.delete().where(PorBorrar.sujeto_id == uno.sujeto_id, PorBorrar.id == uno.id).execute()


def _drop_contenido(sha256: str) -> bool:
    """Lo que otro registro, de quien sea, todavía usa se queda."""
    if not is_named(sha256):
        carpeta.almacen.ruta(sha256).unlink(missing_ok=True)
    return True


def _drop_expediente(nombre: str) -> bool:
    for ruta in carpeta.expedientes.glob(f"{nombre}.*"):
        ruta.unlink(missing_ok=True)
    return True


def _drop_volcados(instante: str) -> bool:
    """El volcado de anoche también lo trae: se quita y se encarga otro."""
    if Deposito(carpeta.datos / CARPETA).quitar_hasta(int(instante)):
        with db.atomic():
            enqueue(DEL_GARANTE, VOLCADO, {}, DEL_GARANTE, 0)
            beat(DEL_GARANTE)
    return True


BORRAR: Mapping[str, Callable[[str], bool]] = {
    CONTENIDO: _drop_contenido, EXPEDIENTE: _drop_expediente, VOLCADO: _drop_volcados}


def _rewrite_base(claves: set[str]) -> bool:
    """Reescribe la base sin lo borrado. Falso si alguien la está usando: se intenta otra vez después."""
    try:
        indice_de(db.obj).purgar()
        if es_postgres(db):
            for tabla in (*TABLAS, *(f"{lado}_{clave}" for clave in sorted(claves) for lado in ("reg", "pub"))):
                db.execute_sql(f'VACUUM "{tabla}"')
            return True
        db.execute_sql("VACUUM")
        [(ocupada, *_)] = db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except OperationalError:
        return False
    return not ocupada
