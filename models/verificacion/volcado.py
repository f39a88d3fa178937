"""Que el volcado sea el que su nombre dice, que no esté viejo y que quepa el siguiente."""

from __future__ import annotations

from collections.abc import Iterator

from models.presentacion.fechas import fecha_y_hora
from models.presentacion.numeros import tamano
from models.reloj import ahora
from models.trabajos.nocturno import find_ultimo, message_of
from models.volcado.deposito import Deposito
from models.volcado.taller import RESERVA, hash_file

VIEJO = 2 * 24 * 3_600_000
"""Milisegundos: faltó una noche entera."""


def check_volcado(deposito: Deposito) -> Iterator[str]:
    """Lo lee entero. Un sitio nuevo, que todavía no pasa su primera noche, no tiene."""
    actual, ultimo = deposito.actual(), find_ultimo()
    if actual is not None and hash_file(actual.ruta) != actual.sha256:
        yield f"{actual.ruta.name}: su contenido no es el de su huella; hágalo de nuevo con la orden volcado"
    if deposito.hora is None or ultimo is None:
        return
    if mensaje := message_of(ultimo):
        yield f"el último no se pudo hacer: {mensaje}"
    if actual is None or actual.creado < ahora() - VIEJO:
        yield f"el último es del {fecha_y_hora(actual.creado)}" if actual else "se encargó y no hay ninguno"
    if deposito.libre() < RESERVA:
        yield f"en su disco quedan {tamano(deposito.libre())}: el siguiente no se hará"
