"""El personal: quién lleva las cuentas de quién, qué se le encarga a cada una y qué se hizo con ella.

El órgano garante nombra a la gente de cada Unidad de Información y, quien en él lleva los sujetos obligados, a la suya propia
(``garantes``); la Unidad, a los administradores y capturistas de su institución; y un administrador, solo a capturistas y solo
con formatos que él mismo tiene (``diseno.md`` 4).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fracciones_config import Catalogo
from models.base import db
from models.domain.actores import claves_de, limites_de, permisos_de
from models.domain.aplicabilidad import formatos_por_sujeto
from models.domain.cuentas import assign
from models.domain.errores import NoExiste, NoPermitido, ReglaRota
from models.domain.permissions import Accion, Actor, Permiso, Rol, puede_en_todo
from models.folios import de_folio, nuevo_id
from models.reloj import ahora
from models.usuarios import ActoDeCuenta, Asignacion, Usuario

LLEVA: Mapping[Rol, frozenset[Rol]] = {
    Rol.GARANTE: frozenset({Rol.UNIDAD, Rol.GARANTE}),
    Rol.UNIDAD: frozenset({Rol.ADMINISTRADOR, Rol.CAPTURISTA}),
    Rol.ADMINISTRADOR: frozenset({Rol.CAPTURISTA}),
    Rol.CAPTURISTA: frozenset(),
}
"""Rol → los roles de las cuentas que puede crear, cambiar, bloquear y relevar (``roles_que_lleva``)."""


class EncargoInvalido(ReglaRota):
    """Lo que se le quiere asignar a la cuenta no puede ser; el mensaje dice por qué."""


@dataclass(frozen=True, slots=True)
class Encargo:
    """Lo que se le asigna a una cuenta: pares (alcance, valor) y, si se limita, folios de áreas."""

    pares: frozenset[tuple[str, str]] = frozenset()
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ficha:
    """Una cuenta con lo que alcanza a ver: formato → ``None`` sin límite, o los ids de sus áreas."""

    usuario: Usuario
    limites: Mapping[str, frozenset[int] | None]

    @property
    def rol(self) -> Rol:
        return Rol(self.usuario.rol)

    @property
    def permisos(self) -> frozenset[Permiso]:
        """Los de la gente del órgano garante."""
        return permisos_de(self.usuario)


def roles_que_lleva(actor: Actor) -> frozenset[Rol]:
    """Los roles de las cuentas que lleva esta persona. En el órgano garante hace falta, además, el permiso."""
    if actor.rol is Rol.GARANTE and not puede_en_todo(actor, Accion.ADMINISTRAR_SUJETOS):
        return frozenset()
    return frozenset() if actor.solo_lectura else LLEVA[actor.rol]


def lleva_cuentas(actor: Actor) -> bool:
    """Si esta persona lleva cuentas de alguien."""
    return bool(roles_que_lleva(actor))


def fichas_de(actor: Actor, catalogo: Catalogo) -> list[Ficha]:
    """Las cuentas que esta persona lleva, por rol y nombre; con cuatro consultas, sean cuantas sean."""
    if not lleva_cuentas(actor):
        return []
    consulta = Usuario.select().where(Usuario.rol.in_(list(roles_que_lleva(actor))))
    if actor.sujeto_id is not None:
        consulta = consulta.where(Usuario.sujeto_id == actor.sujeto_id)
    usuarios = list(consulta.order_by(Usuario.rol, Usuario.nombre, Usuario.id))
    return [ficha for ficha in _con_limites(usuarios, catalogo) if _le_alcanza(actor, ficha)]


def fichas_activas(sujeto_id: int, catalogo: Catalogo) -> list[Ficha]:
    """Toda la gente de una institución que hoy puede entrar, con lo que alcanza a ver; cuatro consultas."""
    instante = ahora()
    usuarios = list(Usuario.select().where(
        Usuario.sujeto_id == sujeto_id, Usuario.activo,
        Usuario.desde.is_null() | (Usuario.desde <= instante), Usuario.hasta.is_null() | (Usuario.hasta > instante)))
    return _con_limites(usuarios, catalogo)


def find_ficha(actor: Actor, identificador: int, catalogo: Catalogo) -> Ficha:
    """La cuenta, si esta persona la lleva. Lanza ``NoExiste``: por fuera, ajena e inexistente son lo mismo."""
    usuario = Usuario.get_or_none(Usuario.id == identificador)
    if usuario is None or Rol(usuario.rol) not in roles_que_lleva(actor):
        raise NoExiste()
    if actor.sujeto_id is not None and usuario.sujeto_id != actor.sujeto_id:
        raise NoExiste()
    [ficha] = _con_limites([usuario], catalogo)
    if not _le_alcanza(actor, ficha):
        raise NoExiste()
    return ficha


def require_lleva(actor: Actor, rol: Rol, sujeto_id: int | None) -> None:
    """Lanza ``NoPermitido`` si esta persona no lleva cuentas con ese rol en esa institución."""
    if rol not in roles_que_lleva(actor) or actor.sujeto_id not in (None, sujeto_id):
        raise NoPermitido("Su perfil no permite llevar esa cuenta.")


def assign_encargo(actor: Actor, usuario: Usuario, encargo: Encargo, catalogo: Catalogo) -> None:
    """Cambia todo lo que una cuenta tiene asignado. Lanza ``EncargoInvalido`` o ``NoPermitido``; entonces nada cambia."""
    require_lleva(actor, Rol(usuario.rol), usuario.sujeto_id)
    _require_encargo(actor, usuario, encargo, catalogo)
    suyas = (Asignacion.sujeto_id == usuario.sujeto_id) & (Asignacion.usuario_id == usuario.id)
    with db.atomic():
        Asignacion.delete().where(suyas).execute()
        write_encargo(usuario, encargo)
        log_cuenta(actor, usuario, "asignar", ", ".join(sorted(valor for _, valor in encargo.pares)))


def write_encargo(usuario: Usuario, encargo: Encargo) -> None:
    """Escribe los pares de un encargo ya revisado."""
    for alcance, valor in sorted(encargo.pares):
        assign(usuario, alcance, [valor], encargo.areas)


def encargo_de(usuario: Usuario) -> Encargo:
    """Lo que la cuenta tiene asignado hoy."""
    suyas = list(Asignacion.select().where(
        Asignacion.sujeto_id == usuario.sujeto_id, Asignacion.usuario_id == usuario.id))
    areas = frozenset(folio for asignacion in suyas for folio in json.loads(asignacion.areas))
    return Encargo(frozenset((a.alcance, a.valor) for a in suyas), areas)


def log_cuenta(actor: Actor, usuario: Usuario, acto: str, detalle: str = "") -> None:
    """Apunta lo que se hizo con una cuenta."""
    ActoDeCuenta.insert(
        id=nuevo_id(), cuenta_id=usuario.id, acto=acto, detalle=detalle[:2000],
        por_id=actor.id, por_nombre=actor.nombre, instante=ahora()).execute()


def actos_de(usuario: Usuario, hasta: int = 50) -> list[ActoDeCuenta]:
    """Lo último que se hizo con la cuenta, lo más nuevo primero."""
    return list(ActoDeCuenta.select().where(ActoDeCuenta.cuenta_id == usuario.id)
                .order_by(ActoDeCuenta.id.desc()).limit(hasta))


def _require_encargo(actor: Actor, usuario: Usuario, encargo: Encargo, catalogo: Catalogo) -> None:
    formatos = formatos_por_sujeto([usuario.sujeto_id], catalogo).get(usuario.sujeto_id, ())
    if Rol(usuario.rol) is Rol.UNIDAD:
        raise EncargoInvalido("La Unidad de Información lleva todos los formatos de su institución: no se le asignan.")
    if not encargo.pares:
        raise EncargoInvalido("Elija al menos un formato, una fracción o un artículo; para que no vea nada, bloquee la cuenta.")
    for par in encargo.pares:
        if not claves_de([par], formatos):
            raise EncargoInvalido(f"«{par[1]}» no es un formato, fracción o artículo que aplique a esta institución.")
    claves = claves_de(encargo.pares, formatos)
    if actor.rol is Rol.ADMINISTRADOR and not _dentro(actor, claves, encargo.areas):
        raise EncargoInvalido("Solo puede asignar formatos, y áreas, que usted mismo tiene a su cargo.")


def _dentro(actor: Actor, claves: Collection[str], areas: frozenset[str]) -> bool:
    pedidas = frozenset(de_folio(folio) for folio in areas)
    limites = (actor.areas.get(clave) for clave in claves)
    return set(claves) <= actor.claves and all(
        limite is None or (bool(pedidas) and pedidas <= limite) for limite in limites)


def _con_limites(usuarios: list[Usuario], catalogo: Catalogo) -> list[Ficha]:
    ids = {usuario.sujeto_id for usuario in usuarios if usuario.sujeto_id is not None}
    formatos = formatos_por_sujeto(ids, catalogo) if ids else {}
    asignaciones: dict[int, list[Asignacion]] = {}
    if ids:
        for asignacion in Asignacion.select().where(
                Asignacion.sujeto_id.in_(ids), Asignacion.usuario_id.in_([usuario.id for usuario in usuarios])):
            asignaciones.setdefault(asignacion.usuario_id, []).append(asignacion)
    return [Ficha(usuario, limites_de(usuario, asignaciones.get(usuario.id, []), formatos.get(usuario.sujeto_id, ())))
            for usuario in usuarios]


def _le_alcanza(actor: Actor, ficha: Ficha) -> bool:
    """Un administrador solo lleva a capturistas que no tienen nada fuera de lo suyo."""
    return actor.rol is not Rol.ADMINISTRADOR or (bool(ficha.limites) and set(ficha.limites) <= actor.claves)
