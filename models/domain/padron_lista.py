"""La lista del padrón: buscar, filtrar y ordenar instituciones. Son cientos: se leen todas con dos consultas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.domain.lectores.crudo import plegar
from models.domain.permissions import Actor, Rol
from models.presentacion.poderes import PODERES
from models.sujetos import SujetoObligado
from models.usuarios import Usuario


@dataclass(frozen=True, slots=True)
class Pedido:
    """Qué se quiere ver. ``situacion``: ``activas``, ``extintas`` o vacío; ``orden``: una llave de ``ORDENES``, con ``-``
    delante si va al revés."""

    texto: str = ""
    poder: str = ""
    situacion: str = ""
    orden: str = ""


@dataclass(frozen=True, slots=True)
class Renglon:
    """Una institución y quién lleva su Unidad (las cuentas activas); ``por_entrar``, cuántas de ellas no han entrado."""

    sujeto: SujetoObligado
    unidad: tuple[str, ...]
    por_entrar: int


ORDENES: Mapping[str, Callable[[Renglon], Any]] = {
    "nombre": lambda r: plegar(r.sujeto.nombre),
    "siglas": lambda r: r.sujeto.siglas,
    "poder": lambda r: list(PODERES).index(r.sujeto.poder) if r.sujeto.poder in PODERES else len(PODERES),
    "municipio": lambda r: plegar(r.sujeto.municipio or "~"),
}


def find_renglones(actor: Actor, pedido: Pedido) -> list[Renglon]:
    """Las instituciones que se piden, ya en orden; vacío para quien no es del órgano garante."""
    if actor.rol is not Rol.GARANTE:
        return []
    unidades: defaultdict[int, list[Usuario]] = defaultdict(list)
    for cuenta in Usuario.select().where(Usuario.rol == Rol.UNIDAD, Usuario.activo).order_by(Usuario.nombre):
        unidades[cuenta.sujeto_id].append(cuenta)
    filas = [Renglon(sujeto, tuple(u.nombre for u in unidades[sujeto.id]), sum(u.debe_cambiar for u in unidades[sujeto.id]))
             for sujeto in SujetoObligado.select() if matches(sujeto, pedido)]
    llave = ORDENES.get(pedido.orden.lstrip("-"), ORDENES["nombre"])
    return sorted(filas, key=lambda fila: (llave(fila), fila.sujeto.siglas), reverse=pedido.orden.startswith("-"))


def matches(sujeto: SujetoObligado, pedido: Pedido) -> bool:
    """Si una institución es de las que se piden: todas las palabras están en su nombre, sus siglas o su municipio."""
    if (pedido.poder and sujeto.poder != pedido.poder) or (pedido.situacion and
                                                           sujeto.activo != (pedido.situacion == "activas")):
        return False
    dicho = plegar(f"{sujeto.nombre} {sujeto.nombre_corto} {sujeto.siglas} {sujeto.municipio or ''}")
    return all(palabra in dicho for palabra in plegar(pedido.texto).split())


def gente_de(sujeto_id: int) -> list[Usuario]:
    """Todas las cuentas de una institución: primero su Unidad."""
    cuentas = Usuario.select().where(Usuario.sujeto_id == sujeto_id).order_by(Usuario.nombre, Usuario.id)
    orden = [Rol.UNIDAD, Rol.ADMINISTRADOR, Rol.CAPTURISTA]
    return sorted(cuentas, key=lambda cuenta: orden.index(Rol(cuenta.rol)))
