"""Lo que el trabajador hace con una carga: revisarla o cargarla, a nombre de quien lo encargó y con lo que hoy puede."""

from __future__ import annotations

import json
from collections.abc import Generator

from models.cargas import Carga
from models.domain.actores import actor_de
from models.domain.catalogo_vigente import vigente
from models.domain.errores import NoExiste, ReglaRota
from models.domain.permissions import Actor
from models.formatos import Tabla
from models.hojas.cargas.consulta import find_carga
from models.hojas.cargas.recepcion import require_captura
from models.hojas.cargas.revisar import check_carga
from models.hojas.cargas.situaciones import EN_CURSO, Situacion, move
from models.hojas.cargas.volcar import load_carga
from models.tareas import Trabajo
from models.trabajos.cola import Avance
from models.usuarios import Usuario


def do_revisar(trabajo: Trabajo) -> Generator[int | Avance]:
    """Revisa el libro. Si la persona perdió el formato, la carga queda rechazada y dice por qué."""
    carga = carga_of(trabajo)
    try:
        yield from check_carga(*_quien(trabajo, carga), carga)
    except ReglaRota as motivo:
        move(carga, EN_CURSO, Situacion.RECHAZADA, mensaje=str(motivo))


def do_cargar(trabajo: Trabajo) -> Generator[int | Avance]:
    """Carga lo confirmado."""
    carga = carga_of(trabajo)
    try:
        yield from load_carga(*_quien(trabajo, carga), carga)
    except ReglaRota as motivo:
        move(carga, EN_CURSO, Situacion.REVISADA, mensaje=str(motivo))


def interrupt(trabajo: Trabajo) -> None:
    """Deja dicho que la carga se interrumpió: la persona puede seguirla. No perdió nada."""
    move(carga_of(trabajo), EN_CURSO, Situacion.INTERRUMPIDA,
         mensaje="El sistema se detuvo varias veces mientras la atendía. No se cargó nada a medias; puede seguirla.")


def carga_of(trabajo: Trabajo) -> Carga:
    """La carga de un trabajo. Lanza ``NoExiste``."""
    carga = Carga.get_or_none(
        Carga.sujeto_id == trabajo.sujeto_id, Carga.id == int(json.loads(trabajo.parametros)["carga"]))
    if carga is None:
        raise NoExiste()
    encontrada: Carga = carga
    return encontrada


def _quien(trabajo: Trabajo, carga: Carga) -> tuple[Actor, Tabla]:
    """Quien la encargó, con los permisos de hoy, y la tabla de hoy."""
    foto = vigente.recargar()
    usuario, tabla = Usuario.get_or_none(Usuario.id == trabajo.creado_por), foto.tablas.get(carga.clave)
    if usuario is None or not usuario.activo or tabla is None:
        raise NoExiste()
    actor = actor_de(usuario, foto.catalogo)
    require_captura(actor, tabla)
    find_carga(actor, carga.id)
    return actor, tabla
