"""Las cuentas: crearlas, asignarles formatos, bloquearlas y cambiarles la contraseña. Nunca se borran."""

import json
import re
from collections.abc import Iterable

from models.base import db
from models.domain.contrasenas import (
    check_contrasena,
    hash_contrasena,
    require_buena,
    temporary_contrasena,
    unusable_huella,
)
from models.domain.errores import ReglaRota
from models.domain.permissions import Rol
from models.domain.sesiones import close_todas
from models.folios import nuevo_id
from models.reloj import ahora
from models.usuarios import Asignacion, Usuario

VENCE = 72 * 3600_000
"""La contraseña de un solo uso dura 72 horas (en milisegundos)."""

_USUARIO = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


class CuentaInvalida(ReglaRota):
    """La cuenta no se puede crear o cambiar así; el mensaje dice por qué."""


def create_cuenta(
    usuario: str, nombre: str, rol: Rol, sujeto_id: int | None, persona_id: int | None = None,
) -> tuple[Usuario, str]:
    """Crea una cuenta con contraseña de un solo uso. Da la cuenta y esa contraseña, que no se vuelve a ver."""
    usuario = require_usuario_libre(usuario)
    if (rol is Rol.GARANTE) != (sujeto_id is None):
        raise CuentaInvalida("El órgano garante no lleva sujeto obligado; los demás perfiles sí.")
    if not nombre.strip():
        raise CuentaInvalida("Falta el nombre de la persona.")
    temporal = temporary_contrasena()
    return _insert(usuario, nombre, rol, sujeto_id, persona_id, hash_contrasena(temporal), ahora() + VENCE), temporal


def create_sin_contrasena(usuario: str, nombre: str, rol: Rol, sujeto_id: int) -> Usuario:
    """Crea una cuenta con la que nadie puede entrar hasta que se le dé una contraseña (``cartas``)."""
    return _insert(require_usuario_libre(usuario), nombre, rol, sujeto_id, None, unusable_huella(), 0)


def require_usuario_libre(usuario: str) -> str:
    """El nombre de usuario, en su forma propia. Lanza ``CuentaInvalida`` si no sirve o ya es de alguien."""
    usuario = usuario.strip().casefold()
    if not _USUARIO.fullmatch(usuario):
        raise CuentaInvalida("El usuario lleva de 3 a 60 letras minúsculas, números, puntos o guiones.")
    if Usuario.get_or_none(Usuario.usuario == usuario):
        raise CuentaInvalida(f"Ya existe el usuario «{usuario}». Elija otro.")
    return usuario


def _insert(
    usuario: str, nombre: str, rol: Rol, sujeto_id: int | None, persona_id: int | None, huella: str, vence: int,
) -> Usuario:
    return Usuario.create(  # type: ignore[no-any-return]
        id=nuevo_id(), usuario=usuario, nombre=nombre.strip()[:200], rol=rol, sujeto_id=sujeto_id, persona_id=persona_id,
        contrasena=huella, contrasena_vence=vence, creado_en=ahora())


def assign(usuario: Usuario, alcance: str, valores: Iterable[str], areas: Iterable[str] = ()) -> None:
    """Asigna formatos (``formato``), fracciones (``fraccion``, ``12-XI``) o artículos (``articulo``, ``12``)."""
    with db.atomic():
        for valor in valores:
            Asignacion.insert(
                sujeto_id=usuario.sujeto_id, id=nuevo_id(), usuario_id=usuario.id, alcance=alcance, valor=valor,
                areas=json.dumps(sorted(areas))).on_conflict_ignore().execute()


def reset_contrasena(usuario: Usuario) -> str:
    """Pone otra contraseña de un solo uso y cierra sus sesiones."""
    temporal = temporary_contrasena()
    _write_contrasena(usuario, temporal, debe_cambiar=True, vence=ahora() + VENCE)
    return temporal


def change_contrasena(usuario: Usuario, actual: str, nueva: str) -> None:
    """La persona cambia la suya. Lanza ``ContrasenaDebil`` o ``CuentaInvalida``; cierra todas sus sesiones."""
    if not check_contrasena(usuario.contrasena, actual):
        raise CuentaInvalida("La contraseña actual no coincide.")
    require_buena(nueva, usuario.usuario)
    if nueva == actual:
        raise CuentaInvalida("La contraseña nueva debe ser distinta de la actual.")
    _write_contrasena(usuario, nueva, debe_cambiar=False, vence=None)


def set_activo(usuario: Usuario, activo: bool) -> None:
    """Bloquea o desbloquea; al bloquear, sus sesiones mueren."""
    with db.atomic():
        Usuario.update(activo=activo).where(Usuario.id == usuario.id).execute()
        if not activo:
            close_todas(usuario.id)


def _write_contrasena(usuario: Usuario, contrasena: str, debe_cambiar: bool, vence: int | None) -> None:
    huella = hash_contrasena(contrasena)
    with db.atomic():
        Usuario.update(contrasena=huella, debe_cambiar=debe_cambiar, contrasena_vence=vence).where(
            Usuario.id == usuario.id).execute()
        close_todas(usuario.id)
