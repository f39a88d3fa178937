"""Quién le puede escribir a quién. La regla es pareja: si yo te puedo escribir, tú me puedes contestar.

El órgano garante trata con las Unidades; la Unidad, con su gente y con el garante; un administrador y un capturista se tratan
si llevan un formato en común, y los dos con su Unidad. Nadie le escribe a otra institución.
"""

from __future__ import annotations

from dataclasses import dataclass

from fracciones_config import Catalogo
from models.domain.permissions import Actor, Rol
from models.domain.personal import fichas_activas
from models.mensajes import DEL_GARANTE
from models.reloj import ahora
from models.usuarios import Usuario


@dataclass(frozen=True, slots=True)
class Contacto:
    """Alguien a quien se le puede escribir. ``sujeto_id`` es nulo solo en el órgano garante."""

    id: int
    nombre: str
    rol: Rol
    sujeto_id: int | None
    claves: frozenset[str] = frozenset()

    @property
    def particion(self) -> int:
        return particion_de(self.sujeto_id)


def particion_de(sujeto_id: int | None) -> int:
    """La partición en que vive el buzón de alguien de esa institución."""
    return DEL_GARANTE if sujeto_id is None else sujeto_id


def como_contacto(actor: Actor) -> Contacto:
    """La persona misma, vista como contacto."""
    return Contacto(actor.id, actor.nombre, actor.rol, actor.sujeto_id, actor.claves)


def se_tratan(una: Contacto, otra: Contacto) -> bool:
    """Si esas dos personas se pueden escribir."""
    roles = {una.rol, otra.rol}
    if Rol.GARANTE in roles:
        return roles <= {Rol.GARANTE, Rol.UNIDAD}
    if una.sujeto_id != otra.sujeto_id:
        return False
    if Rol.UNIDAD in roles:
        return True
    return roles == {Rol.ADMINISTRADOR, Rol.CAPTURISTA} and bool(una.claves & otra.claves)


def contactos_de(actor: Actor, catalogo: Catalogo) -> list[Contacto]:
    """A quiénes les puede escribir hoy, por papel y nombre. Cuentas bloqueadas y suplencias fuera de fecha no están."""
    yo = como_contacto(actor)
    orden = list(Rol)
    todos = _de_fuera(actor) + (_de_su_institucion(actor.sujeto_id, catalogo) if actor.sujeto_id is not None else [])
    return sorted((otro for otro in todos if otro.id != yo.id and se_tratan(yo, otro)),
                  key=lambda otro: (orden.index(otro.rol), otro.nombre, otro.id))


def _de_su_institucion(sujeto_id: int, catalogo: Catalogo) -> list[Contacto]:
    return [Contacto(ficha.usuario.id, ficha.usuario.nombre, ficha.rol, sujeto_id, frozenset(ficha.limites))
            for ficha in fichas_activas(sujeto_id, catalogo)]


def _de_fuera(actor: Actor) -> list[Contacto]:
    """El órgano garante y, para él mismo, las Unidades de todas las instituciones."""
    roles = {Rol.GARANTE: [Rol.GARANTE, Rol.UNIDAD], Rol.UNIDAD: [Rol.GARANTE]}.get(actor.rol, [])
    if not roles:
        return []
    return [Contacto(u.id, u.nombre, Rol(u.rol), u.sujeto_id) for u in Usuario.select().where(Usuario.rol.in_(roles))
            if is_vigente(u, ahora())]


def is_vigente(usuario: Usuario, instante: int) -> bool:
    """Si la cuenta está activa y, si es una suplencia, en sus fechas."""
    empezo = usuario.desde is None or usuario.desde <= instante
    return bool(usuario.activo and empezo and (usuario.hasta is None or instante < usuario.hasta))
