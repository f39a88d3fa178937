"""La entrada al sistema: con freno por cuenta y por red, y sin decir si la cuenta existe."""

import hashlib
from collections.abc import Iterable

from peewee import fn

from models.base import db
from models.domain.contrasenas import check_contrasena, hash_contrasena, needs_rehash
from models.domain.errores import ReglaRota
from models.folios import nuevo_id
from models.reloj import ahora
from models.usuarios import Intento, Usuario

VENTANA = 15 * 60_000
"""Milisegundos que se recuerda un intento fallido."""

LIBRES, TOPE = 5, 10
"""Fallas sin espera, y fallas con que la cuenta se cierra 15 minutos."""

POR_RED, VENTANA_DE_RED = 20, 60_000
MENSAJE = "El usuario o la contraseña no coinciden. Revise mayúsculas y vuelva a intentar."


class EntradaRechazada(ReglaRota):
    """No entró. ``espera`` son los segundos que faltan para poder intentar; 0 si puede ya."""

    def __init__(self, mensaje: str, espera: int = 0) -> None:
        super().__init__(mensaje)
        self.espera = espera


def autenticar(usuario: str, contrasena: str, red: str) -> Usuario:
    """Da la cuenta si la contraseña es la suya. Lanza ``EntradaRechazada`` con el mismo texto exista o no."""
    nombre = "".join(filter(str.isprintable, usuario[:200])).strip().casefold()[:80]
    cuenta, origen = _huella("cuenta", nombre), _huella("red", red)
    if espera := max(_espera_de_cuenta(cuenta), _espera_de_red(origen)):
        raise EntradaRechazada(f"Demasiados intentos. Espere {_en_palabras(espera)} y vuelva a intentar.", espera)
    fila = Usuario.get_or_none(Usuario.usuario == nombre)
    correcta = check_contrasena(fila.contrasena if fila else None, contrasena)
    if fila is None or not correcta or not esta_en_funciones(fila):
        _note_falla(cuenta, origen)
        raise EntradaRechazada(MENSAJE)
    _note_acierto(fila, cuenta, contrasena)
    return fila  # type: ignore[no-any-return]


def esta_en_funciones(usuario: Usuario) -> bool:
    """Activa, dentro de las fechas de su suplencia si las tiene, y con la contraseña temporal sin vencer."""
    instante = ahora()
    return bool(
        usuario.activo
        and (usuario.desde is None or usuario.desde <= instante)
        and (usuario.hasta is None or instante < usuario.hasta)
        and (usuario.contrasena_vence is None or instante < usuario.contrasena_vence))


def unlock(usuario: Usuario) -> None:
    """Olvida los intentos fallidos de una cuenta."""
    Intento.delete().where(Intento.origen == _huella("cuenta", usuario.usuario)).execute()


def locked_among(usuarios: Iterable[Usuario]) -> set[int]:
    """Los ids de las cuentas cerradas por intentos fallidos en los últimos quince minutos. Una consulta."""
    por_huella = {_huella("cuenta", usuario.usuario): usuario.id for usuario in usuarios}
    filas = Intento.select(Intento.origen).where(
        Intento.origen.in_(list(por_huella)), Intento.instante > ahora() - VENTANA,
    ).group_by(Intento.origen).having(fn.COUNT(Intento.id) >= TOPE).tuples()
    return {por_huella[origen] for (origen,) in filas}


def _huella(clase: str, valor: str) -> str:
    return f"{clase}:{hashlib.sha256(valor.encode()).hexdigest()[:32]}"


def _espera_de_cuenta(cuenta: str) -> int:
    """Segundos: 0 hasta la quinta falla; luego 2, 4, 8…; desde la décima, lo que falte de 15 minutos."""
    instante = ahora()
    fallas, ultima = Intento.select(fn.COUNT(Intento.id), fn.MAX(Intento.instante)).where(
        Intento.origen == cuenta, Intento.instante > instante - VENTANA).tuples().get()
    if fallas < LIBRES:
        return 0
    pausa = VENTANA if fallas >= TOPE else 1000 * 2 ** (fallas - LIBRES)
    return max(0, -(-int(ultima + pausa - instante) // 1000))


def _espera_de_red(origen: str) -> int:
    recientes = Intento.select().where(
        Intento.origen == origen, Intento.instante > ahora() - VENTANA_DE_RED).count()
    return 60 if recientes >= POR_RED else 0


def _note_falla(cuenta: str, origen: str) -> None:
    with db.atomic():
        Intento.delete().where(Intento.instante < ahora() - VENTANA).execute()
        Intento.insert_many([{"id": nuevo_id(), "origen": o, "instante": ahora()} for o in (cuenta, origen)]).execute()


def _note_acierto(fila: Usuario, cuenta: str, contrasena: str) -> None:
    with db.atomic():
        Intento.delete().where(Intento.origen == cuenta).execute()
        if needs_rehash(fila.contrasena):
            Usuario.update(contrasena=hash_contrasena(contrasena)).where(Usuario.id == fila.id).execute()


def _en_palabras(segundos: int) -> str:
    if segundos < 60:
        return f"{segundos} segundos"
    minutos = -(-segundos // 60)
    return "1 minuto" if minutos == 1 else f"{minutos} minutos"
