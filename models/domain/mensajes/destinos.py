"""A quiénes va un mensaje: lo que se eligió, vuelto personas.

Un destino se nombra así: ``garante``, ``unidad`` (la de uno), ``todos``, ``rol:capturista``, ``formato:convenios``,
``persona:FOLIO`` y, para el órgano garante, ``unidades`` (todas) y ``de:SIGLAS`` (la Unidad de una institución).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fracciones_config import Catalogo
from models.domain.errores import ActoImposible
from models.domain.mensajes.trato import Contacto
from models.domain.permissions import Actor, Rol
from models.folios import a_folio
from models.sujetos import SujetoObligado

MAXIMO = 400
"""Destinos que se pueden elegir en un envío."""


@dataclass(frozen=True, slots=True)
class Destino:
    """Un grupo o una persona que se puede elegir, y cuántos son. ``grupo`` dice en qué lista se ofrece."""

    nombre: str
    etiqueta: str
    grupo: str
    ids: frozenset[int]


def destinos_de(actor: Actor, contactos: Iterable[Contacto], catalogo: Catalogo) -> dict[str, Destino]:
    """Todo lo que esta persona puede elegir, por nombre. Un grupo en que no hay nadie no se ofrece."""
    todos = list(contactos)
    ofrecidos = [*_grupos(actor, todos), *_formatos(actor, todos, catalogo), *_personas(actor, todos)]
    return {destino.nombre: destino for destino in ofrecidos if destino.ids}


def resolve(elegidos: Iterable[str], destinos: Mapping[str, Destino]) -> tuple[set[int], str]:
    """Los ids de las personas y cómo se dice a quiénes va. Lanza ``ActoImposible`` si no se eligió a nadie que se pueda."""
    nombres = list(dict.fromkeys(elegidos))[:MAXIMO]
    if not nombres:
        raise ActoImposible("Elija a quién va el mensaje.")
    if ajenos := [nombre for nombre in nombres if nombre not in destinos]:
        raise ActoImposible("Uno de los destinos que eligió ya no está; revise a quién va." if len(ajenos) == 1 else
                            "Varios de los destinos que eligió ya no están; revise a quién va.")
    usados = [destinos[nombre] for nombre in nombres]
    etiquetas = [destino.etiqueta for destino in usados]
    dicho = "; ".join(etiquetas[:6]) + (f" y {len(etiquetas) - 6} más" if len(etiquetas) > 6 else "")
    return {id_ for destino in usados for id_ in destino.ids}, dicho


def _grupos(actor: Actor, contactos: list[Contacto]) -> Iterable[Destino]:
    def de(nombre: str, etiqueta: str, quienes: Callable[[Contacto], bool]) -> Destino:
        return Destino(nombre, etiqueta, "grupos", frozenset(c.id for c in contactos if quienes(c)))

    if actor.rol is Rol.GARANTE:
        yield de("unidades", "Todas las Unidades de Información", lambda c: c.rol is Rol.UNIDAD)
        yield from _unidades(contactos)
        return
    yield de("garante", "Órgano garante", lambda c: c.rol is Rol.GARANTE)
    yield de("unidad", "Unidad de Información", lambda c: c.rol is Rol.UNIDAD)
    yield de("todos", "Toda la institución" if actor.rol is Rol.UNIDAD else "Todas las personas con quienes trabajo",
             lambda c: c.rol is not Rol.GARANTE)
    yield de("rol:administrador", "Administradores de fracción", lambda c: c.rol is Rol.ADMINISTRADOR)
    yield de("rol:capturista", "Capturistas", lambda c: c.rol is Rol.CAPTURISTA)


def _unidades(contactos: list[Contacto]) -> Iterable[Destino]:
    por_sujeto: dict[int, set[int]] = {}
    for contacto in contactos:
        if contacto.sujeto_id is not None:
            por_sujeto.setdefault(contacto.sujeto_id, set()).add(contacto.id)
    sujetos = SujetoObligado.select().where(SujetoObligado.id.in_(sorted(por_sujeto) or [0])).order_by(SujetoObligado.nombre)
    for sujeto in sujetos:
        yield Destino(f"de:{sujeto.siglas}", sujeto.nombre, "instituciones", frozenset(por_sujeto[sujeto.id]))


def _formatos(actor: Actor, contactos: list[Contacto], catalogo: Catalogo) -> Iterable[Destino]:
    for formato in catalogo.activos:
        if formato.clave in actor.claves:
            ids = frozenset(c.id for c in contactos if formato.clave in c.claves and c.rol is not Rol.UNIDAD)
            yield Destino(f"formato:{formato.clave}", f"{formato.nombre_corto} ({formato.fundamento})", "formatos", ids)


def _personas(actor: Actor, contactos: list[Contacto]) -> Iterable[Destino]:
    for contacto in contactos:
        if actor.rol is not Rol.GARANTE or contacto.rol is Rol.GARANTE:
            yield Destino(f"persona:{a_folio(contacto.id)}", contacto.nombre, str(contacto.rol), frozenset({contacto.id}))
