"""La bandeja: lo que hay en el buzón de una persona, por páginas, y cuánto le falta por leer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.domain.lectores.crudo import plegar
from models.domain.mensajes.trato import particion_de
from models.domain.permissions import Actor
from models.mensajes import Entrada

POR_PAGINA = 25
TOPE = 99
"""Hasta cuántas sin leer se cuentan: la barra dice «99+»."""


class Carpeta(StrEnum):
    """Qué parte del buzón se mira."""

    RECIBIDOS = "recibidos"
    SIN_LEER = "sin_leer"
    AVISOS = "avisos"
    ENVIADOS = "enviados"


@dataclass(frozen=True, slots=True)
class Pagina:
    """Unas entradas, de la más nueva a la más vieja; ``siguiente`` es el orden de donde sigue, si hay más."""

    entradas: list[Entrada]
    siguiente: int | None


def read_bandeja(actor: Actor, carpeta: Carpeta, texto: str = "", antes_de: int | None = None) -> Pagina:
    """Una página del buzón: una consulta por llave, cueste lo mismo la primera que la última."""
    consulta = Entrada.select().where(*_suyas(actor), *_de_la_carpeta(carpeta))
    for palabra in plegar(texto)[:100].split()[:8]:
        consulta = consulta.where(Entrada.busca.contains(palabra))
    if antes_de is not None:
        consulta = consulta.where(Entrada.orden < antes_de)
    entradas = list(consulta.order_by(Entrada.orden.desc()).limit(POR_PAGINA + 1))
    hay_mas = len(entradas) > POR_PAGINA
    return Pagina(entradas[:POR_PAGINA], entradas[POR_PAGINA - 1].orden if hay_mas else None)


def count_sin_leer(actor: Actor) -> int:
    """Cuántas entradas tiene sin leer, hasta ``TOPE + 1``. Una sola consulta, por su índice."""
    return int(Entrada.select(Entrada.id).where(*_suyas(actor), Entrada.sin_leer).limit(TOPE + 1).count())


def _suyas(actor: Actor) -> tuple[Any, ...]:
    return Entrada.sujeto_id == particion_de(actor.sujeto_id), Entrada.usuario_id == actor.id


def _de_la_carpeta(carpeta: Carpeta) -> tuple[Any, ...]:
    return {
        Carpeta.RECIBIDOS: (Entrada.recibida,),
        Carpeta.SIN_LEER: (Entrada.recibida, Entrada.sin_leer),
        Carpeta.AVISOS: (Entrada.tipo == "aviso",),
        Carpeta.ENVIADOS: (Entrada.enviada,),
    }[carpeta]
