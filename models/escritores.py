"""El arriendo del número de escritor: dos procesos nunca hacen el mismo identificador."""

import os
import secrets

from peewee import IntegrityError

from models.base import db
from models.folios import numerador
from models.reloj import ahora
from models.vigor import Escritor

DURACION = 24 * 3600 * 1000
"""Un día, en milisegundos. Se renueva cada hora; un proceso muerto deja su número libre al otro día."""

ESCRITORES = 1023
YO = f"{os.getpid()}-{secrets.token_hex(6)}"


class SinNumero(RuntimeError):
    """Los 1,023 números de escritor están ocupados."""


def arrendar(dueno: str = YO) -> int:
    """Toma (o renueva) el número de escritor de este proceso y se lo pone al numerador."""
    with db.atomic():
        actual = Escritor.get_or_none(Escritor.dueno == dueno)
        numero = actual.numero if actual else _tomar(dueno)
        Escritor.update(vence=ahora() + DURACION).where(Escritor.numero == numero, Escritor.dueno == dueno).execute()
    numerador.escritor = numero
    return int(numero)


def _tomar(dueno: str) -> int:
    ocupados = {fila.numero: fila.vence for fila in Escritor.select()}
    instante = ahora()
    for numero in range(1, ESCRITORES + 1):
        if numero not in ocupados:
            try:
                with db.atomic():
                    Escritor.insert(numero=numero, dueno=dueno, vence=instante + DURACION).execute()
                return numero
            except IntegrityError:
                continue
        if ocupados[numero] < instante and _relevar(numero, ocupados[numero], dueno):
            return numero
    raise SinNumero("No queda número de escritor libre; revise que no haya cientos de procesos abiertos.")


def _relevar(numero: int, vencio: int, dueno: str) -> bool:
    vencido = (Escritor.numero == numero) & (Escritor.vence == vencio)
    return bool(Escritor.update(dueno=dueno, vence=ahora() + DURACION).where(vencido).execute())
