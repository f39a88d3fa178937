"""Donde se declaró que no hay nada, no se captura ni se publica: por ninguna puerta, hasta que la Unidad lo revoque."""

import datetime as dt

import pytest

from models.ausencias import Ausencia
from models.domain.ausencias import NO_APLICA, NO_SE_GENERO, approve, propose, revoke
from models.domain.copia import copy_anterior
from models.domain.errores import ActoImposible
from models.domain.periods import periodo
from models.domain.workflow.deshacer import undo
from models.reloj import ahora
from models.sujetos import PubNoAplica
from tests.bases import Base
from tests.cliente import Sitio, tecleado
from tests.cuadre import cuadra
from tests.elenco import CLAVE, Casa

pytest_plugins = "tests.sitio"

TEXTO = "El Cabildo acordó que este año no celebra convenios."
T1 = {"ejercicio": "2026", "periodo": "T1"}
T2 = {"ejercicio": "2026", "periodo": "T2"}


def declarar(casa: Casa, tipo: str = NO_APLICA) -> Ausencia:
    lugar = (2026, "T2") if tipo == NO_SE_GENERO else (0, "")
    ausencia = propose(casa.julieta.actor, casa.tabla(), tipo, TEXTO, *lugar)
    approve(casa.laura.actor, casa.tabla(), ausencia)
    return ausencia


def razones(casa: Casa, acto: str, registro: int) -> list[str]:
    return [fuera.razon for fuera in casa.hacer(casa.laura, acto, registro, motivo="Porque sí.").fuera]


@pytest.mark.parametrize("tipo", [NO_APLICA, NO_SE_GENERO])
def test_no_se_captura_y_se_dice_que_hacer_hasta_que_se_revoca(tipo: str, casa: Casa, base: Base) -> None:
    ausencia = declarar(casa, tipo)
    for persona in (casa.julieta, casa.ernesto, casa.laura):
        with pytest.raises(ActoImposible, match="la Unidad de Información debe revocarlo antes"):
            casa.capturar(persona, **T2)
    cuadra(base)
    revoke(casa.laura.actor, casa.tabla(), ausencia, "Sí se firmó uno.")
    registro = casa.capturar(casa.julieta, **T2)
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]


def test_lo_que_ya_estaba_en_rojo_ni_se_edita_ni_se_revisa_ni_se_publica_pero_si_se_borra(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, **T1)
    declarar(casa)
    with pytest.raises(ActoImposible, match="no le aplica"):
        casa.editar(casa.julieta, registro, **T1, nota="Otra nota, que antes no estaba.")
    for acto in ("revisar", "publicar"):
        assert ["no le aplica" in razon for razon in razones(casa, acto, registro)] == [True], acto
    assert casa.publica(registro) is None and casa.fila(registro).estado == "capturado"
    assert casa.hacer(casa.laura, "borrar", registro).hechos == [registro]
    assert ["no le aplica" in razon for razon in razones(casa, "recuperar", registro)] == [True]


def test_lo_retirado_no_vuelve(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, **T2)
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo="Se publicó por error.")
    declarar(casa, NO_SE_GENERO)
    [razon] = razones(casa, "restaurar", registro)
    assert "2.º trimestre de 2026 no se generó información" in razon


def test_deshacer_un_borrado_tampoco_lo_trae_de_vuelta(casa: Casa, base: Base) -> None:
    registro, otro = casa.capturar(casa.julieta, **T2), casa.capturar(casa.julieta, **T1)
    casa.hacer(casa.laura, "borrar", registro, otro)
    ausencia = declarar(casa, NO_SE_GENERO)
    hecho = undo(casa.laura.actor, casa.tabla(), [registro, otro])
    assert hecho.hechos == [otro] and "2.º trimestre de 2026" in hecho.fuera[0].razon
    assert casa.fila(registro).estado == "borrado"
    revoke(casa.laura.actor, casa.tabla(), ausencia, "Sí se firmó uno.")
    assert undo(casa.laura.actor, casa.tabla(), [registro]).hechos == [registro]
    cuadra(base)


def test_a_un_periodo_declarado_no_se_mueve_ni_se_copia_y_los_demas_siguen(casa: Casa, base: Base) -> None:
    registro = casa.capturar(casa.julieta, **T1)
    casa.hacer(casa.laura, "publicar", registro)
    declarar(casa, NO_SE_GENERO)
    with pytest.raises(ActoImposible, match="2.º trimestre de 2026"):
        casa.editar(casa.julieta, registro, **T2)
    assert (casa.fila(registro).periodo, casa.fila(registro).version) == ("T1", 2), "no quedó a medias"
    with pytest.raises(ActoImposible, match="2.º trimestre de 2026"):
        copy_anterior(casa.julieta.actor, casa.tabla(), periodo(2026, "T2"))
    assert casa.capturar(casa.julieta, ejercicio="2026", periodo="T3")
    cuadra(base)


def test_lo_declarado_por_otra_institucion_no_detiene_a_nadie(casa: Casa) -> None:
    PubNoAplica.insert(sujeto_id=casa.toluca.id, clave=CLAVE, fundamento=TEXTO, desde=ahora()).execute()
    assert casa.capturar(casa.julieta)
    with pytest.raises(ActoImposible):
        casa.capturar(casa.ines)


def test_en_pantalla_lo_tecleado_vuelve_con_la_razon(sitio: Sitio) -> None:
    declarar(sitio.casa)
    julieta = sitio.de(sitio.casa.julieta)
    pagina = julieta.post(sitio.url("nuevo"), tecleado(sitio.casa.crudo(sitio.casa.julieta)))
    assert pagina.codigo == 403 and "debe revocarlo antes" in pagina.visible
    assert pagina.sopa.select_one("form[data-captura], form.captura, main form fieldset") is not None


def test_hoy_es_despues_de_2026() -> None:
    """Los periodos de estas pruebas ya empezaron: si no, no probarían nada."""
    assert dt.date.today() > dt.date(2026, 7, 1)
