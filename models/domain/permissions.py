"""Quién puede hacer qué, y sobre cuáles registros: una sola tabla, y de ella la pregunta y el filtro.

``puede`` responde por un objeto; ``condiciones`` da el WHERE que deja pasar exactamente a los mismos. Las dos leen
``PERMISOS``: no pueden contradecirse. (``diseno.md`` 4; artículos 32 a 35 de la ley de 2004, de memoria.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from peewee import SQL, Expression

from models.formatos import Tabla


class Rol(StrEnum):
    """El papel de una persona en el sistema."""

    GARANTE = "garante"
    UNIDAD = "unidad"
    ADMINISTRADOR = "administrador"
    CAPTURISTA = "capturista"


class Permiso(StrEnum):
    """Lo que el órgano garante reparte entre su propia gente. En las instituciones no hay: ahí basta el papel."""

    CATALOGO = "catalogo"
    SUJETOS = "sujetos"
    VERIFICACION = "verificacion"
    SOPORTE = "soporte"
    SELLADOS = "sellados"


class Accion(StrEnum):
    """Lo que se puede hacer con un registro, un sujeto obligado o el catálogo."""

    VER = "ver"
    CAPTURAR = "capturar"
    EDITAR = "editar"
    BORRAR = "borrar"
    RECUPERAR = "recuperar"
    DESCARTAR = "descartar"
    REVISAR = "revisar"
    DEVOLVER = "devolver"
    PUBLICAR = "publicar"
    RETIRAR = "retirar"
    RESTAURAR = "restaurar"
    SOLICITAR_BAJA = "solicitar_baja"
    DECIDIR_BAJA = "decidir_baja"
    OBSERVAR = "observar"
    SUPRIMIR = "suprimir"
    ADMINISTRAR_SUJETOS = "administrar_sujetos"
    ADMINISTRAR_CATALOGO = "administrar_catalogo"
    VERIFICAR = "verificar"
    DAR_SOPORTE = "dar_soporte"
    ABRIR_SELLADO = "abrir_sellado"


class Alcance(StrEnum):
    """Hasta dónde llega un permiso."""

    TODO = "todo"
    SUJETO = "sujeto"
    FORMATOS = "formatos"
    CARGO = "cargo"
    CARGO_NUNCA_PUBLICO = "cargo_nunca_publico"


PIDE: Mapping[Accion, Permiso] = {
    Accion.ADMINISTRAR_SUJETOS: Permiso.SUJETOS,
    Accion.ADMINISTRAR_CATALOGO: Permiso.CATALOGO,
    Accion.VERIFICAR: Permiso.VERIFICACION,
    Accion.DAR_SOPORTE: Permiso.SOPORTE,
    Accion.ABRIR_SELLADO: Permiso.SELLADOS,
}
"""Lo del órgano garante, y el permiso que además del papel hace falta."""

_TODO_LO_DE_UN_REGISTRO = frozenset(Accion) - PIDE.keys()

PERMISOS: Mapping[Rol, Mapping[Accion, Alcance]] = {
    Rol.GARANTE: dict.fromkeys(PIDE, Alcance.TODO),
    Rol.UNIDAD: {accion: Alcance.SUJETO for accion in _TODO_LO_DE_UN_REGISTRO},
    Rol.ADMINISTRADOR: {
        accion: Alcance.FORMATOS
        for accion in _TODO_LO_DE_UN_REGISTRO - {Accion.PUBLICAR, Accion.RETIRAR, Accion.DECIDIR_BAJA,
                                                Accion.SUPRIMIR}
    },
    Rol.CAPTURISTA: {
        Accion.VER: Alcance.CARGO,
        Accion.CAPTURAR: Alcance.FORMATOS,
        Accion.EDITAR: Alcance.CARGO,
        Accion.DESCARTAR: Alcance.CARGO,
        Accion.SOLICITAR_BAJA: Alcance.CARGO,
        Accion.BORRAR: Alcance.CARGO_NUNCA_PUBLICO,
        Accion.RECUPERAR: Alcance.CARGO_NUNCA_PUBLICO,
    },
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Quien actúa. ``claves`` son sus formatos asignados; ``areas`` limita un formato a ciertas áreas (ids).

    ``permisos`` son los que tiene quien es del órgano garante. Con ``solo_lectura`` (su institución se extinguió) no escribe.
    """

    id: int
    nombre: str
    rol: Rol
    sujeto_id: int | None
    claves: frozenset[str] = frozenset()
    areas: Mapping[str, frozenset[int]] = field(default_factory=dict)
    permisos: frozenset[Permiso] = frozenset()
    solo_lectura: bool = False


@dataclass(frozen=True, slots=True)
class Objeto:
    """De qué se pregunta: un formato de un sujeto y, si es un registro, a cargo de quién está y si fue público.

    ``area`` es el id del área responsable; ``a_cargo_de`` nulo quiere decir «el formato, no un registro».
    """

    sujeto_id: int
    clave: str
    a_cargo_de: int | None = None
    numero_publico: int = 0
    area: int | None = None

    @classmethod
    def de_fila(cls, clave: str, fila: Any) -> Objeto:
        return cls(fila.sujeto_id, clave, fila.a_cargo_de, fila.numero_publico, fila.area_responsable)


def alcance_de(actor: Actor, accion: Accion) -> Alcance | None:
    """El alcance de una acción para la persona, por su papel y sus permisos; ``None`` si no la tiene."""
    pide = PIDE.get(accion)
    if (pide is not None and pide not in actor.permisos) or (actor.solo_lectura and accion is not Accion.VER):
        return None
    return PERMISOS[actor.rol].get(accion)


def puede_en_todo(actor: Actor, accion: Accion) -> bool:
    """¿Tiene la acción sobre todas las instituciones? Solo el órgano garante, y según sus permisos."""
    return alcance_de(actor, accion) is Alcance.TODO


def puede(actor: Actor, accion: Accion, objeto: Objeto) -> bool:
    """¿Puede esta persona hacer esto con este objeto? Ante la duda, no."""
    alcance = alcance_de(actor, accion)
    if alcance is None:
        return False
    if alcance is Alcance.TODO:
        return True
    if actor.sujeto_id is None or actor.sujeto_id != objeto.sujeto_id:
        return False
    if alcance is Alcance.SUJETO:
        return True
    if objeto.clave not in actor.claves or not _area_permitida(actor, objeto):
        return False
    if alcance is Alcance.FORMATOS or objeto.a_cargo_de is None:
        return True
    suyo = objeto.a_cargo_de == actor.id
    return suyo and (alcance is Alcance.CARGO or objeto.numero_publico == 0)


def _area_permitida(actor: Actor, objeto: Objeto) -> bool:
    limite = actor.areas.get(objeto.clave)
    return limite is None or objeto.a_cargo_de is None or objeto.area in limite


def puede_en_formato(actor: Actor, accion: Accion, sujeto_id: int, clave: str) -> bool:
    """¿Tiene la acción en el formato, aunque sea sobre algunos registros? Decide qué botones se enseñan."""
    return puede(actor, accion, Objeto(sujeto_id, clave))


def condiciones(actor: Actor, accion: Accion, tabla: Tabla) -> list[Expression]:
    """El WHERE de los registros sobre los que la persona tiene la acción. Siempre nombra al sujeto."""
    alcance = alcance_de(actor, accion)
    modelo = tabla.trabajo
    if alcance is None or actor.sujeto_id is None:
        return [SQL("1") == SQL("0")]
    filtro = [modelo.sujeto_id == actor.sujeto_id]
    if alcance is Alcance.SUJETO:
        return filtro
    if tabla.clave not in actor.claves:
        return [SQL("1") == SQL("0")]
    limite = actor.areas.get(tabla.clave)
    if limite is not None:
        filtro.append(modelo.area_responsable.in_(sorted(limite)) if limite else (SQL("1") == SQL("0")))
    if alcance in (Alcance.CARGO, Alcance.CARGO_NUNCA_PUBLICO):
        filtro.append(modelo.a_cargo_de == actor.id)
    if alcance is Alcance.CARGO_NUNCA_PUBLICO:
        filtro.append(modelo.numero_publico == 0)
    return filtro
