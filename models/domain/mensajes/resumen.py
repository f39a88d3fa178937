"""Qué dice el resumen de cada día, y a quién le toca: lo que una persona tiene sin leer, si hay algo nuevo.

Solo lleva asuntos y papeles: el contenido y los nombres se leen dentro del sistema.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import fn

from models.domain.mensajes.bandeja import TOPE
from models.domain.mensajes.trato import is_vigente, particion_de
from models.domain.permissions import Rol
from models.mensajes import Entrada, ResumenCorreo
from models.reloj import ahora
from models.usuarios import Usuario

RENGLONES = 20
"""Asuntos que el correo nombra; los demás se cuentan."""

QUIEN = {Rol.GARANTE: "Órgano garante", Rol.UNIDAD: "Unidad de Información", Rol.ADMINISTRADOR: "Administrador de fracción",
         Rol.CAPTURISTA: "Capturista"}


@dataclass(frozen=True, slots=True)
class Resumen:
    """Lo que se le manda a una persona. ``total`` llega a 100; ``hasta`` es el ``orden`` de lo más nuevo."""

    usuario_id: int
    particion: int
    correo: str
    nombre: str
    renglones: list[str]
    total: int
    hasta: int


def recipients(particion: int) -> list[Usuario]:
    """Quienes pueden entrar, dieron un correo y no dijeron que no, en una partición."""
    de_ahi = Usuario.sujeto_id.is_null() if not particion else Usuario.sujeto_id == particion
    cuentas = Usuario.select().where(de_ahi, Usuario.activo, Usuario.correo.is_null(False)).order_by(Usuario.id)
    return [cuenta for cuenta in cuentas if cuenta.resumen is not False and is_vigente(cuenta, ahora())]


def make_resumen(cuenta: Usuario) -> Resumen | None:
    """El resumen de una persona; ``None`` si no tiene nada nuevo desde el último que se le mandó."""
    particion = particion_de(cuenta.sujeto_id)
    suyas = (Entrada.sujeto_id == particion) & (Entrada.usuario_id == cuenta.id) & Entrada.sin_leer
    ultimas = list(Entrada.select().where(suyas).order_by(Entrada.orden.desc()).limit(TOPE + 1))
    if not ultimas or ultimas[0].orden <= _ya_dicho(particion, cuenta.id):
        return None
    return Resumen(cuenta.id, particion, cuenta.correo, cuenta.nombre, list(_renglones(ultimas[:RENGLONES])), len(ultimas),
                   ultimas[0].orden)


def _ya_dicho(particion: int, usuario_id: int) -> int:
    """El ``orden`` de lo más nuevo que ya se le mandó."""
    return int(ResumenCorreo.select(fn.MAX(ResumenCorreo.hasta)).where(
        ResumenCorreo.sujeto_id == particion, ResumenCorreo.usuario_id == usuario_id,
        ResumenCorreo.situacion == "enviado").scalar() or 0)


def _renglones(entradas: Iterable[Entrada]) -> Iterable[str]:
    for entrada in entradas:
        cuantos = f" ({entrada.n:,} registros)" if entrada.n > 1 else ""
        quien = f", de: {QUIEN[Rol(entrada.de_rol)]}" if entrada.de_rol in list(Rol) and entrada.tipo != "aviso" else ""
        yield f"{entrada.asunto}{cuantos}{quien}"
