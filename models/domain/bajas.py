"""Dar de baja un maestro con fecha: qué lo detiene, qué lo usa, y qué pasa con su registro. Nunca se borra."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fracciones_config import TipoCampo
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.errores import ActoImposible
from models.domain.permissions import Actor
from models.domain.usos import TOPE, find_usos
from models.domain.workflow import aplicar
from models.formatos import Tabla
from models.presentacion.numeros import contar
from models.reloj import MEXICO, hoy


@dataclass(frozen=True, slots=True)
class Freno:
    """Algo que usa a un maestro, dicho en una frase, y a dónde ir a verlo: una clase de lugar y su folio o clave.

    ``detiene``: mientras siga así, no se puede dar de baja. Lo demás solo se dice.
    """

    frase: str
    lugar: str
    cual: str
    detiene: bool = False


def parse_baja(dia: str) -> int:
    """El instante (milisegundos UTC) en que empieza un día ISO. ``CamposInvalidos`` (``baja``) si es futuro."""
    fecha = dt.date.fromisoformat(dia)
    if fecha > hoy():
        raise CamposInvalidos({"baja": "La fecha de baja no puede ser futura: dé la baja cuando llegue el día."})
    return int(dt.datetime.combine(fecha, dt.time(), MEXICO).timestamp() * 1000)


def frenos_de_registros(sujeto_id: int, tipo: TipoCampo, identificador: int, tablas: Iterable[Tabla]) -> list[Freno]:
    """Los registros que lo nombran, por formato y campo. No detienen: se siguen leyendo igual."""
    return [Freno(f"{contar(uso.n, 'registro', 'registros', TOPE)} de {uso.tabla.formato.nombre_corto} "
                  f"({uso.campo.etiqueta[:1].lower()}{uso.campo.etiqueta[1:]})", "formato", uso.tabla.clave)
            for uso in find_usos(sujeto_id, tipo, identificador, tablas)]


def require_sin_frenos(frenos: Iterable[Freno]) -> None:
    """Lanza ``ActoImposible`` con lo que detiene la baja."""
    if detienen := [freno.frase for freno in frenos if freno.detiene]:
        raise ActoImposible(". ".join(frase[:1].upper() + frase[1:] for frase in detienen) + ".")


def withdraw_registro(actor: Actor, tabla: Tabla, identificador: int, motivo: str) -> None:
    """Retira del portal el registro que proyecta al maestro, o lo manda a la papelera si nunca se publicó."""
    fila = _fila(actor, tabla, identificador)
    if fila is not None and fila.estado not in ("retirado", "borrado"):
        _do(actor, "retirar" if fila.publica is not None else "borrar", tabla, fila, motivo)


def restore_registro(actor: Actor, tabla: Tabla, identificador: int) -> None:
    """Lo regresa, sin revisar, si estaba retirado o en la papelera."""
    fila = _fila(actor, tabla, identificador)
    if fila is not None and fila.estado in ("retirado", "borrado"):
        _do(actor, "restaurar" if fila.estado == "retirado" else "recuperar", tabla, fila, "")


def _fila(actor: Actor, tabla: Tabla, identificador: int) -> Any:
    modelo = tabla.trabajo
    return modelo.get_or_none(modelo.sujeto_id == actor.sujeto_id, modelo.id == identificador)


def _do(actor: Actor, acto: str, tabla: Tabla, fila: Any, motivo: str) -> None:
    resultado = aplicar(actor, acto, tabla, [(fila.id, fila.version)], motivo)
    if resultado.fuera:
        raise ActoImposible(resultado.fuera[0].razon)
