"""Hallar una carga, listar las de una persona y abrir lo que se leyó de ella."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from models.cargas import Carga
from models.domain.errores import ActoImposible, NoExiste
from models.domain.permissions import Accion, Actor, Alcance, alcance_de, puede_en_formato
from models.hojas.cargas.carpeta import carpeta
from models.hojas.revision.expediente import Expediente

POR_PAGINA = 50


@dataclass(frozen=True, slots=True)
class PaginaDeCargas:
    """Unas cargas, de la más nueva a la más vieja; ``siguiente`` es el id con que se pide lo que sigue."""

    cargas: list[Carga]
    siguiente: int | None


def find_carga(actor: Actor, identificador: int) -> Carga:
    """La carga, si es de la persona o si ve todo lo de su institución. Lanza ``NoExiste``."""
    carga = Carga.select().where(*_suyas(actor), Carga.id == identificador).first()
    if carga is None or not puede_en_formato(actor, Accion.VER, carga.sujeto_id, carga.clave):
        raise NoExiste()
    encontrada: Carga = carga
    return encontrada


def list_cargas(
    actor: Actor, clave: str | None = None, *, situaciones: tuple[str, ...] = (), desde: int | None = None,
    limite: int = POR_PAGINA,
) -> PaginaDeCargas:
    """Las cargas que la persona puede ver: las suyas, o todas las de su institución si es la Unidad."""
    condiciones = [*_suyas(actor), *([Carga.clave == clave] if clave else []), *([Carga.id < desde] if desde else []),
                   *([Carga.situacion.in_(situaciones)] if situaciones else [])]
    filas = list(Carga.select().where(*condiciones).order_by(Carga.id.desc()).limit(limite + 1))
    vistas = [fila for fila in filas[:limite] if puede_en_formato(actor, Accion.VER, fila.sujeto_id, fila.clave)]
    return PaginaDeCargas(vistas, filas[limite - 1].id if len(filas) > limite else None)


def open_expediente(carga: Carga) -> Expediente:
    """Lo que se leyó del libro, para verlo. Lanza ``ActoImposible`` si ya no está (o todavía no se lee)."""
    ruta = carpeta.ruta_de(carga)
    if not ruta.is_file():
        raise ActoImposible("Lo que se leyó de este libro ya no está guardado. Vuelva a subirlo para verlo.")
    return Expediente.open(ruta)


def read_opciones(carga: Carga) -> dict[str, Any]:
    """``{"ejercicio", "periodo", "solo_buenos", "personales_motivo"}``, con las que se hayan dicho."""
    leidas: dict[str, Any] = json.loads(carga.opciones)
    return leidas


def read_resumen(carga: Carga) -> dict[str, Any]:
    """Las cuentas de la última revisión; vacío si todavía no hay ninguna."""
    leido: dict[str, Any] = json.loads(carga.resumen)
    return leido


def _suyas(actor: Actor) -> list[Any]:
    if actor.sujeto_id is None:
        raise NoExiste()
    todas = alcance_de(actor, Accion.VER) is Alcance.SUJETO
    return [Carga.sujeto_id == actor.sujeto_id, *([] if todas else [Carga.usuario_id == actor.id])]
