"""Las versiones públicas de un registro: cuándo lo fue cada una y, si nada se retiró después, qué decía."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import Database

from models.formatos import Tabla
from models.publicados.cortes import Corte
from models.publicados.registros import FilaPublica, Registro, registro_de
from models.versiones_publicas import read_versiones


@dataclass(frozen=True, slots=True)
class Version:
    """Una versión, sin lo que decía. ``hasta`` nulo es la de hoy. ``retiro``: terminó en un retiro, y por qué.

    ``legible``: ni ella ni una posterior se retiraron; lo que se retiró no se vuelve a leer, aunque el registro se haya
    corregido y publicado otra vez. ``nueva``: es una publicación, no una corrección.
    """

    numero: int
    desde: int
    hasta: int | None
    retiro: str | None
    legible: bool
    nueva: bool


class Versiones:
    """Todo se lee por la llave del registro: cuesta lo que sus versiones, no lo que la tabla."""

    def __init__(self, base: Database) -> None:
        self.base = base

    def de(self, sujeto_id: int, clave: str, id: int) -> tuple[Version, ...]:
        """Las de un registro, de la primera a la última; ninguna si nunca fue público en ese formato."""
        filas = read_versiones(self.base, clave, sujeto_id, [id])
        ultimo_retiro = max((fila.numero for fila in filas if fila.retiro is not None), default=0)
        antes = [None, *(fila.retiro for fila in filas)]
        return tuple(Version(fila.numero, fila.desde, fila.hasta, fila.retiro, fila.numero > ultimo_retiro,
                             i == 0 or antes[i] is not None) for i, fila in enumerate(filas))

    def al(self, sujeto_id: int, clave: str, id: int, corte: Corte) -> Version | None:
        """La que era pública al terminar un día."""
        return next((v for v in self.de(sujeto_id, clave, id)
                     if v.desde < corte.instante and (v.hasta is None or v.hasta >= corte.instante)), None)

    def fila(self, sujeto_id: int, clave: str, id: int, numero: int) -> FilaPublica | None:
        """Una versión tal como está en la base. Quien llama ya vio que es ``legible``."""
        filas = read_versiones(self.base, clave, sujeto_id, [id], numero)
        return FilaPublica._make(filas[0][:len(FilaPublica._fields)]) if filas else None

    def registro(self, tabla: Tabla, sujeto_id: int, id: int, numero: int) -> Registro | None:
        """Lo mismo, para leerse."""
        fila = self.fila(sujeto_id, tabla.clave, id, numero)
        return registro_de(tabla, *fila) if fila else None
