"""Pintar por turnos: de uno en uno, y quien se cansa de esperar pasa."""

import threading
import time

from models.recuerdo.turnos import Turnos


def test_pasan_de_uno_en_uno() -> None:
    turnos, dentro, juntos = Turnos(1, 5.0), [], []

    def pintar() -> None:
        with turnos.turno() as tocado:
            dentro.append(tocado)
            juntos.append(len(dentro))
            time.sleep(0.01)
            dentro.pop()

    hilos = [threading.Thread(target=pintar) for _ in range(6)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert juntos == [1] * 6


def test_una_pagina_lenta_no_detiene_a_las_demas() -> None:
    turnos = Turnos(1, 0.02)
    with turnos.turno() as lenta:
        inicio = time.monotonic()
        with turnos.turno() as otra:
            espera = time.monotonic() - inicio
    assert (lenta, otra) == (True, False) and 0.015 < espera < 2
    with turnos.turno() as despues:
        assert despues, "el turno se cedió, y quien pasó sin él no cedió uno que no tenía"
    with turnos.turno(), turnos.turno() as sin_turno:
        assert not sin_turno


def test_si_la_pagina_falla_el_turno_se_cede() -> None:
    turnos = Turnos(1, 0.01)
    try:
        with turnos.turno():
            raise ValueError
    except ValueError:
        pass
    with turnos.turno() as tocado:
        assert tocado
