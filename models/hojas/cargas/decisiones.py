"""Lo que la persona decide de una carga: qué correcciones acepta, que se cargue, que se cancele o que se siga."""

from __future__ import annotations

import json
from typing import Any

from models.base import db
from models.cargas import Carga
from models.domain.catalogo_vigente import vigente
from models.domain.errores import ActoImposible, NoExiste
from models.domain.permissions import Actor
from models.domain.workflow.justificacion import read_justificacion
from models.hojas.cargas.consulta import read_opciones, read_resumen
from models.hojas.cargas.encargo import CARGAR, REVISAR, entrust, find_encargo
from models.hojas.cargas.libreta import libreta
from models.hojas.cargas.recepcion import require_captura
from models.hojas.cargas.situaciones import EN_CURSO, VIVAS, Situacion, move
from models.hojas.receta.memoria import remember
from models.presentacion.numeros import contar
from models.reloj import ahora
from models.trabajos.cola import finish

_YA_NO = "Esta carga ya cambió de situación. Vuelva a abrirla para ver cómo va."


def accept_correcciones(actor: Actor, carga: Carga, elegidas: list[str]) -> None:
    """Acepta esas correcciones (``"campo|clase"``), y ninguna más, y manda revisar otra vez. Quedan como receta."""
    require_suya(actor, carga)
    with libreta(carga) as base:
        ofrecidas = {f"{campo}|{clase}" for campo, clase in base.execute("SELECT DISTINCT campo, clase FROM correccion")}
    aceptadas = sorted(ofrecidas & set(elegidas))
    with db.atomic():
        remember(carga.sujeto_id, carga.clave, actor.id, ofrecidas, aceptadas)
        check_again(actor, carga, receta=json.dumps(aceptadas))


def check_again(actor: Actor, carga: Carga, **columnas: Any) -> None:
    """Manda revisar otra vez un libro ya revisado. En la transacción de quien llama."""
    if not move(carga, (Situacion.REVISADA,), Situacion.RECIBIDA, **columnas):
        raise ActoImposible(_YA_NO)
    entrust(carga, REVISAR, actor.id, read_resumen(carga).get("total", 0))


def confirm_carga(actor: Actor, carga: Carga, *, solo_buenos: bool, personales_motivo: str = "") -> None:
    """Manda cargar lo revisado: todo o, con ``solo_buenos``, lo que está bien. Confirmar dos veces es confirmar una.

    Lanza ``ActoImposible`` si hay renglones malos y no se dijo ``solo_buenos``, si no hay nada que cargar, o si el motivo no
    dice nada.
    """
    require_suya(actor, carga)
    if carga.situacion in (Situacion.CONFIRMADA, Situacion.CARGADA):
        return
    resumen = read_resumen(carga)
    _require_cargable(carga, resumen, solo_buenos)
    opciones = read_opciones(carga) | {"solo_buenos": solo_buenos, "personales_motivo": read_justificacion(personales_motivo)}
    with db.atomic():
        if not move(carga, (Situacion.REVISADA,), Situacion.CONFIRMADA, opciones=json.dumps(opciones, ensure_ascii=False),
                    mensaje=None):
            raise ActoImposible(_YA_NO)
        entrust(carga, CARGAR, actor.id, por_cargar(resumen))


def cancel_carga(actor: Actor, carga: Carga) -> None:
    """Deja la carga sin efecto; si ya terminó de cargarse lanza ``ActoImposible``: entonces se deshace."""
    require_suya(actor, carga)
    with db.atomic():
        if not move(carga, VIVAS, Situacion.CANCELADA):
            raise ActoImposible("Esta carga ya terminó, así que no se puede cancelar. Si está cargada, puede deshacerla.")
        if (trabajo := find_encargo(carga)) is not None and trabajo.estado in ("pendiente", "en_curso"):
            finish(trabajo, "cancelado", {"mensaje": "La canceló quien la subió."})


def resume_carga(actor: Actor, carga: Carga) -> None:
    """Sigue con una carga interrumpida, desde donde no se perdió nada: revisarla otra vez, o cargarla otra vez."""
    require_suya(actor, carga)
    trabajo = find_encargo(carga)
    tipo = CARGAR if trabajo is not None and trabajo.tipo == CARGAR else REVISAR
    destino = Situacion.CONFIRMADA if tipo == CARGAR else Situacion.RECIBIDA
    muerta = trabajo is None or trabajo.estado not in ("pendiente", "en_curso") or 0 < trabajo.arriendo < ahora()
    with db.atomic():
        if not muerta or not move(carga, (Situacion.INTERRUMPIDA, *EN_CURSO), destino, mensaje=None):
            raise ActoImposible(_YA_NO)
        if trabajo is not None and trabajo.estado in ("pendiente", "en_curso"):
            finish(trabajo, "cancelado", {"mensaje": "Se encargó otra vez."})
        entrust(carga, tipo, actor.id, trabajo.total if trabajo is not None else 0)


def require_suya(actor: Actor, carga: Carga) -> None:
    """Lanza si la persona no puede decidir sobre esta carga: quien la subió, o la Unidad, y con el formato asignado."""
    tabla = vigente.foto.tablas.get(carga.clave)
    if actor.sujeto_id != carga.sujeto_id or tabla is None:
        raise NoExiste()
    require_captura(actor, tabla)


def por_cargar(resumen: dict[str, Any]) -> int:
    """Cuántos renglones cambiarían algo."""
    return sum(resumen.get(cual, 0) for cual in ("nuevos", "cambian", "bajas"))


def _require_cargable(carga: Carga, resumen: dict[str, Any], solo_buenos: bool) -> None:
    if carga.situacion != Situacion.REVISADA:
        raise ActoImposible(_YA_NO)
    malos = resumen.get("malos", 0) + resumen.get("por_corregir", 0)
    if malos and not solo_buenos:
        raise ActoImposible(f"{contar(malos, 'renglón tiene', 'renglones tienen')} algo por corregir. Corríjalos en el libro "
                            "de errores, o elija cargar solo los que están bien.")
    if not por_cargar(resumen):
        raise ActoImposible("No hay nada que cargar: ningún renglón agrega ni cambia algo.")
