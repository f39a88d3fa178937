"""El taller: aparta el lugar, mira si cabe, escribe el volcado con otro nombre y lo cambia por el anterior de una sola vez."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from models.domain.actos_publicos import protected_since
from models.domain.catalogo_vigente import vigente
from models.domain.errores import ReglaRota
from models.mensajes import DEL_GARANTE
from models.presentacion.numeros import tamano
from models.publicados.apertura import open_publicados
from models.pulso import beat
from models.reloj import ahora
from models.servicio.entorno import Entorno
from models.servicio.marca import Marca
from models.volcado.deposito import CARPETA, Deposito, Volcado
from models.volcado.descriptor import Portada
from models.volcado.redaccion import Redaccion

registro = logging.getLogger("ipomex.volcado")

RESERVA = 200 * 1000 * 1000
"""Bytes que deben quedar libres: un disco lleno no deja ni guardar un registro."""

_CONEXIONES = 2
_TROZO = 1 << 20


class SinEspacio(ReglaRota):
    """No cabe: se conserva el anterior."""


class Taller:
    """Sabe hacer el volcado de este sitio. Lo arma quien arma el proceso, como la base."""

    def __init__(self, entorno: Entorno, marca: Marca, reserva: int = RESERVA) -> None:
        self.entorno, self.marca, self.reserva = entorno, marca, reserva
        self.deposito = deposito_de(entorno)
        self.base = entorno.direccion or f"http://localhost:{entorno.puerto}"
        self.hecho: Volcado | None = None
        self.registros = 0

    def make(self) -> Iterator[int]:
        """Hace el volcado y lo pone en su lugar; da cuántos formatos van. Lanza ``SinEspacio`` o ``EnObra``."""
        self.require_espacio()
        with self.deposito.obra() as provisional:
            creado = ahora()
            yield from self.write(provisional, creado)
            while protected_since(creado):  # alguien suprimió un dato que quizá ya estaba escrito: se hace otra vez
                creado = ahora()
                yield from self.write(provisional, creado)
            self.hecho = self.deposito.poner(provisional, creado, hash_file(provisional))
        beat(DEL_GARANTE)  # las páginas que dicen de cuándo es el volcado se dibujan otra vez
        registro.info("volcado hecho", extra={"datos": {"bytes": self.hecho.bytes, "registros": self.registros}})

    def write(self, ruta: Path, creado: int) -> Iterator[int]:
        """Escribe el paquete en un archivo, hasta el disco."""
        foto = vigente.recargar()
        publicados = open_publicados(self.entorno.base_datos, lambda: foto, _CONEXIONES)
        try:
            with ruta.open("wb") as destino:
                redaccion = Redaccion(publicados, Portada(self.marca, self.base, creado), destino, ruta.parent)
                yield from redaccion.avance()
                destino.flush()
                os.fsync(destino.fileno())
            self.registros = redaccion.registros
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise self._sin_espacio() from error
        finally:
            publicados.base.close_all()

    def require_espacio(self) -> None:
        """Lanza ``SinEspacio`` si el nuevo, que pesará como el de ayer y algo más, dejaría el disco casi lleno."""
        anterior = self.deposito.actual()
        if self.deposito.libre() < self.reserva + (anterior.bytes * 3 // 2 if anterior else 0):
            raise self._sin_espacio()

    def _sin_espacio(self) -> SinEspacio:
        return SinEspacio(f"No se hizo el volcado: en el disco de {self.deposito.carpeta} quedan "
                          f"{tamano(self.deposito.libre())}. Se conserva el anterior; libere espacio.")


def deposito_de(entorno: Entorno) -> Deposito:
    """El depósito de un sitio: la carpeta ``volcado`` de sus datos."""
    return Deposito(entorno.datos / CARPETA, entorno.volcado)


def hash_file(ruta: Path) -> str:
    """La huella SHA-256 de un archivo."""
    huella = hashlib.sha256()
    with ruta.open("rb") as archivo:
        while trozo := archivo.read(_TROZO):
            huella.update(trozo)
    return huella.hexdigest()
