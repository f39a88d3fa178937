"""Los borradores: lo que se teclea no se pierde, es solo de quien lo teclea, y al guardarlo de verdad se va."""

import json

import pytest

from models.borradores import Borrador, Entrega
from models.domain import borradores
from models.domain.altas import relieve
from models.domain.borradores import (
    ENTRE,
    POR_PERSONA,
    TAMANO_MAXIMO,
    VIDA,
    BorradorInvalido,
    DemasiadoPronto,
    DeQue,
    borradores_de,
    discard,
    find_borrador,
    known_campos,
    purge_viejos,
    read_campos,
    save_borrador,
)
from models.domain.catalogo_vigente import vigente
from models.domain.entregas import deliver
from models.domain.errores import Conflicto, NoExiste, NoPermitido
from models.domain.personal import find_ficha
from models.domain.workflow import Guardado
from models.folios import a_folio
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa, Persona

NUEVA = DeQue("a" * 32)


def teclear(casa: Casa, persona: Persona, de_que: DeQue = NUEVA, texto: str = "Plantar", clave: str = "convenios") -> Borrador:
    envejecer(ENTRE)
    guardado = save_borrador(persona.actor, casa.tabla(clave), de_que, [("objetivo", texto)])
    assert guardado is not None
    return guardado


def envejecer(milisegundos: int) -> None:
    Borrador.update(cambiado_en=Borrador.cambiado_en - milisegundos).execute()


def hoja_de(casa: Casa, registro: int, envio: str = "b" * 32) -> DeQue:
    return DeQue(envio, a_folio(registro), casa.fila(registro).version)


def entregar(casa: Casa, persona: Persona, envio: str, registro: int | None = None, version: int | None = None,
             **campos: object) -> Guardado:
    crudo = casa.crudo(persona, **campos)
    return deliver(persona.actor, casa.tabla(), crudo, {}, envio=envio, registro=registro, version=version)


# --- teclear ---

def test_lo_ultimo_tecleado_es_lo_que_queda_y_es_de_una_hoja(casa: Casa) -> None:
    teclear(casa, casa.julieta, texto="Plan")
    uno = teclear(casa, casa.julieta, texto="Plantar")
    otra = teclear(casa, casa.julieta, DeQue("c" * 32), "Regar")
    assert [read_campos(b) for b in borradores_de(casa.julieta.actor)] == [[("objetivo", "Regar")], [("objetivo", "Plantar")]]
    assert uno.id != otra.id and uno.creado_en <= uno.cambiado_en


def test_para_contarlos_no_se_lee_lo_tecleado(casa: Casa) -> None:
    teclear(casa, casa.julieta)
    [uno] = borradores_de(casa.julieta.actor, con_lo_escrito=False)
    assert uno.campos is None and uno.llave == NUEVA.llave and uno.cambiado_en


def test_el_de_un_registro_recuerda_su_version(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    borrador = teclear(casa, casa.julieta, hoja_de(casa, registro))
    casa.editar(casa.ernesto, registro, nota="Ernesto llegó antes")
    assert (borrador.registro_id, borrador.version, casa.fila(registro).version) == (registro, 1, 2)


def test_es_solo_de_quien_lo_teclea(casa: Casa) -> None:
    suyo = teclear(casa, casa.julieta)
    for otra in (casa.beto, casa.laura, casa.ernesto, casa.ines, casa.gabriela):
        assert borradores_de(otra.actor) == []
        with pytest.raises(NoExiste):
            find_borrador(otra.actor, suyo.id)
        with pytest.raises(NoExiste):
            discard(otra.actor, suyo.id)
    discard(casa.julieta.actor, suyo.id)
    assert borradores_de(casa.julieta.actor) == []


def test_no_se_guarda_el_de_lo_que_no_se_puede_editar(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    for otra in (casa.beto, casa.ines):
        with pytest.raises(NoExiste):
            save_borrador(otra.actor, casa.tabla(), DeQue("d" * 32, a_folio(registro), 1), [])
    for ajena in (casa.nadia, casa.gabriela):
        with pytest.raises(NoPermitido):
            save_borrador(ajena.actor, casa.tabla(), NUEVA, [])
    for malo in ("x", "0" * 14):
        with pytest.raises(NoExiste):
            save_borrador(casa.julieta.actor, casa.tabla(), DeQue("d" * 32, malo, 1), [])
    assert not Borrador.select().exists()


def test_tiene_tope_de_tamano_de_cuantos_y_de_prisa(casa: Casa) -> None:
    with pytest.raises(BorradorInvalido, match="demasiado largo"):
        teclear(casa, casa.julieta, texto="x" * TAMANO_MAXIMO)
    teclear(casa, casa.julieta)
    with pytest.raises(DemasiadoPronto):
        save_borrador(casa.julieta.actor, casa.tabla(), NUEVA, [("objetivo", "De inmediato")])
    for numero in range(POR_PERSONA - 1):
        teclear(casa, casa.julieta, DeQue(f"{numero:032}"))
    with pytest.raises(BorradorInvalido, match="Mis borradores"):
        teclear(casa, casa.julieta, DeQue("z" * 32))
    assert teclear(casa, casa.julieta, texto="El que ya tenía sí se sigue guardando")
    assert teclear(casa, casa.beto), "el tope es de cada quien"


def test_de_lo_que_llega_solo_se_guarda_lo_del_formato(casa: Casa) -> None:
    llegan = {"objetivo": ["Uno"], "csrf_token": ["secreto"], "envio": ["x"], "contrapartes-0-nombre": ["DIF"], "nada": ["?"],
              "objetivo__causa": ["no_aplica"], "contrasena": ["secreta"], "estado": ["publicado"]}
    assert known_campos(casa.tabla(), llegan) == [
        ("objetivo", "Uno"), ("contrapartes-0-nombre", "DIF"), ("objetivo__causa", "no_aplica")]


def test_el_de_un_formato_que_ya_no_lleva_no_se_ensena(casa: Casa) -> None:
    teclear(casa, casa.nadia, clave="reservas_territoriales")
    assert len(borradores_de(casa.nadia.actor)) == 1 and borradores_de(casa.nadia.actor, "convenios") == []
    sin_nada = casa.nadia.actor.__class__(casa.nadia.id, "Nadia", casa.nadia.actor.rol, casa.metepec.id)
    assert borradores_de(sin_nada) == []


# --- guardar de verdad ---

def test_al_guardar_se_va_en_la_misma_transaccion(casa: Casa, base: Base) -> None:
    teclear(casa, casa.julieta)
    teclear(casa, casa.beto, DeQue("a" * 32))
    registro = entregar(casa, casa.julieta, NUEVA.envio).id
    assert borradores_de(casa.julieta.actor) == [] and len(borradores_de(casa.beto.actor)) == 1
    teclear(casa, casa.julieta, hoja_de(casa, registro))
    with pytest.raises(Conflicto):
        entregar(casa, casa.julieta, "b" * 32, registro, version=7, nota="Otra")
    assert len(borradores_de(casa.julieta.actor)) == 1, "no se guardó, así que el borrador sigue"
    entregar(casa, casa.julieta, "b" * 32, registro, version=1, nota="Otra")
    assert borradores_de(casa.julieta.actor) == []
    integro(base)


def test_una_senal_que_llega_tarde_no_revive_el_borrador(casa: Casa) -> None:
    registro = entregar(casa, casa.julieta, NUEVA.envio).id
    assert save_borrador(casa.julieta.actor, casa.tabla(), NUEVA, [("objetivo", "Tarde")]) is None
    hoja = hoja_de(casa, registro)
    entregar(casa, casa.julieta, hoja.envio, registro, version=1, nota="Otra")
    assert save_borrador(casa.julieta.actor, casa.tabla(), hoja, [("objetivo", "Tarde")]) is None
    assert not Borrador.select().exists()


# --- llegar dos veces ---

def test_lo_mismo_dos_veces_se_guarda_una_y_contesta_lo_mismo(casa: Casa, base: Base) -> None:
    registro = casa.capturar(casa.julieta)
    primera = entregar(casa, casa.julieta, "e" * 32, registro, version=1, nota="Una vez")
    casa.hacer(casa.ernesto, "revisar", registro)
    segunda = entregar(casa, casa.julieta, "e" * 32, registro, version=1, nota="Una vez")
    assert (segunda.id, segunda.version, segunda.sin_cambios) == (primera.id, primera.version, False)
    assert (casa.fila(registro).version, casa.fila(registro).estado) == (3, "revisado"), "no deshizo lo de Ernesto"
    integro(base)


def test_la_misma_hoja_con_otra_cosa_es_corregirla(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    entregar(casa, casa.julieta, "e" * 32, registro, version=1, nota="Una")
    assert entregar(casa, casa.julieta, "e" * 32, registro, version=1, nota="Otra").version == 3
    casa.editar(casa.laura, registro, nota="La de Laura")
    with pytest.raises(Conflicto):
        entregar(casa, casa.julieta, "e" * 32, registro, version=1, nota="Una tercera")


def test_el_numero_de_envio_de_otra_persona_no_sirve(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    entregar(casa, casa.julieta, "e" * 32, registro, version=1, nota="De Julieta")
    with pytest.raises(Conflicto):
        entregar(casa, casa.ernesto, "e" * 32, registro, version=1, nota="De Ernesto")
    assert Entrega.get().usuario_id == casa.julieta.id


# --- el relevo y el tiempo ---

def test_en_el_relevo_los_borradores_pasan_a_quien_recibe(casa: Casa) -> None:
    registro = casa.capturar(casa.laura)
    teclear(casa, casa.julieta, texto="De Julieta")
    for quien in (casa.julieta, casa.beto):
        Borrador.insert(sujeto_id=casa.metepec.id, id=quien.id, usuario_id=quien.id, clave="convenios", llave=a_folio(registro),
                        registro_id=registro, campos=json.dumps([["nota", quien.usuario.nombre]]), creado_en=1,
                        cambiado_en=1).execute()
    catalogo = vigente.foto.catalogo
    relieve(casa.laura.actor, find_ficha(casa.laura.actor, casa.julieta.id, catalogo),
            find_ficha(casa.laura.actor, casa.beto.id, catalogo), vigente.foto.tablas)
    assert borradores_de(casa.julieta.actor) == []
    assert sorted(read_campos(b)[0][1] for b in borradores_de(casa.beto.actor)) == [
        "Beto Sámano", "De Julieta", "Julieta Mondragón"], "ninguno pisó a otro"


def test_lo_que_nadie_toca_en_sesenta_dias_se_borra(casa: Casa) -> None:
    viejo = teclear(casa, casa.julieta)
    envejecer(VIDA + 1000)
    nuevo = teclear(casa, casa.ines)
    Borrador.update(cambiado_en=Borrador.cambiado_en - 2 * ENTRE).where(Borrador.id == viejo.id).execute()
    assert purge_viejos() == 1 and [b.id for b in Borrador.select()] == [nuevo.id]
    assert borradores.VIDA == 60 * 86_400_000
