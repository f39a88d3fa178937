"""Cargar lo revisado y confirmado: una transacción en la que también la carga cambia de situación. O todo, o nada."""

from __future__ import annotations

from collections.abc import Iterator

from models.base import db
from models.cargas import Carga
from models.domain.catalogo_vigente import CatalogoMovido
from models.domain.errores import ReglaRota
from models.domain.permissions import Actor
from models.domain.workflow.carga import CargaMovida, Volcado, load
from models.domain.workflow.carga_mesa import near
from models.formatos import Tabla
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.consulta import read_opciones, read_resumen
from models.hojas.cargas.encargo import REVISAR, entrust
from models.hojas.cargas.situaciones import Situacion, move
from models.hojas.sipot.recuerdos import keep_memorias
from models.reloj import ahora
from models.trabajos.cola import Avance
from models.trabajos.desahogo import Desahogo

CAMBIO_EL_FORMATO = ("El formato cambió mientras usted revisaba esta carga. No se cargó nada: el libro se revisa otra vez con "
                     "el formato de hoy, para que vuelva a mirarlo y a confirmar.")
SE_PERDIO = "Lo que se había leído del libro ya no estaba. No se cargó nada: se está leyendo otra vez."


def load_carga(actor: Actor, tabla: Tabla, carga: Carga) -> Iterator[Avance]:
    """Carga el expediente. Hacerlo dos veces, o por dos trabajadores, es hacerlo una: la situación lo decide."""
    total = sum(read_resumen(carga).get(cual, 0) for cual in ("nuevos", "cambian", "bajas"))
    yield Avance(0, total, firme=False)
    try:
        if carpeta.ruta_de(carga).is_file() and carga.catalogo == tabla.numero:
            with Desahogo(total):  # quien espera no espera a que el WAL pase a la base
                _load(actor, tabla, carga)
        else:
            _check_again(actor, carga, CAMBIO_EL_FORMATO if carga.catalogo != tabla.numero else SE_PERDIO)
    except CatalogoMovido:
        _check_again(actor, carga, CAMBIO_EL_FORMATO)
    except CargaMovida as motivo:
        _check_again(actor, carga, str(motivo))
    except ReglaRota as motivo:
        move(carga, (Situacion.CONFIRMADA,), Situacion.REVISADA, mensaje=str(motivo))
    yield Avance(total, total, firme=False)


def _load(actor: Actor, tabla: Tabla, carga: Carga) -> None:
    with near(carpeta.ruta_de(carga), tabla) as mesa, db.atomic():
        if move(carga, (Situacion.CONFIRMADA,), Situacion.CARGADA, cargado_en=ahora(), mensaje=None):
            try:
                load(Volcado(actor, tabla, carga, mesa, read_resumen(carga)["leido_en"],
                             read_opciones(carga).get("personales_motivo", "")))
                keep_memorias(tabla, carga, carpeta.ruta_de(carga))
            except BaseException:
                carga.situacion = Situacion.CONFIRMADA
                raise


def _check_again(actor: Actor, carga: Carga, mensaje: str) -> None:
    with db.atomic():
        if move(carga, (Situacion.CONFIRMADA,), Situacion.RECIBIDA, mensaje=mensaje):
            entrust(carga, REVISAR, actor.id, read_resumen(carga).get("total", 0))
