"""Las observaciones sin HTTP: quién las hace, a quién llegan, quién las ve, y cómo van de abiertas a cerradas."""

import datetime as dt
from typing import Any

import pytest

from models.domain.altas import relieve
from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import assign
from models.domain.dias_habiles import add_habiles
from models.domain.errores import ActoImposible, NoExiste, NoPermitido, ReglaRota
from models.domain.mensajes.bandeja import Carpeta, read_bandeja
from models.domain.observaciones.listas import POR_PAGINA, Filtro, count_observaciones, list_observaciones, observaciones_de
from models.domain.observaciones.reglas import Situacion, puede_verla
from models.domain.observaciones.seguir import (
    answer_observacion,
    close_observacion,
    find_observacion,
    reopen_observacion,
)
from models.domain.permissions import Permiso
from models.domain.personal import find_ficha
from models.folios import a_folio, de_folio, nuevo_id
from models.mensajes import Entrada, Mensaje, Observacion
from models.reloj import hoy
from models.usuarios import Asignacion, Usuario
from tests.elenco import CLAVE, Casa, Persona
from tests.escenario import observar

GENTE = ("gabriela", "laura", "ernesto", "nadia", "julieta", "beto", "ramiro", "sofia", "ines")


def hacer(casa: Casa, quien: Persona, registro: int | None = None, **mas: Any) -> int:
    return de_folio(observar(casa, quien, a_folio(registro) if registro else None, **mas))


def situacion(observacion: int) -> str:
    return str(Observacion.get(Observacion.id == observacion).situacion)


def reciben(casa: Casa) -> set[str]:
    """A quiénes les llegó algo sin leer."""
    ids = {e.usuario_id for e in Entrada.select().where(Entrada.sin_leer)}
    return {nombre for nombre in GENTE if getattr(casa, nombre).id in ids}


def la_ven(casa: Casa, observacion: int) -> set[str]:
    ven = set()
    for nombre in GENTE:
        try:
            find_observacion(getattr(casa, nombre).actor, observacion)
            ven.add(nombre)
        except NoExiste:
            pass
    return ven


# --- hacerla ---

def test_sobre_un_registro_llega_a_quien_lo_lleva_lo_administra_y_a_la_unidad(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    observacion = hacer(casa, casa.laura, registro, campo="convenio")
    assert reciben(casa) == {"julieta", "ernesto"}
    assert la_ven(casa, observacion) == {"laura", "ernesto", "julieta"}
    guardada = Observacion.get()
    assert (guardada.origen, guardada.campo, guardada.vence) == ("unidad", "convenio", add_habiles(hoy(), 5))


def test_sobre_un_formato_llega_a_todos_los_que_lo_llevan(casa: Casa) -> None:
    observacion = hacer(casa, casa.laura)
    assert reciben(casa) == {"ernesto", "julieta", "beto"}
    assert la_ven(casa, observacion) == {"laura", "ernesto", "julieta", "beto"}


def test_la_del_garante_es_sobre_lo_publico_y_la_ve_el_garante(casa: Casa) -> None:
    oculto, publico = casa.capturar(casa.julieta), casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", publico)
    with pytest.raises(NoExiste):
        hacer(casa, casa.gabriela, oculto)
    Entrada.delete().execute()
    observacion = hacer(casa, casa.gabriela, publico)
    assert reciben(casa) == {"laura", "ernesto", "julieta"}
    assert la_ven(casa, observacion) == {"gabriela", "laura", "ernesto", "julieta"}
    casa.hacer(casa.laura, "retirar", publico, motivo="Por resolución.")
    with pytest.raises(NoExiste):
        hacer(casa, casa.gabriela, publico)


def test_el_garante_lee_el_titulo_de_lo_publico_y_no_de_lo_que_se_trabaja(casa: Casa) -> None:
    formato = casa.tabla().formato
    campo = next(formato.por_nombre[n] for n in formato.titulo if str(formato.por_nombre[n].tipo).startswith("texto"))
    registro = casa.capturar(casa.julieta, **{campo.nombre: "Lo publicado"})
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, **{campo.nombre: "El secreto"})
    hacer(casa, casa.gabriela, registro)
    assert "Lo publicado" in Observacion.get().titulo and "secreto" not in Observacion.get().titulo


def test_el_garante_sin_permiso_de_verificacion_no_observa_ni_ve(casa: Casa) -> None:
    observacion = hacer(casa, casa.gabriela)
    Usuario.update(permisos=str(Permiso.SOPORTE)).where(Usuario.id == casa.gabriela.id).execute()
    sin_permiso = Persona(Usuario.get(Usuario.id == casa.gabriela.id))
    with pytest.raises((NoPermitido, NoExiste)):
        hacer(casa, sin_permiso)
    with pytest.raises(NoExiste):
        find_observacion(sin_permiso.actor, observacion)


@pytest.mark.parametrize("quien, sobre", [
    ("julieta", "propio"), ("beto", "propio"), ("nadia", "propio"), ("ramiro", "propio"), ("sofia", "propio"),
    ("julieta", "formato"), ("nadia", "formato")])
def test_nadie_mas_las_hace(quien: str, sobre: str, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta) if sobre == "propio" else None
    with pytest.raises((NoExiste, NoPermitido)):
        hacer(casa, getattr(casa, quien), registro)
    assert not Observacion.select().exists() and not Entrada.select().exists()


@pytest.mark.parametrize("mas, dice", [
    ({"dias": 0}, "días hábiles"), ({"dias": 61}, "días hábiles"), ({"campo": "nada"}, "ya no está")])
def test_una_observacion_mal_hecha_dice_que_falta(mas: dict[str, Any], dice: str, casa: Casa) -> None:
    with pytest.raises(ActoImposible, match=dice):
        hacer(casa, casa.laura, **mas)
    assert not Observacion.select().exists()


# --- seguirla ---

def test_se_contesta_queda_atendida_se_cierra_y_se_reabre_con_motivo(casa: Casa) -> None:
    observacion = hacer(casa, casa.laura, casa.capturar(casa.julieta))

    def de(persona: Persona) -> Observacion:
        return find_observacion(persona.actor, observacion)

    answer_observacion(casa.laura.actor, de(casa.laura), "Es la página 3.", nuevo_id())
    assert situacion(observacion) == "abierta", "quien la hizo comenta, no la atiende"
    answer_observacion(casa.julieta.actor, de(casa.julieta), "Ya lo corregí.", nuevo_id())
    assert situacion(observacion) == "atendida" and de(casa.laura).atendida_por == casa.julieta.id
    close_observacion(casa.laura.actor, de(casa.laura))
    assert situacion(observacion) == "cerrada"
    with pytest.raises(ActoImposible, match="cerrada"):
        answer_observacion(casa.julieta.actor, de(casa.julieta), "Otra cosa.", nuevo_id())
    with pytest.raises(ActoImposible, match="por qué"):
        reopen_observacion(casa.laura.actor, de(casa.laura), " ", 5)
    reopen_observacion(casa.laura.actor, de(casa.laura), "Volvió a estar mal.", 3)
    assert situacion(observacion) == "abierta" and de(casa.laura).vence == add_habiles(hoy(), 3)
    textos = [m.texto for m in Mensaje.select().order_by(Mensaje.creado_en, Mensaje.id)]
    assert textos[-1] == "Se reabrió la observación: Volvió a estar mal." and len(textos) == 5
    assert read_bandeja(casa.julieta.actor, Carpeta.SIN_LEER).entradas[0].tipo == "observacion"


@pytest.mark.parametrize("hace, cierran", [
    ("laura", {"laura"}), ("ernesto", {"ernesto", "laura"}), ("gabriela", {"gabriela"})])
def test_solo_la_cierra_quien_la_hizo(hace: str, cierran: set[str], casa: Casa) -> None:
    publico = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", publico)
    pudieron = set()
    for nombre in GENTE:
        observacion = hacer(casa, getattr(casa, hace), publico)
        try:
            close_observacion(getattr(casa, nombre).actor, Observacion.get(Observacion.id == observacion))
            pudieron.add(nombre)
        except ReglaRota:
            assert situacion(observacion) == "abierta"
    assert pudieron == cierran


def test_dos_que_deciden_a_la_vez_son_una_decision(casa: Casa) -> None:
    observacion = hacer(casa, casa.laura)
    vista = find_observacion(casa.laura.actor, observacion)
    close_observacion(casa.laura.actor, vista)
    with pytest.raises(ActoImposible, match="ya cambió"):
        close_observacion(casa.laura.actor, vista)
    assert Mensaje.select().count() == 2


def test_hacerla_o_contestarla_dos_veces_es_una(casa: Casa) -> None:
    observacion, envio = hacer(casa, casa.laura), nuevo_id()
    for _ in range(2):
        answer_observacion(casa.julieta.actor, find_observacion(casa.julieta.actor, observacion), "Listo.", envio)
    assert Mensaje.select().count() == 2


def test_quien_llega_al_formato_ve_lo_abierto_y_puede_atenderlo(casa: Casa) -> None:
    observacion = hacer(casa, casa.laura)
    assign(casa.nadia.usuario, "formato", [CLAVE])
    answer_observacion(casa.nadia.actor, find_observacion(casa.nadia.actor, observacion), "Yo lo veo.", nuevo_id())
    assert situacion(observacion) == "atendida"


# --- verlas ---

def test_la_lista_y_la_pregunta_dicen_lo_mismo(casa: Casa) -> None:
    Asignacion.delete().where(Asignacion.usuario_id == casa.ernesto.id).execute()
    assign(casa.ernesto.usuario, "formato", [CLAVE], [casa.metepec.obras])
    registros = [casa.capturar(quien, area_responsable=area) for quien in (casa.julieta, casa.beto)
                 for area in (casa.metepec.obras, casa.metepec.tesoreria)]
    for registro in (*registros, None):
        hacer(casa, casa.laura, registro)
    hacer(casa, casa.ramiro, casa.capturar(casa.ines))
    hacer(casa, casa.gabriela)
    todas, cuantas = list(Observacion.select()), {}
    for nombre in GENTE:
        actor = getattr(casa, nombre).actor
        en_lista = {o.id for o in list_observaciones(actor, Filtro(situacion=None), hoy()).observaciones}
        assert en_lista == {o.id for o in todas if puede_verla(actor, o)}, nombre
        cuantas[nombre] = len(en_lista)
    assert cuantas == {"gabriela": 1, "laura": 6, "ernesto": 4, "nadia": 0, "julieta": 4, "beto": 4, "ramiro": 1, "sofia": 1,
                       "ines": 1}


def test_el_tablero_cuenta_las_abiertas_las_vencidas_y_las_de_hoy(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    ids = [hacer(casa, casa.laura, registro) for _ in range(4)]
    for cual, dias in ((ids[0], -1), (ids[1], 0)):
        Observacion.update(vence=hoy() + dt.timedelta(days=dias)).where(Observacion.id == cual).execute()
    answer_observacion(casa.julieta.actor, find_observacion(casa.julieta.actor, ids[3]), "Listo.", nuevo_id())
    cuenta = count_observaciones(casa.julieta.actor, hoy())
    assert (cuenta.abiertas, cuenta.vencidas, cuenta.vencen_hoy, cuenta.atendidas) == (3, 1, 1, 1)
    assert count_observaciones(casa.beto.actor, hoy()) == count_observaciones(casa.ines.actor, hoy())
    vencidas = list_observaciones(casa.laura.actor, Filtro(vencidas=True), hoy()).observaciones
    assert [o.id for o in vencidas] == [ids[0]]
    assert [o.id for o in observaciones_de(casa.laura.actor, CLAVE, registro)] == ids[:3] + [ids[3]]


def test_se_pasa_de_pagina_por_llave(casa: Casa) -> None:
    ids = [hacer(casa, casa.laura, dias=1 + i % 3) for i in range(POR_PAGINA + 5)]
    primera = list_observaciones(casa.laura.actor, Filtro(situacion=Situacion.ABIERTA), hoy())
    segunda = list_observaciones(casa.laura.actor, Filtro(situacion=Situacion.ABIERTA, desde=primera.siguiente), hoy())
    vistas = [o.id for o in primera.observaciones + segunda.observaciones]
    assert sorted(vistas) == sorted(ids) and segunda.siguiente is None
    fechas = [o.vence for o in primera.observaciones + segunda.observaciones]
    assert fechas == sorted(fechas)


def test_el_relevo_pasa_las_abiertas_a_quien_recibe(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    de_registro, cerrada = hacer(casa, casa.laura, registro), hacer(casa, casa.laura, registro)
    close_observacion(casa.laura.actor, find_observacion(casa.laura.actor, cerrada))
    de, a = (find_ficha(casa.laura.actor, persona.id, vigente.foto.catalogo) for persona in (casa.julieta, casa.beto))
    relieve(casa.laura.actor, de, a, dict(vigente.foto.tablas))
    assert "beto" in la_ven(casa, de_registro)
    answer_observacion(casa.beto.actor, find_observacion(casa.beto.actor, de_registro), "Sigo yo.", nuevo_id())
    guardada = Observacion.get(Observacion.id == de_registro)
    assert (guardada.situacion, guardada.hecha_por, guardada.a_cargo_de) == ("atendida", casa.laura.id, casa.beto.id)
