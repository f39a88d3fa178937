"""Dejar todo listo antes de servir: tablas, catálogo en vigor, número de escritor y los vigías del proceso."""

from __future__ import annotations

import threading

from peewee import DatabaseError, InterfaceError

from fracciones_config import CatalogoInvalido
from fracciones_config.revision import read_archivos
from models.base import db
from models.domain.catalogo_vigente import archivos_de, planear, vigente
from models.domain.prorrogas import publish_missing
from models.domain.workflow.actos_de_antes import note_los_de_antes
from models.domain.workflow.indizado import ensure_indice
from models.domain.workflow.puesta_al_dia import ask_for_refresh
from models.domain.workflow.sumas import ensure_sumas
from models.escritores import YO, arrendar
from models.esquema import create_fijas, ensure_molde
from models.servicio.borrador import VigiaDelBorrador, put_in_force, refresh_claves, warn_faltas, warn_plan
from models.servicio.entorno import Entorno, EntornoInvalido
from models.servicio.hilos import repeat
from models.usuarios import Usuario
from models.vigor import Escritor

RENOVACION = 3600.0
"""Segundos entre renovaciones del número de escritor, que dura un día."""

MIRADA = 1.0
"""Segundos entre miradas a la carpeta del catálogo, en la demostración."""


def prepare(entorno: Entorno, parar: threading.Event | None = None) -> None:
    """Deja la base lista y pone a andar los vigías. Lanza ``EntornoInvalido``: así no se puede servir."""
    entorno.require_secreto()
    try:
        with db.connection_context():
            prepare_base(entorno)
    except (DatabaseError, InterfaceError) as error:
        raise EntornoInvalido(
            f"No se pudo abrir la base de datos: {error}. Revise IPOMEX_BASE_DATOS e IPOMEX_DATOS.") from error
    repeat("renueva-escritor", RENOVACION, arrendar, parar)
    if entorno.es_demo:
        repeat("vigia-borrador", MIRADA, VigiaDelBorrador(entorno.catalogo).look, parar)


def prepare_base(entorno: Entorno) -> None:
    """Lo mismo, sin hilos y con la conexión ya abierta: lo que necesita una orden."""
    create_fijas()
    _refuse_demostracion(entorno)
    arrendar()
    note_los_de_antes()
    with db.atomic():
        publish_missing()
    _ensure_catalogo(entorno)


def release_escritor() -> None:
    """Devuelve el número de escritor al terminar, para que otro proceso lo use sin esperar un día."""
    Escritor.delete().where(Escritor.dueno == YO).execute()


def _refuse_demostracion(entorno: Entorno) -> None:
    if entorno.es_produccion and Usuario.select().where(Usuario.de_demostracion).exists():
        raise EntornoInvalido(
            "Esta base tiene usuarios de demostración, con una contraseña que todos conocen: no va en producción. "
            "Use otra carpeta en IPOMEX_DATOS (u otra IPOMEX_BASE_DATOS), o IPOMEX_ENTORNO=demo.")


def _ensure_catalogo(entorno: Entorno) -> None:
    """La primera vez aplica la carpeta, y una falta impide arrancar; después manda lo aplicado."""
    archivos = read_archivos(entorno.catalogo)
    if vigente.numero_aplicado():
        foto = vigente.recargar()
        refresh_claves(foto.catalogo)
        with db.atomic():
            for clave in ensure_molde(foto.tablas):
                ask_for_refresh(foto.tablas[clave])
            ensure_sumas(foto.catalogo, foto.tablas)
        ensure_indice(foto.tablas)
        if archivos != archivos_de(foto.numero):
            _compare_borrador(archivos)
        return
    try:
        put_in_force(archivos, "primer arranque")
    except CatalogoInvalido as error:
        raise EntornoInvalido(
            f"El catálogo de {entorno.catalogo} tiene {len(error.faltas)} faltas y todavía no hay otro en vigor. "
            f"Corríjalas y arranque de nuevo:\n{error}") from error


def _compare_borrador(archivos: dict[str, bytes]) -> None:
    plan, faltas = planear(archivos)
    if faltas:
        warn_faltas(faltas)
    elif plan.pasos:
        warn_plan(plan)
