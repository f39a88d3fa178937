"""Llevar cuentas: nombrar, bloquear, dar otra contraseña y relevar a quien se va. Nunca se borra a nadie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fracciones_config import Catalogo
from models.base import db
from models.domain.borradores import hand_over_borradores
from models.domain.cuentas import CuentaInvalida, create_cuenta, reset_contrasena, set_activo
from models.domain.entrada import unlock
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.garantes import require_otro_que_lleve, to_columna
from models.domain.mensajes.relevo import hand_over_mensajes, notify_relevo
from models.domain.permissions import Accion, Actor, Permiso, Rol, puede_en_todo
from models.domain.personal import Encargo, Ficha, assign_encargo, log_cuenta, require_lleva
from models.domain.workflow.relevo import hand_over
from models.formatos import Tabla
from models.maestros import Persona
from models.sujetos import SujetoObligado
from models.usuarios import Asignacion, Usuario


@dataclass(frozen=True, slots=True)
class Alta:
    """Una cuenta por crear. ``desde`` y ``hasta`` (milisegundos) son de una suplencia; ``persona_id``, del directorio.

    ``sujeto_id`` nulo y ``permisos`` son de la gente del órgano garante.
    """

    usuario: str
    nombre: str
    rol: Rol
    sujeto_id: int | None
    encargo: Encargo = Encargo()
    persona_id: int | None = None
    desde: int | None = None
    hasta: int | None = None
    permisos: frozenset[Permiso] = frozenset()


def hire(actor: Actor, alta: Alta, catalogo: Catalogo) -> tuple[Usuario, str]:
    """Crea una cuenta con lo que se le asigna. Da la cuenta y su contraseña de un solo uso, que no se vuelve a ver.

    Lanza ``CuentaInvalida``, ``EncargoInvalido`` o ``NoPermitido``; entonces no se creó nada.
    """
    require_lleva(actor, alta.rol, alta.sujeto_id)
    if alta.sujeto_id is not None and not SujetoObligado.select(SujetoObligado.activo).where(
            SujetoObligado.id == alta.sujeto_id).scalar():
        raise CuentaInvalida("Esa institución se extinguió: ya no se nombra a nadie en ella.")
    if alta.persona_id is not None and not _es_del_directorio(alta.sujeto_id, alta.persona_id):
        raise CuentaInvalida("Esa persona no está en el directorio de la institución.")
    if alta.desde is not None and alta.hasta is not None and alta.hasta <= alta.desde:
        raise CuentaInvalida("La suplencia termina antes de empezar: revise las fechas.")
    with db.atomic():
        cuenta, temporal = create_cuenta(alta.usuario, alta.nombre, alta.rol, alta.sujeto_id, alta.persona_id)
        _complete(cuenta, alta)
        log_cuenta(actor, cuenta, "crear", str(alta.rol))
        if alta.rol not in (Rol.GARANTE, Rol.UNIDAD):
            assign_encargo(actor, cuenta, alta.encargo, catalogo)
    return cuenta, temporal


def _complete(cuenta: Usuario, alta: Alta) -> None:
    """Las fechas de una suplencia, y los permisos de quien es del órgano garante."""
    permisos = to_columna(alta.permisos) if alta.rol is Rol.GARANTE else None
    Usuario.update(desde=alta.desde, hasta=alta.hasta, permisos=permisos).where(Usuario.id == cuenta.id).execute()


def block(actor: Actor, ficha: Ficha) -> None:
    """Bloquea la cuenta: sus sesiones mueren en el acto y lo que hizo queda como estaba.

    Lanza ``SinQuienLleve`` si es la última del órgano garante que puede llevar a las demás.
    """
    _set_activo(actor, ficha, activo=False)


def unblock(actor: Actor, ficha: Ficha) -> None:
    """Vuelve a dejar entrar a la cuenta, y olvida sus intentos fallidos."""
    _set_activo(actor, ficha, activo=True)


def _set_activo(actor: Actor, ficha: Ficha, activo: bool) -> None:
    require_lleva(actor, ficha.rol, ficha.usuario.sujeto_id)
    with db.atomic():
        if not activo and ficha.rol is Rol.GARANTE:
            require_otro_que_lleve(ficha.usuario)
        set_activo(ficha.usuario, activo)
        if activo:
            unlock(ficha.usuario)
        log_cuenta(actor, ficha.usuario, "desbloquear" if activo else "bloquear")


def unlock_any(actor: Actor, cuenta: Usuario) -> None:
    """Soporte: deja entrar a una cuenta de cualquier institución. No toca lo que tiene a su cargo ni su contraseña."""
    if not puede_en_todo(actor, Accion.DAR_SOPORTE) or cuenta.sujeto_id is None:
        raise NoPermitido("Desbloquear cuentas de las instituciones pide el permiso de soporte.")
    with db.atomic():
        set_activo(cuenta, True)
        unlock(cuenta)
        log_cuenta(actor, cuenta, "desbloquear", "Soporte")


def give_contrasena(actor: Actor, ficha: Ficha) -> str:
    """Da otra contraseña de un solo uso; las sesiones de la cuenta se cierran."""
    require_lleva(actor, ficha.rol, ficha.usuario.sujeto_id)
    with db.atomic():
        if ficha.rol is Rol.GARANTE:
            require_otro_que_lleve(ficha.usuario)
        temporal = reset_contrasena(ficha.usuario)
        unlock(ficha.usuario)
        log_cuenta(actor, ficha.usuario, "contrasena")
    return temporal


def relieve(actor: Actor, de: Ficha, a: Ficha, tablas: Mapping[str, Tabla]) -> int:
    """Releva a quien se va: su encargo y sus registros pasan a otra cuenta, y la suya se bloquea. Da cuántos registros.

    La autoría de cada registro no cambia: cambia de quién es el cargo.
    """
    for ficha in (de, a):
        require_lleva(actor, ficha.rol, ficha.usuario.sujeto_id)
    if de.usuario.id == a.usuario.id or de.usuario.sujeto_id != a.usuario.sujeto_id:
        raise ActoImposible("Elija a otra persona de la misma institución.")
    if not a.usuario.activo or de.rol is not a.rol:
        raise ActoImposible("Quien recibe debe tener la cuenta activa y el mismo perfil.")
    with db.atomic():
        _move_encargo(de.usuario, a.usuario)
        registros = hand_over(de.usuario, a.usuario, [tablas[clave] for clave in tablas])
        notify_relevo(actor, de.usuario, a.usuario, registros, hand_over_mensajes(de.usuario, a.usuario))
        hand_over_borradores(de.usuario, a.usuario)
        set_activo(de.usuario, False)
        log_cuenta(actor, de.usuario, "relevar", f"Entregó a {a.usuario.nombre} ({a.usuario.usuario})")
        log_cuenta(actor, a.usuario, "recibir", f"Recibió de {de.usuario.nombre} ({de.usuario.usuario})")
    return registros


def _move_encargo(de: Usuario, a: Usuario) -> None:
    """Lo que ya tenía quien recibe no se le duplica ni se le limita."""
    suyas = {(asignacion.alcance, asignacion.valor) for asignacion in Asignacion.select().where(
        Asignacion.sujeto_id == a.sujeto_id, Asignacion.usuario_id == a.id)}
    for asignacion in list(Asignacion.select().where(
            Asignacion.sujeto_id == de.sujeto_id, Asignacion.usuario_id == de.id)):
        esta = (Asignacion.sujeto_id == de.sujeto_id) & (Asignacion.id == asignacion.id)
        if (asignacion.alcance, asignacion.valor) in suyas:
            Asignacion.delete().where(esta).execute()
        else:
            Asignacion.update(usuario_id=a.id).where(esta).execute()


def _es_del_directorio(sujeto_id: int | None, persona_id: int) -> bool:
    return bool(Persona.select().where(
        Persona.sujeto_id == sujeto_id, Persona.id == persona_id, Persona.baja_en.is_null()).exists())
