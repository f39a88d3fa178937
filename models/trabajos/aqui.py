"""Hacer en este proceso lo que una carga tiene encargado: así una orden de consola no necesita que haya un trabajador."""

from __future__ import annotations

import time

from models.cargas import Carga
from models.domain.errores import ReglaRota
from models.hojas.cargas.encargo import find_encargo
from models.hojas.cargas.oficio import interrupt
from models.hojas.cargas.situaciones import EN_CURSO
from models.trabajos.cola import claim, finish
from models.trabajos.trabajador import attend, new_dueno

_PAUSA = 0.2
"""Segundos entre miradas, si un trabajador ganó el encargo."""


def attend_here(carga: Carga) -> Carga:
    """Atiende la carga hasta que espere a una persona o termine; la da como quedó. Si un trabajador la tomó, lo espera.

    Lanza ``ReglaRota`` si se interrumpió.
    """
    dueno = new_dueno()
    while (carga := _read(carga)).situacion in EN_CURSO:
        trabajo = find_encargo(carga)
        if trabajo is None or trabajo.estado not in ("pendiente", "en_curso") or trabajo.dueno == dueno:
            _give_up(carga)
        tomado = trabajo and claim(trabajo, dueno)
        if tomado:
            attend(tomado, dueno)
        else:
            time.sleep(_PAUSA)
    return carga


def _give_up(carga: Carga) -> None:
    trabajo = find_encargo(carga)
    if trabajo is not None:
        finish(trabajo, "fallido", {"mensaje": "Se interrumpió."})
        interrupt(trabajo)
    raise ReglaRota("La carga se interrumpió y no se cargó nada. La bitácora dice por qué; vuelva a intentarlo.")


def _read(carga: Carga) -> Carga:
    leida: Carga = Carga.get(Carga.sujeto_id == carga.sujeto_id, Carga.id == carga.id)
    return leida
