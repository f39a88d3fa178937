"""Quiénes usan la demostración: una cuenta por perfil en cada institución, todas con la misma contraseña."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from fracciones_config import Catalogo, Formato
from models.demostracion.libreto import Ficha, read
from models.domain.actores import actor_de
from models.domain.contrasenas import hash_contrasena
from models.domain.cuentas import assign
from models.domain.permissions import Actor, Rol
from models.folios import nuevo_id
from models.reloj import ahora
from models.servicio.marca import CONTRASENA_DEMO
from models.usuarios import Usuario

GARANTE = "garante"

PERFILES = (("admin1", Rol.ADMINISTRADOR), ("admin2", Rol.ADMINISTRADOR),
            ("capt1", Rol.CAPTURISTA), ("capt2", Rol.CAPTURISTA))
"""El 1 tiene la primera mitad de los formatos, en el orden de la ley; el 2, la segunda."""


@dataclass(frozen=True, slots=True)
class Equipo:
    """Las personas de una institución. Lo que no se asignó a nadie lo lleva la Unidad."""

    unidad: Actor
    administradores: Sequence[Actor] = field(default_factory=tuple)
    capturistas: Sequence[Actor] = field(default_factory=tuple)

    def administrador(self, clave: str) -> Actor:
        return next((actor for actor in self.administradores if clave in actor.claves), self.unidad)

    def capturista(self, clave: str) -> Actor:
        return next((actor for actor in self.capturistas if clave in actor.claves), self.unidad)


def hire_garante(huella: str) -> Usuario:
    """La cuenta del órgano garante."""
    return _create(GARANTE, "Personal del órgano garante", Rol.GARANTE, None, huella)


def hire_equipo(sujeto_id: int, ficha: Ficha, formatos: Sequence[Formato], catalogo: Catalogo, huella: str) -> Equipo:
    """Las cinco cuentas de una institución. El organigrama y el directorio quedan solo para la Unidad."""
    azar = Random(ficha.siglas)
    unidad = _create(f"unidad.{ficha.siglas}", full_name(azar), Rol.UNIDAD, sujeto_id, huella)
    claves = [formato.clave for formato in formatos if formato.proyeccion is None]
    mitad = -(-len(claves) // 2)
    actores: dict[Rol, list[Actor]] = {Rol.ADMINISTRADOR: [], Rol.CAPTURISTA: []}
    for perfil, rol in PERFILES:
        usuario = _create(f"{perfil}.{ficha.siglas}", full_name(azar), rol, sujeto_id, huella)
        assign(usuario, "formato", claves[:mitad] if perfil.endswith("1") else claves[mitad:])
        actores[rol].append(actor_de(usuario, catalogo))
    return Equipo(actor_de(unidad, catalogo), actores[Rol.ADMINISTRADOR], actores[Rol.CAPTURISTA])


def make_huella() -> str:
    """La huella de la contraseña de todas: se calcula una vez, porque tarda a propósito."""
    return hash_contrasena(CONTRASENA_DEMO)


def full_name(azar: Random) -> str:
    """Un nombre inventado con dos apellidos."""
    nombres = read("nombres")
    return " ".join([azar.choice(nombres["mujeres"] + nombres["hombres"]), *azar.sample(nombres["apellidos"], 2)])


def _create(usuario: str, nombre: str, rol: Rol, sujeto_id: int | None, huella: str) -> Usuario:
    fila: Usuario = Usuario.create(
        id=nuevo_id(), usuario=usuario, nombre=nombre, rol=rol, sujeto_id=sujeto_id, contrasena=huella,
        contrasena_vence=None, debe_cambiar=False, de_demostracion=True, creado_en=ahora())
    return fila
