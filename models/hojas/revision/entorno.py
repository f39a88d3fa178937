"""Lo que el lector de un libro tiene a la mano para todas sus celdas, hecho una vez a partir del pedido."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fracciones_config import Formato
from models.domain.personales import Propios
from models.hojas.receta import ContextoDeReceta, build_contexto
from models.hojas.revision.pedido import Pedido
from models.hojas.revision.referencias import ContextoDePedido


@dataclass(frozen=True, slots=True)
class Entorno:
    """``aceptadas`` son las correcciones (``campo|clase``) que la persona aceptó; ``archivos``, los que llegaron. En un libro
    ``oficial`` de SIPOT los espacios de un texto se quedan como están: así está publicado."""

    formato: Formato
    contexto: ContextoDePedido
    receta: ContextoDeReceta
    propios: Propios
    aceptadas: frozenset[str]
    archivos: Mapping[str, Mapping[str, Any]]
    oficial: bool = False


def build_entorno(pedido: Pedido, oficial: bool = False) -> Entorno:
    """El de un pedido."""
    return Entorno(
        pedido.formato, ContextoDePedido(pedido), build_contexto(pedido.formato, pedido.maestros, pedido.ejercicio),
        Propios.from_json(pedido.propios), frozenset(pedido.receta), pedido.archivos, oficial)
