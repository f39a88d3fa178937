"""Cómo cumple una institución, según lo que cualquiera puede leer: las seis situaciones, las prórrogas y su barra."""

import datetime as dt
from collections import Counter

import pytest

from models.domain.ausencias import approve, propose
from models.domain.catalogo_vigente import vigente
from models.domain.cumplimiento import Cumplimiento, Hechos, Situacion, read_cumplimiento
from models.domain.periods import periodo
from models.domain.prorrogas import Pedida, grant, publish_missing, revoke
from models.domain.sujetos import publish_no_aplica
from models.prorrogas import PubProrroga
from models.publicados.cumplimientos import Estado, estado_of
from models.verificacion.verificacion import verify
from portal.cumplimientos import SE_DICE, explain, parts_of
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)
HOY = dt.date(2026, 11, 22)
T3 = periodo(2026, "T3")


def estado(visita: Visita, clave: str = CLAVE, dia: dt.date = HOY) -> Estado:
    with visita.publicados.conexion():
        institucion = visita.publicados.institucion("metepec")
        assert institucion is not None
        return visita.publicados.cumplimientos.de(institucion, [visita.casa.tabla(clave).formato], dia)[clave]


def de(estado: Estado, clave: str = "T3", anio: int = 2026) -> Situacion:
    [uno] = [u for u in estado.todos if u.periodo and (u.periodo.ejercicio, u.periodo.clave) == (anio, clave)]
    return uno.situacion


def test_dice_lo_mismo_que_la_oficina_sin_leer_nada_que_no_sea_publico(visita: Visita) -> None:
    visita.publicar()
    publish_no_aplica(visita.casa.metepec.id, "agenda_reuniones", "No tiene reuniones.")
    formatos = [visita.casa.tabla(clave).formato for clave in (CLAVE, "agenda_reuniones", "marco_normativo", "licitaciones")]
    with visita.publicados.conexion():
        institucion = visita.publicados.institucion("metepec")
        assert institucion is not None
        publico = visita.publicados.cumplimientos.de(institucion, formatos, HOY)
    de_oficina = Counter((u.formato.clave, u.periodo, u.situacion) for u in read_cumplimiento(institucion.id, formatos, HOY))
    assert Counter((u.formato.clave, u.periodo, u.situacion) for e in publico.values() for u in e.todos) == de_oficina


def test_lo_que_falta_depende_del_dia(visita: Visita) -> None:
    assert de(estado(visita, dia=T3.fin)) is Situacion.AUN_NO_TOCA
    assert de(estado(visita, dia=T3.limite(30) - dt.timedelta(days=10))) is Situacion.POR_VENCER
    assert de(estado(visita, dia=T3.limite(30))) is Situacion.POR_VENCER
    assert de(estado(visita, dia=T3.limite(30) + dt.timedelta(days=1))) is Situacion.VENCIDO
    visita.publicar(ejercicio="2026", periodo="3.er trimestre")
    assert de(estado(visita)) is Situacion.AL_CORRIENTE


def test_lo_vencido_manda_y_dice_cuantos_periodos_faltan(visita: Visita) -> None:
    hallado = estado(visita)
    assert hallado.situacion is Situacion.VENCIDO and hallado.vencidos == 4
    assert explain(hallado) == "Falta: 3.er trimestre de 2026, que debía estar el 30/10/2026 y 3 periodos más."
    vigente = estado(visita, "marco_normativo")
    assert explain(vigente) == "No se ha publicado nada."


def test_lo_que_no_aplica_y_lo_que_no_se_genero(visita: Visita) -> None:
    publish_no_aplica(visita.casa.metepec.id, CLAVE, "No firma convenios.")
    assert estado(visita).situacion is Situacion.NO_APLICA
    laura = visita.casa.laura.actor
    tabla = visita.casa.tabla("licitaciones")
    ausencia = propose(laura, tabla, "no_se_genero", "No hubo contrataciones en el periodo.", 2026, "T3")
    if ausencia.situacion == "propuesta":
        approve(laura, tabla, ausencia)
    assert de(estado(visita, "licitaciones")) is Situacion.SIN_INFORMACION


def prorroga(visita: Visita, destinatario: str, hasta: dt.date) -> int:
    [dada] = grant(visita.casa.gabriela.actor, [visita.casa.tabla().formato],
                   Pedida(destinatario, 2026, "T3", hasta, "Cambio de sistema."))
    return int(dada.id)


def test_la_prorroga_publica_se_cuenta_y_al_revocarla_deja_de_contar(visita: Visita) -> None:
    antes = visita.publicados.pulso.de(visita.casa.metepec.id)
    dada = prorroga(visita, "clase:municipal", dt.date(2026, 11, 30))
    assert visita.publicados.pulso.de(visita.casa.metepec.id) > antes
    hallado = estado(visita)
    assert de(hallado) is Situacion.POR_VENCER
    [uno] = [u for u in hallado.todos if u.periodo == T3]
    assert uno.prorroga and uno.limite == dt.date(2026, 11, 30)
    revoke(visita.casa.gabriela.actor, dada)
    assert de(estado(visita)) is Situacion.VENCIDO and PubProrroga.select().count() == 0


def test_la_prorroga_de_otra_clase_no_le_vale(visita: Visita) -> None:
    prorroga(visita, "clase:judicial", dt.date(2026, 12, 30))
    assert de(estado(visita)) is Situacion.VENCIDO


def test_las_de_antes_de_publicarse_se_publican_al_arrancar(visita: Visita) -> None:
    prorroga(visita, "todas", dt.date(2026, 12, 30))
    PubProrroga.delete().execute()
    assert publish_missing() == 1 and publish_missing() == 0
    assert de(estado(visita)) is Situacion.AUN_NO_TOCA


def test_verificar_nota_una_prorroga_que_no_se_lee_y_una_revocada_que_si(visita: Visita) -> None:
    prorroga(visita, "todas", dt.date(2026, 12, 30))
    assert _verificar(visita) == []
    PubProrroga.update(limite="2026-12-31").execute()
    assert [dicha.split(": ")[1] for dicha in _verificar(visita)] == ["se lee y no está en vigor", "está en vigor y no se lee"]


def _verificar(visita: Visita) -> list[str]:
    pruebas = dict(verify(vigente.foto, visita.almacen))
    return [hallazgo.texto for hallazgo in pruebas["cada prórroga en vigor se puede leer"]]


def test_la_barra_cuadra_y_no_pinta_lo_que_no_hay(visita: Visita) -> None:
    formato = visita.casa.tabla().formato
    estados = [Estado(Cumplimiento(formato, s)) for s in (Situacion.AL_CORRIENTE,) * 2 + (Situacion.VENCIDO,)]
    partes = parts_of(estados)
    assert [(p.situacion, p.n, p.dicho) for p in partes] == [
        (Situacion.AL_CORRIENTE, 2, "al corriente"), (Situacion.VENCIDO, 1, "vencida")]
    assert sum(p.ancho for p in partes) == 1000 and partes[1].x == partes[0].ancho
    assert parts_of([]) == [] and set(SE_DICE) == set(Situacion)


def test_una_sola_situacion_por_periodo(visita: Visita) -> None:
    nada = Hechos(frozenset(), frozenset(), frozenset(), frozenset(), {})
    hallado = estado_of(visita.casa.tabla().formato, nada, HOY)
    assert len({u.periodo for u in hallado.todos}) == len(hallado.todos) > 3
