"""Las contraseñas de las pruebas se guardan con el argon2 de la casa, con la carga al mínimo: entrar tarda 1 ms y no 80.

Lo que se comprueba —que es argon2id, que cada huella es otra, que la débil se rehace— no depende de cuánto cueste. Lo que sí
depende (cuánto tarda un rechazo, que en servicio cueste lo que debe) se prueba ``como_en_servicio``: ``test_entrada.py``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher

from models.domain import contrasenas

_DE_SERVICIO = contrasenas._hasher


def abaratar_las_huellas() -> None:
    """Solo en este proceso: los que las pruebas arrancan trabajan como en servicio."""
    _usar(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@contextmanager
def como_en_servicio() -> Iterator[None]:
    """Mientras tanto, las huellas cuestan lo de verdad."""
    barato = contrasenas._hasher
    _usar(_DE_SERVICIO)
    try:
        yield
    finally:
        _usar(barato)


def _usar(cual: PasswordHasher) -> None:
    contrasenas._hasher = cual
    contrasenas.unusable_huella.cache_clear()
