"""Dos personas a la vez, de verdad: con hilos, con conexiones propias, y en los dos motores."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.domain.errores import Conflicto
from models.domain.masters import save_maestro
from models.domain.validation import de_canonico
from models.domain.workflow import Resultado, aplicar, guardar
from models.folios import de_folio
from models.trabajos.cola import enqueue, take
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa

RONDAS = 50


def a_la_vez(*tareas: Callable[[], Any]) -> list[Any]:
    """Hace las tareas al mismo tiempo, cada una en su hilo y con su conexión. Da lo que dio, o lanzó, cada una."""
    salida = threading.Barrier(len(tareas))

    def correr(tarea: Callable[[], Any]) -> Any:
        with db.connection_context():
            salida.wait()
            try:
                return tarea()
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(tareas)) as hilos:
        return list(hilos.map(correr, tareas))


def test_de_dos_que_guardan_a_la_vez_uno_gana_y_el_otro_se_entera(base: Base, casa: Casa) -> None:
    registro, tabla = casa.capturar(casa.julieta), casa.tabla()
    personas = (casa.julieta.actor, casa.ernesto.actor)
    crudo = casa.crudo(casa.julieta)
    for ronda in range(1, RONDAS + 1):
        resultados = a_la_vez(*(
            partial(guardar, persona, tabla, crudo | {"objetivo": f"Ronda {ronda}, de {persona.nombre}"},
                    registro=registro, version=ronda) for persona in personas))
        assert Counter(type(r).__name__ for r in resultados) == {"Guardado": 1, "Conflicto": 1}
        [ganador] = [p.nombre for p, r in zip(personas, resultados, strict=True) if not isinstance(r, Conflicto)]
        fila = casa.fila(registro)
        assert (fila.version, de_canonico(fila.contenido)[0]["objetivo"]) == (ronda + 1, f"Ronda {ronda}, de {ganador}")
    integro(base)


def test_el_mismo_envio_diez_veces_a_la_vez_es_un_registro(base: Base, casa: Casa) -> None:
    julieta, tabla, crudo = casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta)
    resultados = a_la_vez(*[lambda: guardar(julieta, tabla, crudo, envio="boton")] * 10)
    assert len({guardado.id for guardado in resultados}) == 1
    assert [guardado.nuevo for guardado in resultados].count(True) == 1
    assert tabla.trabajo.select().count() == 1
    integro(base)


def test_publicar_y_editar_a_la_vez_nunca_publica_lo_que_nadie_aprobo(base: Base, casa: Casa) -> None:
    laura, julieta, tabla, crudo = casa.laura.actor, casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta)
    for ronda in range(15):
        registro = casa.capturar(casa.julieta, objetivo=f"Lo aprobado {ronda}")
        a_la_vez(
            partial(aplicar, laura, "publicar", tabla, [(registro, 1)]),
            partial(guardar, julieta, tabla, crudo | {"objetivo": "Lo de después"}, registro=registro, version=1))
        copia = casa.publica(registro)
        assert copia is None or de_canonico(copia.contenido)[0]["objetivo"] == f"Lo aprobado {ronda}"
    integro(base)


def test_dos_unidades_que_publican_los_mismos_registros_los_publican_una_vez(base: Base, casa: Casa) -> None:
    laura, tabla = casa.laura.actor, casa.tabla()
    registros = [(casa.capturar(casa.julieta, periodo=f"T{1 + i % 4}"), 1) for i in range(20)]
    resultados: list[Resultado] = a_la_vez(*(
        partial(aplicar, laura, "publicar", tabla, orden) for orden in (registros, registros[::-1])))
    assert sorted(len(r.hechos) for r in resultados) == [0, 20]
    integro(base)


def test_dos_instituciones_no_se_esperan_ni_se_mezclan(base: Base, casa: Casa) -> None:
    laura, ramiro, tabla = casa.laura.actor, casa.ramiro.actor, casa.tabla()
    de_metepec, de_toluca = casa.crudo(casa.julieta), casa.crudo(casa.ines)
    resultados = a_la_vez(
        *[lambda: guardar(laura, tabla, de_metepec)] * 10, *[lambda: guardar(ramiro, tabla, de_toluca)] * 10)
    assert Counter(tabla.trabajo.get(tabla.trabajo.id == g.id).sujeto_id for g in resultados) == {
        casa.metepec.id: 10, casa.toluca.id: 10}
    integro(base)


@pytest.mark.parametrize("acto", ["publicar", "revisar"])
def test_si_el_area_cambia_de_nombre_se_aprueba_con_el_nuevo(acto: str, base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    save_maestro(casa.metepec.id, "area", {"nombre": "Dirección de Infraestructura"}, de_folio(casa.metepec.obras))
    casa.hacer(casa.laura, acto, registro)
    assert de_canonico(casa.fila(registro).contenido)[0]["area_responsable"]["texto"] == "Dirección de Infraestructura"
    integro(base)


def test_aunque_el_area_cambie_mientras_se_guarda_se_publica_con_el_nombre_nuevo(base: Base, casa: Casa) -> None:
    """Julieta lee el nombre viejo y espera turno; Laura confirma el nuevo; Julieta guarda después, con el viejo."""
    julieta, tabla, crudo = casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta)
    cambiada, guardada = threading.Event(), threading.Event()

    def renombrar() -> None:
        with db.atomic():
            save_maestro(casa.metepec.id, "area", {"nombre": "Infraestructura"}, de_folio(casa.metepec.obras))
            cambiada.set()
            guardada.wait(0.3)

    def capturar() -> int:
        cambiada.wait()
        registro = guardar(julieta, tabla, crudo).id
        guardada.set()
        return registro

    _, registro = a_la_vez(renombrar, capturar)
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    assert de_canonico(casa.publica(registro).contenido)[0]["area_responsable"]["texto"] == "Infraestructura"


def test_dos_trabajadores_nunca_toman_el_mismo_trabajo(base: Base, casa: Casa) -> None:
    for _ in range(10):
        enqueue(casa.metepec.id, "lote", {}, casa.laura.id, 1)
        tomados = a_la_vez(lambda: take("uno"), lambda: take("dos"))
        assert [t is None for t in tomados].count(True) == 1, tomados


def test_cien_capturas_a_la_vez_ninguna_se_pierde(base: Base, casa: Casa) -> None:
    julieta, tabla, crudo = casa.julieta.actor, casa.tabla(), casa.crudo(casa.julieta)
    lotes = a_la_vez(*[lambda: [guardar(julieta, tabla, crudo).id for _ in range(10)]] * 10)
    assert len({registro for lote in lotes for registro in lote}) == tabla.trabajo.select().count() == 100
    assert vigente.foto.tablas[tabla.clave] is tabla
    integro(base)
