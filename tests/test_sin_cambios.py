"""«Sin cambios»: lo confirma la Unidad, no toca ninguna fecha de lo público, y no cabe donde hubo cambios."""

import datetime as dt

import pytest

from models.conteos import PubResumen
from models.domain.ausencias import NO_APLICA, NO_SE_GENERO, approve, propose
from models.domain.catalogo_vigente import vigente
from models.domain.cumplimiento import read_cumplimiento
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.por_confirmar import PorConfirmar, por_confirmar
from models.domain.sin_cambios import (
    approve_sin_cambios,
    confirm,
    confirm_varios,
    confirmaciones_de,
    count_confirmaciones_por_decidir,
    find_confirmacion,
    revoke_sin_cambios,
    send_back_sin_cambios,
)
from models.publicados import Publicados
from models.reloj import hoy
from models.sin_cambios import Confirmacion, PubSinCambios
from models.verificacion.confirmaciones import check_confirmaciones
from tests.elenco import CLAVE, Casa, Persona
from tests.escenario import ultimo_cerrado

VIGENTE = "marco_normativo"
EN_UN_ANIO = dt.timedelta(days=365)


def confirmar(casa: Casa, quien: Persona, clave: str = CLAVE) -> Confirmacion:
    tabla = casa.tabla(clave)
    periodo = ultimo_cerrado(tabla.formato)
    return confirm(quien.actor, tabla, periodo.ejercicio, periodo.clave)


def publicar_de_antes(casa: Casa, clave: str = CLAVE) -> int:
    """Un registro público de un ejercicio que ya pasó, de modo que el último periodo sigue debiéndose."""
    registro = casa.capturar(casa.julieta, clave, **({} if clave == VIGENTE else {"ejercicio": "2023", "periodo": "T1"}))
    assert casa.hacer(casa.laura, "publicar", registro, clave=clave).hechos
    return registro


def publicar_hace_un_anio(casa: Casa) -> None:
    """Lo vigente, publicado hace más de un año."""
    publicar_de_antes(casa, VIGENTE)
    PubResumen.update(ultima_publicacion=PubResumen.ultima_publicacion - 500 * 86_400_000).where(
        PubResumen.sujeto_id == casa.metepec.id, PubResumen.clave == VIGENTE).execute()


def situacion(casa: Casa, clave: str = CLAVE) -> str:
    formato = casa.tabla(clave).formato
    cerrado = ultimo_cerrado(formato)
    return next(str(uno.situacion) for uno in read_cumplimiento(casa.metepec.id, [formato], hoy())
                if uno.periodo in (cerrado, None))


def posibles(casa: Casa, quien: Persona, *claves: str) -> list[PorConfirmar]:
    return por_confirmar(quien.actor, [casa.tabla(clave).formato for clave in claves], hoy())


def leidas(publicados: Publicados, clave: str = CLAVE) -> int:
    metepec = publicados.institucion("metepec")
    assert metepec is not None
    return len(publicados.dichos(metepec, clave).sin_cambios)


def test_la_unidad_lo_confirma_y_queda_al_corriente_sin_tocar_lo_publico(casa: Casa, publicados: Publicados) -> None:
    registro = publicar_de_antes(casa)
    antes, resumen = casa.publica(registro).__data__, list(PubResumen.select().dicts())
    assert situacion(casa) in ("vencido", "por_vencer", "aun_no_toca") and leidas(publicados) == 0
    assert confirmar(casa, casa.laura).situacion == "aprobada"
    assert situacion(casa) == "al_corriente" and leidas(publicados) == 1
    assert casa.publica(registro).__data__ == antes and list(PubResumen.select().dicts()) == resumen


def test_quien_captura_lo_propone_y_la_unidad_lo_aprueba(casa: Casa, publicados: Publicados) -> None:
    publicar_de_antes(casa)
    propuesta = confirmar(casa, casa.julieta)
    assert propuesta.situacion == "propuesta" and leidas(publicados) == 0 and situacion(casa) != "al_corriente"
    assert count_confirmaciones_por_decidir(casa.laura.actor) == 1
    with pytest.raises(ActoImposible, match="Ya está propuesto"):
        confirmar(casa, casa.ernesto)
    approve_sin_cambios(casa.laura.actor, casa.tabla(), propuesta)
    assert situacion(casa) == "al_corriente" and leidas(publicados) == 1
    with pytest.raises(ActoImposible, match="Ya está confirmado"):
        confirmar(casa, casa.laura)
    with pytest.raises(ActoImposible, match="ya la decidió"):
        send_back_sin_cambios(casa.laura.actor, casa.tabla(), propuesta, "Ya cambió.")


def test_revocar_pide_motivo_y_lo_vuelve_a_deber(casa: Casa, publicados: Publicados) -> None:
    publicar_de_antes(casa)
    confirmada = confirmar(casa, casa.laura)
    with pytest.raises(ActoImposible, match="motivo"):
        revoke_sin_cambios(casa.laura.actor, casa.tabla(), confirmada, " ")
    revoke_sin_cambios(casa.laura.actor, casa.tabla(), confirmada, "Sí se firmó uno.")
    assert leidas(publicados) == 0 and situacion(casa) != "al_corriente"
    assert find_confirmacion(casa.julieta.actor, confirmada.id).motivo == "Sí se firmó uno.", "la historia queda"
    assert confirmar(casa, casa.laura).situacion == "aprobada", "y se puede volver a confirmar"


def test_con_cambios_sin_publicar_no_cabe_y_dice_cuales(casa: Casa) -> None:
    registro = publicar_de_antes(casa)
    propuesta = confirmar(casa, casa.julieta)
    casa.editar(casa.julieta, registro, ejercicio="2023", periodo="T1", nota="Cambió el monto.")
    casa.capturar(casa.beto)
    with pytest.raises(ActoImposible, match="2 convenios con cambios sin publicar: «[^»]+», «[^»]+». Publíquelos"):
        approve_sin_cambios(casa.laura.actor, casa.tabla(), propuesta)
    send_back_sin_cambios(casa.laura.actor, casa.tabla(), propuesta, "Hay cambios.")
    with pytest.raises(ActoImposible, match="2 convenios con cambios sin publicar: «[^»]+» y 1 más"):
        confirmar(casa, casa.julieta)
    assert not PubSinCambios.select().exists()


def test_lo_que_no_se_puede_confirmar(casa: Casa) -> None:
    tabla, periodo = casa.tabla(), ultimo_cerrado(casa.tabla().formato)
    with pytest.raises(ActoImposible, match="No hay nada público"):
        confirmar(casa, casa.laura)
    publicar_de_antes(casa)
    for ejercicio, clave in ((hoy().year, "T4"), (2019, "T1"), (0, ""), (periodo.ejercicio, "M01"), (9999, "T1")):
        with pytest.raises(ActoImposible, match="que ya terminó"):
            confirm(casa.laura.actor, tabla, ejercicio, clave)
    publicado = casa.capturar(casa.julieta, ejercicio=str(periodo.ejercicio), periodo=periodo.clave)
    casa.hacer(casa.laura, "publicar", publicado)
    with pytest.raises(ActoImposible, match="ya se publicó algo"):
        confirmar(casa, casa.laura)
    assert not Confirmacion.select().exists()


def test_donde_no_se_genero_o_no_aplica_no_hace_falta(casa: Casa) -> None:
    tabla, periodo = casa.tabla(), ultimo_cerrado(casa.tabla().formato)
    publicado, texto = publicar_de_antes(casa), "El Cabildo acordó no celebrar convenios."
    approve(casa.laura.actor, tabla, propose(casa.julieta.actor, tabla, NO_SE_GENERO, texto, periodo.ejercicio, periodo.clave))
    with pytest.raises(ActoImposible, match="no se generó"):
        confirmar(casa, casa.laura)
    casa.hacer(casa.laura, "retirar", publicado, motivo="Se publicó por error.")
    approve(casa.laura.actor, tabla, propose(casa.julieta.actor, tabla, NO_APLICA, texto))
    assert posibles(casa, casa.laura, CLAVE) == []


@pytest.mark.parametrize("quien", ["ernesto", "julieta", "beto", "ramiro", "gabriela"])
def test_solo_la_unidad_de_la_institucion_decide(quien: str, casa: Casa) -> None:
    publicar_de_antes(casa)
    propuesta, actor = confirmar(casa, casa.julieta), getattr(casa, quien).actor
    for decidir in (lambda: approve_sin_cambios(actor, casa.tabla(), propuesta),
                    lambda: send_back_sin_cambios(actor, casa.tabla(), propuesta, "No."),
                    lambda: revoke_sin_cambios(actor, casa.tabla(), propuesta, "No.")):
        with pytest.raises(NoPermitido):
            decidir()
    assert Confirmacion.get().situacion == "propuesta" and not PubSinCambios.select().exists()


@pytest.mark.parametrize("quien", ["nadia", "ramiro", "gabriela"])
def test_lo_de_otra_institucion_o_de_otro_formato_no_existe(quien: str, casa: Casa) -> None:
    publicar_de_antes(casa)
    propuesta, actor = confirmar(casa, casa.julieta), getattr(casa, quien).actor
    with pytest.raises(NoExiste):
        find_confirmacion(actor, propuesta.id)
    assert confirmaciones_de(actor, "propuesta") == []
    with pytest.raises((NoPermitido, ActoImposible)):
        confirm(actor, casa.tabla(), propuesta.ejercicio, propuesta.periodo)


def test_lo_vigente_se_debe_cada_periodo_y_la_ultima_confirmacion_responde_por_las_de_antes(casa: Casa) -> None:
    publicar_hace_un_anio(casa)
    formato = casa.tabla(VIGENTE).formato
    [debe] = read_cumplimiento(casa.metepec.id, [formato], hoy())
    assert debe.situacion == "vencido" and debe.periodo is not None and debe.limite is not None
    confirmar(casa, casa.laura, VIGENTE)
    assert [str(c.situacion) for c in read_cumplimiento(casa.metepec.id, [formato], hoy())] == ["al_corriente"]
    [otra_vez] = read_cumplimiento(casa.metepec.id, [formato], hoy() + EN_UN_ANIO)
    assert otra_vez.situacion == "vencido", "dentro de un año hay que volver a decirlo"


def test_lo_vigente_recien_publicado_no_hay_que_confirmarlo(casa: Casa) -> None:
    publicar_de_antes(casa, VIGENTE)
    assert situacion(casa, VIGENTE) == "al_corriente" and posibles(casa, casa.laura, VIGENTE) == []


def test_varios_a_la_vez_y_los_que_no_caben_se_dicen(casa: Casa) -> None:
    publicar_de_antes(casa)
    publicar_hace_un_anio(casa)
    casa.capturar(casa.beto)
    lugares = [(casa.tabla(clave), cerrado.ejercicio, cerrado.clave) for clave in (CLAVE, VIGENTE)
               for cerrado in [ultimo_cerrado(casa.tabla(clave).formato)]]
    hecho = confirm_varios(casa.laura.actor, lugares)
    assert [una.clave for una in hecho.confirmados] == [VIGENTE]
    [(tabla, motivo)] = hecho.fuera
    assert tabla.clave == CLAVE and "sin publicar" in motivo


def test_lo_que_se_puede_confirmar_dice_lo_que_lo_impide(casa: Casa) -> None:
    assert posibles(casa, casa.laura, CLAVE, VIGENTE) == []
    publicar_de_antes(casa)
    publicar_hace_un_anio(casa)
    casa.capturar(casa.beto)
    confirmar(casa, casa.julieta, VIGENTE)
    suyos = posibles(casa, casa.laura, CLAVE, VIGENTE)
    assert {uno.formato.clave: (uno.sin_publicar, uno.propuesta, uno.se_puede) for uno in suyos} == {
        CLAVE: (1, False, False), VIGENTE: (0, True, False)}
    assert [uno.periodo for uno in suyos if uno.formato.clave == CLAVE][-1] == ultimo_cerrado(casa.tabla().formato)
    assert posibles(casa, casa.ramiro, CLAVE, VIGENTE) == []


def test_verificar_nota_una_confirmacion_que_nadie_hizo(casa: Casa, consultas_con_sujeto: list[object]) -> None:
    publicar_de_antes(casa)
    confirmada = confirmar(casa, casa.laura)
    assert list(check_confirmaciones(vigente.foto)) == []
    PubSinCambios.update(periodo="T9").execute()
    dichas = list(check_confirmaciones(vigente.foto))
    consultas_con_sujeto.clear()  # «verificar» mira todas las instituciones a la vez
    assert len(dichas) == 2 and all(confirmada.clave in dicha for dicha in dichas)
