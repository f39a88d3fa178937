"""Deshacer en el acto: quien se equivocó deja el registro justo como estaba, si nadie lo tocó; y queda dicho."""

from typing import Any

import pytest

from models.actos import Acto
from models.domain.errores import NoPermitido
from models.domain.workflow.deshacer import PLAZO, find_deshacible, undo
from models.mensajes import Entrada
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa, Persona
from tests.test_transiciones import MATRIZ, MOTIVO, PARTIDAS, _llevar_a_su_estado

SE_DESHACEN = ("devolver", "borrar", "solicitar_baja", "descartar")
DE_TODOS_MODOS_CAMBIA = {"version", "cambiado_en", "puesto_al_dia", "tokens"}


def deshacer(casa: Casa, persona: Persona, *registros: int) -> list[int]:
    return undo(persona.actor, casa.tabla(), list(registros)).hechos


def asuntos(persona: Persona) -> set[str]:
    """De qué se le ha avisado."""
    return {e.asunto for e in Entrada.select().where(
        Entrada.sujeto_id == persona.usuario.sujeto_id, Entrada.usuario_id == persona.id)}


def retrato(casa: Casa, registro: int) -> dict[str, Any]:
    return {nombre: valor for nombre, valor in casa.fila(registro).__data__.items() if nombre not in DE_TODOS_MODOS_CAMBIA}


@pytest.mark.parametrize("acto", SE_DESHACEN)
def test_vuelve_justo_a_como_estaba_desde_donde_estuviera(acto: str, casa: Casa, base: Base) -> None:
    """Desde cada estado de que la tabla escrita a mano deja partir, y con una baja pedida de por medio."""
    partidas = [p for p in PARTIDAS if MATRIZ[acto]["unidad", p] != "no"]
    registros = {("unidad", partida): casa.capturar(casa.julieta) for partida in partidas}
    _llevar_a_su_estado(casa, registros, con_baja=acto != "solicitar_baja")
    antes = {registro: retrato(casa, registro) for registro in registros.values()}
    assert sorted(casa.hacer(casa.laura, acto, *antes, motivo=MOTIVO).hechos) == sorted(antes)
    assert all(retrato(casa, registro) != antes[registro] for registro in antes)
    assert sorted(deshacer(casa, casa.laura, *antes)) == sorted(antes)
    assert {registro: retrato(casa, registro) for registro in antes} == antes
    integro(base)


def test_queda_como_un_acto_mas_y_no_se_deshace_dos_veces(casa: Casa, base: Base) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.ernesto, "revisar", registro)
    casa.hacer(casa.laura, "devolver", registro, motivo="Me equivoqué de renglón.")
    assert deshacer(casa, casa.laura, registro) == [registro]
    ultimo = Acto.select().where(Acto.registro_id == registro).order_by(Acto.id.desc()).first()
    assert (ultimo.acto, ultimo.motivo, ultimo.estado_antes, ultimo.estado, ultimo.usuario_id) == (
        "deshacer", "la devolución", "devuelto", "revisado", casa.laura.id)
    assert deshacer(casa, casa.laura, registro) == [] and casa.fila(registro).version == 4
    integro(base)


def test_solo_lo_deshace_quien_lo_hizo(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.ernesto, "devolver", registro, motivo=MOTIVO)
    for otra in (casa.laura, casa.julieta, casa.beto, casa.ramiro):
        assert deshacer(casa, otra, registro) == []
    for ajena in (casa.nadia, casa.gabriela):
        with pytest.raises(NoPermitido):
            deshacer(casa, ajena, registro)
    assert casa.fila(registro).estado == "devuelto"
    assert deshacer(casa, casa.ernesto, registro) == [registro]


def test_si_alguien_toco_el_registro_ya_no(casa: Casa, base: Base) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.ernesto, "devolver", registro, motivo=MOTIVO)
    assert find_deshacible(casa.ernesto.actor, casa.tabla(), casa.fila(registro)) is not None
    casa.editar(casa.julieta, registro, nota="Ya lo estaba corrigiendo.")
    assert find_deshacible(casa.ernesto.actor, casa.tabla(), casa.fila(registro)) is None
    resultado = undo(casa.ernesto.actor, casa.tabla(), [registro])
    assert resultado.hechos == [] and "Cambió después" in resultado.fuera[0].razon
    assert casa.fila(registro).nota == "Ya lo estaba corrigiendo."
    integro(base)


def test_pasado_un_dia_ya_no(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.julieta, "borrar", registro)
    Acto.update(instante=Acto.instante - PLAZO - 1).where(Acto.registro_id == registro).execute()
    assert deshacer(casa, casa.julieta, registro) == [] and casa.fila(registro).estado == "borrado"
    assert casa.hacer(casa.julieta, "recuperar", registro).hechos == [registro], "de la papelera se recupera siempre"


def test_publicar_revisar_y_lo_demas_no_se_deshacen_aqui(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    for acto in ("revisar", "publicar", "retirar", "restaurar"):
        casa.hacer(casa.laura, acto, registro, motivo=MOTIVO)
        assert deshacer(casa, casa.laura, registro) == [], acto


def test_descartar_y_deshacerlo_devuelve_lo_escrito_y_la_ciudadania_no_nota_nada(casa: Casa, base: Base) -> None:
    registro = casa.capturar(casa.julieta, objetivo="El público", periodo="T1")
    casa.hacer(casa.laura, "publicar", registro)
    publico = casa.publica(registro).__data__
    casa.editar(casa.julieta, registro, objetivo="El nuevo", periodo="T2")
    casa.hacer(casa.julieta, "descartar", registro)
    assert casa.fila(registro).c_objetivo == "El público"
    assert deshacer(casa, casa.julieta, registro) == [registro]
    fila = casa.fila(registro)
    assert (fila.c_objetivo, fila.periodo, fila.estado) == ("El nuevo", "T2", "capturado")
    assert casa.publica(registro).__data__ == publico
    integro(base)


def test_una_copia_que_nadie_ha_visto_sigue_sin_poder_publicarse(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.tabla().trabajo.update(envio="copia:1:2026T1").where(casa.tabla().trabajo.id == registro).execute()
    casa.hacer(casa.julieta, "borrar", registro)
    assert deshacer(casa, casa.julieta, registro) == [registro]
    casa.hacer(casa.julieta, "borrar", registro)
    casa.hacer(casa.julieta, "recuperar", registro)
    assert "nadie la ha revisado" in casa.hacer(casa.laura, "publicar", registro).fuera[0].razon
    casa.hacer(casa.ernesto, "revisar", registro)
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]


def test_muchos_a_la_vez_cuadran(casa: Casa, base: Base) -> None:
    registros = [casa.capturar(casa.julieta) for _ in range(12)]
    casa.hacer(casa.ernesto, "revisar", *registros[:4])
    casa.hacer(casa.ernesto, "devolver", *registros, motivo=MOTIVO)
    casa.editar(casa.julieta, registros[-1], nota="Corregido")
    assert deshacer(casa, casa.ernesto, *registros) == sorted(registros[:-1])
    assert [casa.fila(r).estado for r in registros] == ["revisado"] * 4 + ["capturado"] * 8
    integro(base)


def test_a_quien_se_le_aviso_se_le_avisa_que_se_deshizo(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "devolver", registro, motivo=MOTIVO)
    deshacer(casa, casa.laura, registro)
    assert asuntos(casa.julieta) == {"Devuelto: Convenios", "Ya no está devuelto: Convenios"} == asuntos(casa.ernesto)
    casa.hacer(casa.julieta, "solicitar_baja", registro, motivo=MOTIVO)
    deshacer(casa, casa.julieta, registro)
    assert asuntos(casa.laura) == {"Piden una baja: Convenios", "Ya no piden la baja: Convenios"}
