"""Los avisos del sistema sin HTTP: a quién llegan, uno por persona y formato, una sola vez, y lo que cuestan."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fracciones_config import Catalogo
from models.base import db
from models.domain.altas import relieve
from models.domain.catalogo_vigente import aplicar_catalogo, archivos_de, vigente
from models.domain.cuentas import assign
from models.domain.cumplimiento import Situacion, missing_of, read_cumplimiento
from models.domain.errores import NoPermitido
from models.domain.mensajes.avisos import Aviso, accrue, post_once
from models.domain.mensajes.bandeja import Carpeta, count_sin_leer, read_bandeja
from models.domain.mensajes.hilos import find_entrada, mark_read
from models.domain.mensajes.plazos import notify_plazos, notify_plazos_de_todos
from models.domain.mensajes.recordatorios import recordados_de, remind
from models.domain.personal import find_ficha
from models.mensajes import Entrada, PlazoAvisado, TareaDiaria
from models.sujetos import SujetoObligado
from models.usuarios import Asignacion
from tests.bases import Base
from tests.elenco import Casa, Persona
from tests.escenario import escribir

HOY = dt.date(2026, 11, 22)


def avisos(persona: Persona) -> list[tuple[str, int]]:
    """(asunto, de cuántos habla) de lo que tiene en sus avisos, lo más nuevo primero."""
    return [(e.asunto, e.n) for e in read_bandeja(persona.actor, Carpeta.AVISOS).entradas]


# --- los actos ---

def test_lo_devuelto_avisa_a_quien_lo_lleva_y_a_quien_administra_una_vez_con_la_cuenta(casa: Casa) -> None:
    registros = [casa.capturar(casa.julieta) for _ in range(3)] + [casa.capturar(casa.beto)]
    casa.hacer(casa.laura, "devolver", *registros, motivo="Falta la firma.")
    assert avisos(casa.julieta) == [("Devuelto: Convenios", 3)] and avisos(casa.beto) == [("Devuelto: Convenios", 1)]
    assert avisos(casa.ernesto) == [("Devuelto: Convenios", 4)]
    assert avisos(casa.laura) == avisos(casa.nadia) == avisos(casa.ines) == avisos(casa.sofia) == []
    [aviso] = read_bandeja(casa.beto.actor, Carpeta.AVISOS).entradas
    assert "Falta la firma." in aviso.texto and aviso.registro_id == registros[3] and aviso.de == "Laura Nava"


def test_mientras_no_se_lea_se_suma_y_despues_llega_otro(casa: Casa) -> None:
    for _ in range(2):
        casa.hacer(casa.laura, "devolver", casa.capturar(casa.julieta), motivo="Falta la firma.")
    casa.hacer(casa.laura, "devolver", casa.capturar(casa.julieta), motivo="El monto no coincide.")
    assert avisos(casa.julieta) == [("Devuelto: Convenios", 1), ("Devuelto: Convenios", 2)], "otro motivo es otro aviso"
    for entrada in read_bandeja(casa.julieta.actor, Carpeta.AVISOS).entradas:
        mark_read(entrada)
    casa.hacer(casa.laura, "devolver", casa.capturar(casa.julieta), motivo="Falta la firma.")
    assert count_sin_leer(casa.julieta.actor) == 1 and len(avisos(casa.julieta)) == 3


def test_quien_lo_hace_no_se_avisa_a_si_mismo(casa: Casa) -> None:
    casa.hacer(casa.ernesto, "devolver", casa.capturar(casa.ernesto), motivo="Me equivoqué.")
    casa.hacer(casa.laura, "publicar", casa.capturar(casa.laura))
    assert avisos(casa.ernesto) == avisos(casa.laura) == []


def test_publicar_retirar_y_las_bajas(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    assert avisos(casa.julieta) == [("Publicado: Convenios", 1)] and avisos(casa.ernesto) == []
    casa.hacer(casa.julieta, "solicitar_baja", registro, motivo="Está repetido.")
    assert avisos(casa.laura) == [("Piden una baja: Convenios", 1)] and avisos(casa.ramiro) == []
    casa.hacer(casa.laura, "rechazar_baja", registro, motivo="No está repetido.")
    casa.hacer(casa.laura, "retirar", registro, motivo="Por resolución.")
    assert [asunto for asunto, _ in avisos(casa.julieta)] == [
        "Retirado del portal: Convenios", "No se aceptó la baja: Convenios", "Publicado: Convenios"]


def test_un_administrador_limitado_a_un_area_solo_sabe_de_la_suya(casa: Casa) -> None:
    Asignacion.delete().where(Asignacion.usuario_id == casa.ernesto.id).execute()
    assign(casa.ernesto.usuario, "formato", ["convenios"], [casa.metepec.obras])
    registros = [casa.capturar(casa.julieta, area_responsable=area)
                 for area in (casa.metepec.obras, casa.metepec.tesoreria, casa.metepec.tesoreria)]
    casa.hacer(casa.laura, "devolver", *registros, motivo="Falta la firma.")
    assert avisos(casa.ernesto) == [("Devuelto: Convenios", 1)] and avisos(casa.julieta) == [("Devuelto: Convenios", 3)]


def test_si_el_acto_no_se_hace_no_se_avisa(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "borrar", registro)
    casa.hacer(casa.laura, "devolver", registro, motivo="Falta la firma.")
    with pytest.raises(RuntimeError), db.atomic():
        casa.hacer(casa.laura, "devolver", casa.capturar(casa.julieta), motivo="Falta la firma.")
        raise RuntimeError
    assert avisos(casa.julieta) == avisos(casa.ernesto) == [], "el aviso va en la misma transacción que el acto"


def test_avisar_cuesta_lo_mismo_de_uno_que_de_cien(casa: Casa, al_buzon: Callable[[], list[str]]) -> None:
    cuestan = []
    for cuantos in (1, 100):
        registros = [casa.capturar(casa.julieta if i % 2 else casa.beto) for i in range(cuantos)]
        antes = len(al_buzon())
        casa.hacer(casa.laura, "devolver", *registros, motivo=f"De {cuantos}.")
        cuestan.append(len(al_buzon()) - antes)
    assert cuestan == [1, 1]


@pytest.fixture
def al_buzon(base: Base, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Las consultas que ha recibido el buzón."""
    hechas: list[str] = []
    ejecutar = db.obj.execute_sql

    def espiar(sql: str, *args: Any, **kwargs: Any) -> Any:
        if '"buzon"' in sql:
            hechas.append(sql)
        return ejecutar(sql, *args, **kwargs)

    monkeypatch.setattr(db.obj, "execute_sql", espiar)
    return lambda: hechas


def test_con_la_misma_llave_se_suma_o_no_entra(casa: Casa) -> None:
    aviso = Aviso(casa.metepec.id, casa.julieta.id, "prueba", "Uno", "", llave="x", n=2)
    accrue([aviso])
    accrue([replace(aviso, n=3)])
    post_once([replace(aviso, asunto="Otro")])
    accrue([replace(aviso, llave=None), replace(aviso, llave=None)])
    assert sorted(avisos(casa.julieta)) == [("Uno", 2), ("Uno", 2), ("Uno", 5)]


# --- los plazos ---

def faltan(casa: Casa, hoy: dt.date = HOY) -> list[Any]:
    formatos = [f for f in vigente.foto.catalogo.activos if f.clave in casa.laura.actor.claves]
    return missing_of(read_cumplimiento(casa.metepec.id, formatos, hoy))


def test_lo_vencido_se_avisa_una_vez_por_persona_y_solo_lo_de_sus_formatos(casa: Casa) -> None:
    notify_plazos(casa.metepec.id, vigente.foto.catalogo, HOY)
    con_limite = [uno for uno in faltan(casa) if uno.limite]
    vencidas = [uno for uno in con_limite if uno.situacion is Situacion.VENCIDO]
    assert f"Ya venció el plazo de {len(vencidas)} entregas" in dict(avisos(casa.laura))
    de_julieta = [uno for uno in con_limite if uno.formato.clave in casa.julieta.actor.claves]
    assert PlazoAvisado.select().where(PlazoAvisado.usuario_id == casa.julieta.id).count() == len(de_julieta) < len(con_limite)
    assert not avisos(casa.ines), "cada institución lo suyo"
    antes = Entrada.select().count()
    for dia in (HOY, HOY + dt.timedelta(days=1)):
        notify_plazos(casa.metepec.id, vigente.foto.catalogo, dia)
    assert Entrada.select().count() == antes, "lo ya avisado no se repite, ni otro día"


def test_lo_que_estaba_por_vencer_y_vence_se_vuelve_a_avisar(casa: Casa) -> None:
    convenios = next(uno for uno in read_cumplimiento(casa.metepec.id, [casa.tabla().formato], HOY)
                     if uno.periodo and (uno.periodo.ejercicio, uno.periodo.clave) == (2026, "T3"))
    assert convenios.limite is not None
    notify_plazos(casa.metepec.id, vigente.foto.catalogo, convenios.limite - dt.timedelta(days=5))
    [primero] = [e for e in read_bandeja(casa.beto.actor, Carpeta.AVISOS).entradas if e.acto == "por_vencer"]
    assert "Convenios, 3.er trimestre de 2026" in primero.texto
    notify_plazos(casa.metepec.id, vigente.foto.catalogo, convenios.limite + dt.timedelta(days=1))
    ultimo = read_bandeja(casa.beto.actor, Carpeta.AVISOS).entradas[0]
    assert ultimo.acto == "vencido" and "Convenios, 3.er trimestre de 2026" in ultimo.texto


def test_cada_dia_se_hace_una_vez_en_cada_institucion(casa: Casa) -> None:
    catalogo = vigente.foto.catalogo
    assert notify_plazos_de_todos(catalogo, HOY) == 2
    assert notify_plazos_de_todos(catalogo, HOY) == 0
    TareaDiaria.delete().where(TareaDiaria.sujeto_id == casa.toluca.id).execute()
    antes = Entrada.select().count()
    assert notify_plazos_de_todos(catalogo, HOY) == 1, "sigue donde lo mataron"
    assert Entrada.select().count() == antes


def test_a_una_institucion_extinta_ya_no_se_le_avisa(casa: Casa) -> None:
    SujetoObligado.update(activo=False).where(SujetoObligado.id == casa.toluca.id).execute()
    assert notify_plazos_de_todos(vigente.foto.catalogo, HOY) == 1 and not avisos(casa.ramiro)


# --- recordar ---

def test_recordar_una_entrega_llega_a_quien_la_lleva_y_hoy_no_se_repite(casa: Casa) -> None:
    una = next(uno for uno in faltan(casa) if uno.formato.clave == "convenios")
    hecho = remind(casa.laura.actor, [una], vigente.foto.catalogo, HOY)
    assert (hecho.entregas, hecho.personas, hecho.ya_recordadas) == (1, 3, 0)
    [(asunto, _)] = avisos(casa.julieta)
    assert asunto.startswith("Recordatorio: Convenios, ") and avisos(casa.nadia) == avisos(casa.laura) == []
    otra_vez = remind(casa.laura.actor, [una], vigente.foto.catalogo, HOY)
    assert (otra_vez.entregas, otra_vez.ya_recordadas) == (0, 1) and len(avisos(casa.julieta)) == 1
    remind(casa.laura.actor, [una], vigente.foto.catalogo, HOY + dt.timedelta(days=1))
    assert len(avisos(casa.julieta)) == 2 and set(recordados_de(casa.laura.actor).values()) == {"2026-11-23"}
    assert recordados_de(casa.ramiro.actor) == {}


def test_recordar_todo_manda_uno_a_cada_quien(casa: Casa) -> None:
    todo = faltan(casa)
    remind(casa.laura.actor, todo, vigente.foto.catalogo, HOY)
    assert len(avisos(casa.julieta)) == len(avisos(casa.nadia)) == 1


def test_lo_que_nadie_lleva_se_dice_y_no_queda_como_recordado(casa: Casa) -> None:
    Asignacion.delete().where(Asignacion.sujeto_id == casa.metepec.id).execute()
    hecho = remind(casa.laura.actor, faltan(casa)[:3], vigente.foto.catalogo, HOY)
    assert (hecho.entregas, hecho.sin_nadie) == (0, 3) and recordados_de(casa.laura.actor) == {}


@pytest.mark.parametrize("quien", ["ernesto", "julieta", "gabriela"])
def test_solo_la_unidad_recuerda(quien: str, casa: Casa) -> None:
    with pytest.raises(NoPermitido):
        remind(getattr(casa, quien).actor, faltan(casa)[:1], vigente.foto.catalogo, HOY)
    assert not Entrada.select().exists()


# --- el catálogo y el relevo ---

def test_un_cambio_de_catalogo_avisa_a_las_unidades_a_quienes_les_cambia(base_propia: Base, casa: Casa) -> None:
    archivos = dict(archivos_de(vigente.foto.numero))
    [ruta] = [ruta for ruta in archivos if ruta.endswith("/convenios.yaml")]
    archivos[ruta] = archivos[ruta].replace(b"nombre: Convenios", b"nombre: Todos los convenios", 1)
    aplicar_catalogo(archivos, "prueba")
    for unidad in (casa.laura, casa.ramiro):
        [entrada] = read_bandeja(unidad.actor, Carpeta.AVISOS).entradas
        assert entrada.asunto == "Cambió lo que se pide en 1 formato" and "onvenios: Cambian textos" in entrada.texto
    assert avisos(casa.julieta) == avisos(casa.gabriela) == []


def test_el_relevo_entrega_las_conversaciones_y_lo_dice(casa: Casa) -> None:
    escribir(casa.laura, casa.julieta)
    casa.capturar(casa.julieta)
    catalogo: Catalogo = vigente.foto.catalogo
    de, a = (find_ficha(casa.laura.actor, persona.id, catalogo) for persona in (casa.julieta, casa.beto))
    relieve(casa.laura.actor, de, a, dict(vigente.foto.tablas))
    recibidos = read_bandeja(casa.beto.actor, Carpeta.RECIBIDOS).entradas
    assert [e.asunto for e in recibidos] == ["Recibió lo que llevaba Julieta Mondragón", "Cierre del trimestre"]
    assert "1 registro y 1 conversación" in recibidos[0].texto
    assert find_entrada(casa.beto.actor, recibidos[1].hilo_id).usuario_id == casa.beto.id
    assert recibidos[1].de == "Laura Nava", "quien escribió sigue siendo quien era"
