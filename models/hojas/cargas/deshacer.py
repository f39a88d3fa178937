"""Deshacer una carga entera, mientras nadie haya tocado lo que dejó."""

from __future__ import annotations

from dataclasses import dataclass

from models.cargas import Carga
from models.domain.permissions import Actor


@dataclass(frozen=True, slots=True)
class Deshecha:
    """Lo que se deshizo: registros nuevos que fueron a la papelera, cambiados que volvieron, y bajas que ya no se piden."""

    nuevos: int
    cambiados: int
    bajas: int


def undo_carga(actor: Actor, carga: Carga) -> Deshecha:
    """Deshace la carga en una transacción. Lanza ``ActoImposible`` si alguien tocó después alguno: dice cuántos y cuáles."""
    raise NotImplementedError
