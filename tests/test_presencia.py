"""Quién más tiene abierto el registro: se sabe mientras dé señales, y no impide nada."""

from models.borradores import Presencia
from models.domain.entregas import deliver
from models.domain.presencia import ARRIENDO, arrive, leave, others, purge_idas
from tests.elenco import Casa


def nombres(casa: Casa, quien: str, registro: int) -> list[str]:
    return [otro.nombre for otro in others(getattr(casa, quien).actor, registro)]


def pasan(milisegundos: int) -> None:
    Presencia.update(hasta=Presencia.hasta - milisegundos, desde=Presencia.desde - milisegundos).execute()


def test_cada_quien_ve_a_los_demas_y_no_a_si_mismo(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    assert arrive(casa.julieta.actor, registro) == []
    pasan(10)
    [julieta] = arrive(casa.laura.actor, registro)
    assert julieta.nombre == "Julieta Mondragón"
    assert nombres(casa, "ernesto", registro) == ["Julieta Mondragón", "Laura Nava"]
    assert nombres(casa, "ramiro", registro) == [], "en otra institución no se sabe"


def test_renovar_no_cambia_desde_cuando_y_volver_despues_si(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    arrive(casa.julieta.actor, registro)
    pasan(ARRIENDO - 1000)
    [antes] = others(casa.laura.actor, registro)
    arrive(casa.julieta.actor, registro)
    assert others(casa.laura.actor, registro) == [antes]
    pasan(ARRIENDO + 1000)
    assert nombres(casa, "laura", registro) == [], "dejó de dar señales"
    arrive(casa.julieta.actor, registro)
    [otra_vez] = others(casa.laura.actor, registro)
    assert otra_vez.desde > antes.desde and Presencia.select().count() == 1


def test_se_va_al_cerrar_y_al_guardar(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    arrive(casa.julieta.actor, registro)
    leave(casa.julieta.actor, registro)
    assert nombres(casa, "laura", registro) == []
    arrive(casa.julieta.actor, registro)
    crudo = casa.crudo(casa.julieta, nota="Ya")
    deliver(casa.julieta.actor, casa.tabla(), crudo, {}, envio="f" * 32, registro=registro, version=1)
    assert nombres(casa, "laura", registro) == []


def test_lo_vencido_se_borra(casa: Casa) -> None:
    uno, dos = casa.capturar(casa.julieta), casa.capturar(casa.julieta)
    arrive(casa.julieta.actor, uno)
    pasan(3 * ARRIENDO)
    arrive(casa.julieta.actor, dos)
    assert purge_idas() == 1 and [p.registro_id for p in Presencia.select()] == [dos]
