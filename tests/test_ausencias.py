"""«No aplica» y «no se generó información»: se propone, la Unidad decide, y solo lo aprobado se lee."""

from typing import Any

import pytest

from models.ausencias import Ausencia, PubSinInformacion
from models.domain.ausencias import (
    NO_APLICA,
    NO_SE_GENERO,
    approve,
    ausencias_de,
    count_por_decidir,
    find_ausencia,
    propose,
    revoke,
    send_back,
    textos_usados,
)
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.publicados import Publicados
from models.sujetos import PubNoAplica
from tests.elenco import CLAVE, Casa

TEXTO = "El Cabildo acordó que este año no celebra convenios."


def proponer(casa: Casa, tipo: str = NO_APLICA, **mas: Any) -> Ausencia:
    return propose(casa.julieta.actor, casa.tabla(), tipo, TEXTO, **mas)


def no_aplica(publicados: Publicados) -> str | None:
    institucion = publicados.institucion("metepec")
    assert institucion is not None
    dicho = publicados.dichos(institucion, CLAVE).no_aplica
    return dicho.fundamento if dicho else None


def test_solo_lo_aprobado_llega_a_la_ciudadania_y_al_revocarlo_se_va(casa: Casa, publicados: Publicados) -> None:
    propuesta = proponer(casa)
    assert no_aplica(publicados) is None and count_por_decidir(casa.laura.actor) == 1
    approve(casa.laura.actor, casa.tabla(), propuesta)
    assert no_aplica(publicados) == TEXTO and count_por_decidir(casa.laura.actor) == 0
    revoke(casa.laura.actor, casa.tabla(), propuesta, "Ya se celebró uno.")
    assert no_aplica(publicados) is None
    assert [a.situacion for a in ausencias_de(casa.laura.actor)] == ["revocada"], "la historia queda"


def test_un_periodo_sin_informacion_se_lee_en_su_ejercicio(casa: Casa, publicados: Publicados) -> None:
    approve(casa.laura.actor, casa.tabla(), proponer(casa, NO_SE_GENERO, ejercicio=2026, periodo="T2"))
    metepec = publicados.institucion("metepec")
    assert metepec is not None
    [dicho] = publicados.dichos(metepec, CLAVE).sin_informacion_de(2026)
    assert (dicho.ejercicio, dicho.periodo, dicho.texto) == (2026, "T2", TEXTO)
    assert publicados.dichos(metepec, CLAVE).sin_informacion_de(2025) == []


def test_lo_devuelto_lleva_motivo_y_se_puede_proponer_otra_vez(casa: Casa) -> None:
    propuesta = proponer(casa)
    with pytest.raises(ActoImposible, match="motivo"):
        send_back(casa.laura.actor, casa.tabla(), propuesta, " ")
    send_back(casa.laura.actor, casa.tabla(), propuesta, "Falta el número del acuerdo.")
    assert find_ausencia(casa.julieta.actor, propuesta.id).motivo == "Falta el número del acuerdo."
    approve(casa.laura.actor, casa.tabla(), proponer(casa))
    assert textos_usados(casa.julieta.actor, NO_APLICA) == [TEXTO]


@pytest.mark.parametrize("quien", ["julieta", "ernesto", "ramiro", "gabriela"])
def test_solo_la_unidad_de_la_institucion_decide(quien: str, casa: Casa) -> None:
    propuesta, actor = proponer(casa), getattr(casa, quien).actor
    for decidir in (lambda: approve(actor, casa.tabla(), propuesta), lambda: send_back(actor, casa.tabla(), propuesta, "No."),
                    lambda: revoke(actor, casa.tabla(), propuesta, "No.")):
        with pytest.raises((NoPermitido, ActoImposible)):
            decidir()
    assert find_ausencia(casa.laura.actor, propuesta.id).situacion == "propuesta"
    assert not PubNoAplica.select().where(PubNoAplica.clave == CLAVE).exists()


def test_lo_de_otra_institucion_o_de_otro_formato_no_existe(casa: Casa) -> None:
    propuesta = proponer(casa)
    for persona in (casa.ramiro, casa.ines, casa.nadia):
        with pytest.raises(NoExiste):
            find_ausencia(persona.actor, propuesta.id)
        assert ausencias_de(persona.actor) == []


@pytest.mark.parametrize("mas, dice", [
    ({"texto": "Corto"}, "Explique por qué"), ({"texto": "x" * 2001}, "Explique por qué"), ({"tipo": "nada"}, "no aplica"),
    ({"tipo": NO_SE_GENERO}, "Elija el ejercicio"), ({"tipo": NO_SE_GENERO, "ejercicio": 2026, "periodo": "M13"}, "Elija"),
    ({"tipo": NO_SE_GENERO, "ejercicio": 1, "periodo": "T1"}, "Elija el ejercicio"),
])
def test_una_propuesta_mal_hecha_dice_que_falta(mas: dict[str, Any], dice: str, casa: Casa) -> None:
    with pytest.raises(ActoImposible, match=dice):
        propose(casa.julieta.actor, casa.tabla(), **{"tipo": NO_APLICA, "texto": TEXTO} | mas)
    assert not Ausencia.select().exists()


def test_un_formato_vigente_no_se_informa_por_periodos(casa: Casa) -> None:
    with pytest.raises(ActoImposible, match="no se informa por periodos"):
        propose(casa.julieta.actor, casa.tabla("marco_normativo"), NO_SE_GENERO, TEXTO, 2026, "T1")


def test_donde_hay_registros_no_cabe(casa: Casa) -> None:
    propuesta = proponer(casa)
    del_periodo = proponer(casa, NO_SE_GENERO, ejercicio=2026, periodo="T1")
    registro = casa.capturar(casa.julieta, periodo="T1", ejercicio="2026")
    with pytest.raises(ActoImposible, match="sí se generó"):
        approve(casa.laura.actor, casa.tabla(), del_periodo)
    casa.hacer(casa.laura, "publicar", registro)
    with pytest.raises(ActoImposible, match="sí aplica"):
        approve(casa.laura.actor, casa.tabla(), propuesta)
    assert not PubSinInformacion.select().exists()


def test_no_se_propone_dos_veces_lo_mismo_ni_se_decide_dos_veces(casa: Casa) -> None:
    propuesta = proponer(casa)
    with pytest.raises(ActoImposible, match="Ya hay una propuesta"):
        proponer(casa)
    approve(casa.laura.actor, casa.tabla(), propuesta)
    with pytest.raises(ActoImposible, match="Ya está aprobado"):
        proponer(casa)
    with pytest.raises(ActoImposible, match="ya la decidió"):
        approve(casa.laura.actor, casa.tabla(), propuesta)
