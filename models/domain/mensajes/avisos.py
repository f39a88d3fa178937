"""Los avisos del sistema: se dejan en el buzón de cada persona, en la transacción de lo que avisan.

Un aviso lleva una llave: el que llega con la misma llave se suma al que todavía no se lee (``accrue``), o no entra
(``post_once``). Todo es por conjuntos: avisar a mil personas cuesta unas cuantas consultas.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import EXCLUDED

from models.domain.mensajes.textos import LARGO_DE_TEXTO, searchable
from models.folios import nuevo_id
from models.mensajes import Entrada

SISTEMA = "IPOMEX"
_POR_INSERCION = 200
_LLAVE: list[Any] = [Entrada.sujeto_id, Entrada.usuario_id, Entrada.llave]


@dataclass(frozen=True, slots=True)
class Aviso:
    """Un aviso para una persona. ``particion`` es su institución (0, el órgano garante); ``n``, de cuántos registros habla."""

    particion: int
    usuario_id: int
    acto: str
    asunto: str
    texto: str
    llave: str | None = None
    de: str = SISTEMA
    de_rol: str = ""
    clave: str | None = None
    registro_id: int | None = None
    n: int = 1


def accrue(avisos: Iterable[Aviso]) -> None:
    """Deja los avisos; el que ya espera sin leer con la misma llave suma los registros y vuelve arriba."""
    for tanda in _tandas(avisos):
        Entrada.insert_many(tanda).on_conflict(conflict_target=_LLAVE, update={
            Entrada.n: Entrada.n + EXCLUDED.n, Entrada.orden: EXCLUDED.orden, Entrada.sin_leer: EXCLUDED.sin_leer,
            Entrada.registro_id: EXCLUDED.registro_id}).execute()


def post_once(avisos: Iterable[Aviso]) -> None:
    """Deja los avisos; el que ya está con la misma llave se queda como estaba."""
    for tanda in _tandas(avisos):
        Entrada.insert_many(tanda).on_conflict(action="IGNORE").execute()


def _tandas(avisos: Iterable[Aviso]) -> Iterable[list[dict[str, Any]]]:
    filas = [_fila(aviso) for aviso in avisos]
    for i in range(0, len(filas), _POR_INSERCION):
        yield filas[i:i + _POR_INSERCION]


def _fila(aviso: Aviso) -> dict[str, Any]:
    return {"sujeto_id": aviso.particion, "id": nuevo_id(), "usuario_id": aviso.usuario_id, "tipo": "aviso",
            "acto": aviso.acto, "asunto": aviso.asunto, "de": aviso.de, "de_rol": aviso.de_rol,
            "texto": aviso.texto[:LARGO_DE_TEXTO], "busca": searchable(aviso.asunto, aviso.de, aviso.texto),
            "clave": aviso.clave, "registro_id": aviso.registro_id, "n": aviso.n, "llave": aviso.llave, "orden": nuevo_id(),
            "sin_leer": True, "recibida": True, "enviada": False}
