"""Cartas de acceso: la contraseña de un solo uso se hace al imprimirlas, y se vuelve a dar a quien todavía no entra.

Así nada se pierde: recargar la página, o una impresora sin papel, solo piden hacerlas otra vez; las de antes dejan de servir.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from models.base import db
from models.domain.actos_de_sujeto import log_sujeto
from models.domain.contrasenas import hash_contrasena, temporary_contrasena
from models.domain.cuentas import VENCE
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.permissions import Accion, Actor, Rol, puede_en_todo
from models.domain.personal import log_cuenta
from models.domain.sesiones import close_todas
from models.reloj import ahora
from models.sujetos import SujetoObligado
from models.usuarios import Usuario

POR_DOCUMENTO = 50
"""Cartas que se hacen de una vez: cada contraseña tarda a propósito una décima de segundo en guardarse."""


@dataclass(frozen=True, slots=True)
class PorEntregar:
    """Una cuenta de Unidad que nunca ha entrado, y su institución."""

    cuenta: Usuario
    sujeto: SujetoObligado


def find_por_entregar(actor: Actor) -> list[PorEntregar]:
    """Las cuentas de Unidad que nunca han entrado, de instituciones activas, por nombre de la institución."""
    _require(actor)
    cuentas = list(Usuario.select().where(Usuario.rol == Rol.UNIDAD, Usuario.activo, Usuario.debe_cambiar))
    sujetos = {s.id: s for s in SujetoObligado.select().where(SujetoObligado.activo)}
    hallados = [PorEntregar(cuenta, sujetos[cuenta.sujeto_id]) for cuenta in cuentas if cuenta.sujeto_id in sujetos]
    return sorted(hallados, key=lambda uno: (uno.sujeto.nombre, uno.cuenta.usuario))


def issue_cartas(actor: Actor, ids: Collection[int]) -> list[tuple[PorEntregar, str]]:
    """Pone otra contraseña de un solo uso a esas cuentas y la da: no se vuelve a ver. Quien ya entró no cambia.

    Lanza ``ActoImposible`` si no se eligió ninguna, o son más de ``POR_DOCUMENTO``.
    """
    elegidas = [uno for uno in find_por_entregar(actor) if uno.cuenta.id in ids]
    if not elegidas:
        raise ActoImposible("Elija al menos una cuenta que todavía no haya entrado.")
    if len(elegidas) > POR_DOCUMENTO:
        raise ActoImposible(f"De una vez se hacen hasta {POR_DOCUMENTO} cartas. Elija menos; las demás, en otro documento.")
    temporales = [temporary_contrasena() for _ in elegidas]
    with ThreadPoolExecutor(2) as juntos:
        huellas = list(juntos.map(hash_contrasena, temporales))
    hechas = []
    with db.atomic():
        for uno, temporal, huella in zip(elegidas, temporales, huellas, strict=True):
            if _write(actor, uno, huella):
                hechas.append((uno, temporal))
    return hechas


def _write(actor: Actor, uno: PorEntregar, huella: str) -> bool:
    """Solo si mientras tanto no entró y puso la suya."""
    vence = ahora() + VENCE
    hecho = Usuario.update(contrasena=huella, contrasena_vence=vence).where(
        Usuario.id == uno.cuenta.id, Usuario.debe_cambiar, Usuario.activo).execute()
    if not hecho:
        return False
    uno.cuenta.contrasena_vence = vence
    close_todas(uno.cuenta.id)
    log_cuenta(actor, uno.cuenta, "contrasena", "Carta de acceso")
    log_sujeto(actor, uno.sujeto.id, "carta", uno.cuenta.usuario)
    return True


def _require(actor: Actor) -> None:
    if not puede_en_todo(actor, Accion.ADMINISTRAR_SUJETOS):
        raise NoPermitido("Las cartas de acceso las da quien lleva el padrón.")
