"""Las sesiones viven en el servidor: cerrarlas, cambiar la contraseña o bloquear la cuenta las mata en el acto."""

import hashlib
import secrets
from dataclasses import dataclass

from models.base import db
from models.domain.entrada import esta_en_funciones
from models.motores import sin_esperar
from models.reloj import ahora
from models.usuarios import Sesion, Usuario

OCIO = 60 * 60_000
"""Una hora sin actividad, en milisegundos (el formulario guarda lo tecleado en el equipo mientras tanto)."""

TOTAL = 12 * 3600_000
TOQUE = 60_000
"""Se apunta la actividad una vez por minuto cuando más."""


def open_sesion(usuario: Usuario) -> str:
    """Abre una sesión nueva y da su número secreto: el que viaja en la cookie."""
    numero, instante = secrets.token_urlsafe(32), ahora()
    Sesion.delete().where((Sesion.vista < instante - OCIO) | (Sesion.creada < instante - TOTAL)).execute()
    Sesion.insert(huella=_huella(numero), usuario_id=usuario.id, creada=instante, vista=instante).execute()
    return numero


@dataclass(frozen=True, slots=True)
class Queda:
    """Lo que le queda a una sesión si nadie hace nada. ``se_alarga``: si seguir trabajando le da más tiempo."""

    milisegundos: int
    se_alarga: bool


def find_usuario(numero: str, toca: bool = True) -> Usuario | None:
    """La cuenta de una sesión viva; ``None`` si venció, se cerró, viene del futuro o la cuenta ya no está activa.

    ``toca`` apunta que hay actividad. Lo que la página pregunta sola, sin que la persona haga nada, no la apunta.
    """
    sesion = Sesion.get_or_none(Sesion.huella == _huella(numero))
    if sesion is None or not _esta_viva(sesion):
        return None
    usuario = Usuario.get_or_none(Usuario.id == sesion.usuario_id)
    if usuario is None or not esta_en_funciones(usuario):
        return None
    if toca and ahora() - sesion.vista > TOQUE:
        with sin_esperar(db.obj):  # mirar una página no espera a que otro acabe de escribir: se apunta en la siguiente
            touch(numero)
    return usuario  # type: ignore[no-any-return]


def touch(numero: str) -> None:
    """Apunta que la persona sigue trabajando."""
    Sesion.update(vista=ahora()).where(Sesion.huella == _huella(numero)).execute()


def remaining(numero: str) -> Queda | None:
    """Lo que le queda a la sesión; ``None`` si ya no vive."""
    sesion = Sesion.get_or_none(Sesion.huella == _huella(numero))
    if sesion is None or not _esta_viva(sesion):
        return None
    instante = ahora()
    por_ocio, en_total = OCIO - (instante - sesion.vista), TOTAL - (instante - sesion.creada)
    return Queda(min(por_ocio, en_total), por_ocio < en_total)


def close_sesion(numero: str) -> None:
    Sesion.delete().where(Sesion.huella == _huella(numero)).execute()


def close_todas(usuario_id: int) -> None:
    """Cierra todas las sesiones de una persona."""
    Sesion.delete().where(Sesion.usuario_id == usuario_id).execute()


def _esta_viva(sesion: Sesion) -> bool:
    instante = ahora()
    del_futuro = sesion.vista > instante + OCIO
    return not del_futuro and instante - sesion.vista < OCIO and instante - sesion.creada < TOTAL


def _huella(numero: str) -> str:
    return hashlib.sha256(numero.encode()).hexdigest()
