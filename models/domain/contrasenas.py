"""Contraseñas: se guardan con argon2id y se piden largas, no rebuscadas."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.domain.errores import ReglaRota

MINIMO, MAXIMO = 12, 200
_ALFABETO = "abcdefghjkmnpqrstuvwxyz23456789"
_COMUNES = frozenset({
    "123456789012", "contrasena123", "contraseña123", "qwertyuiop12", "transparencia", "mexico123456",
    "estadodemexico", "passwordpassword", "password1234", "administrador", "infoem123456", "ipomex123456",
    "ipomexipomex", "abcdefghijkl"})

_hasher = PasswordHasher()


class ContrasenaDebil(ReglaRota):
    """La contraseña nueva no se acepta; el mensaje dice por qué."""


def hash_contrasena(contrasena: str) -> str:
    """La huella argon2id que se guarda."""
    return _hasher.hash(contrasena)


def check_contrasena(huella: str | None, contrasena: str) -> bool:
    """Compara. Sin huella (cuenta que no existe) tarda lo mismo y dice que no."""
    if len(contrasena) > MAXIMO:
        return False
    try:
        return _hasher.verify(huella or unusable_huella(), contrasena) and huella is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(huella: str) -> bool:
    return _hasher.check_needs_rehash(huella)


def require_buena(contrasena: str, usuario: str) -> None:
    """Lanza ``ContrasenaDebil`` si es corta, larga en exceso, común o contiene el nombre de usuario."""
    if not MINIMO <= len(contrasena) <= MAXIMO:
        raise ContrasenaDebil(f"Use al menos {MINIMO} caracteres; una frase de varias palabras funciona bien.")
    plana = contrasena.casefold().replace(" ", "")
    if plana in _COMUNES or len(set(plana)) < 4 or usuario.casefold() in plana:
        raise ContrasenaDebil("Esa contraseña es muy fácil de adivinar. Pruebe con una frase de cuatro palabras.")


def temporary_contrasena() -> str:
    """Una contraseña de un solo uso, fácil de dictar: ``k4mq-7trw-hx2p-9ncd``."""
    return "-".join("".join(secrets.choice(_ALFABETO) for _ in range(4)) for _ in range(4))


@lru_cache(maxsize=1)
def unusable_huella() -> str:
    """Una huella con la que nadie puede entrar, y que tarda lo mismo en compararse."""
    return _hasher.hash(secrets.token_hex(16))
