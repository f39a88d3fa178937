"""La carta de acceso: lo que se le entrega, impreso, a quien va a llevar la Unidad de una institución."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carta:
    """Una carta. La contraseña no se guarda en ningún lado: perdida la carta, se da otra. ``vence`` en milisegundos."""

    institucion: str
    nombre: str
    usuario: str
    contrasena: str
    direccion: str
    vence: int
