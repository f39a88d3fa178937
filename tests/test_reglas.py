"""Las reglas se dicen dos veces, de una fila y de toda la tabla: las dos deben decir lo mismo, sea como sea el registro."""

import random
from dataclasses import replace
from typing import Any

import pytest

from models.ausencias import PubSinInformacion
from models.base import db
from models.domain.declaradas import Declaradas
from models.domain.estados import TRANSICIONES, Estado
from models.domain.permissions import Actor
from models.domain.workflow.conjuntos import ids_of
from models.domain.workflow.reglas import DE_LA_FILA, Juez
from models.folios import de_folio
from models.sujetos import SujetoObligado
from tests.bases import Base
from tests.elenco import Casa

ACTOS = sorted(TRANSICIONES.keys() - {"editar"})
_BLOQUEA = '{"freno":"bloquear","hallazgos":[]}'
_AVISA = '{"freno":"avisar","hallazgos":[]}'


def _quienes(casa: Casa) -> list[Actor]:
    """Todos los papeles, con y sin límite de áreas, de las dos instituciones, y alguien que ya solo lee."""
    obras, tesoreria = (de_folio(folio) for folio in (casa.metepec.obras, casa.metepec.tesoreria))
    con_areas = [replace(persona.actor, areas={casa.tabla().clave: areas}) for persona in (casa.ernesto, casa.julieta)
                 for areas in (frozenset({obras}), frozenset({obras, tesoreria}), frozenset())]
    personas = (casa.laura, casa.ernesto, casa.nadia, casa.julieta, casa.beto, casa.ramiro, casa.ines, casa.gabriela)
    return [*(persona.actor for persona in personas), *con_areas, replace(casa.laura.actor, solo_lectura=True)]


def _revolver(casa: Casa, azar: random.Random, cuantos: int = 160) -> list[int]:
    """Deja en la tabla registros de toda clase: se escriben las columnas al azar, estén como estén en la vida."""
    modelo, elegir = casa.tabla().trabajo, azar.choice
    primero = casa.capturar(casa.julieta)
    fila = modelo.select().where(modelo.id == primero).dicts().get()
    personas = [casa.julieta.id, casa.beto.id, casa.laura.id, casa.ernesto.id]
    areas = [de_folio(casa.metepec.obras), de_folio(casa.metepec.tesoreria), None]
    filas = []
    for i in range(cuantos):
        publico = elegir((0, 0, 1, 3))
        creado = elegir((1000, 2000))
        filas.append(fila | {
            "id": primero + 1 + i, "sujeto_id": elegir((casa.metepec.id, casa.metepec.id, casa.toluca.id)),
            "estado": str(elegir(list(Estado))), "version": elegir((1, 2)), "faltan": elegir((0, 0, 0, 1, 3)),
            "publica": elegir((None, publico or None)), "numero_publico": publico, "ejercicio": elegir((2025, 2026)),
            "periodo": elegir(("T1", "T2", "")), "a_cargo_de": elegir(personas), "cambiado_por": elegir(personas),
            "creado_en": creado, "contenido_en": elegir((creado, 3000)), "area_responsable": elegir(areas),
            "baja_motivo": elegir((None, "Ya no va.")), "personales": elegir((None, None, _BLOQUEA, _AVISA)),
            "personales_motivo": elegir((None, "", "Es de interés público.")),
            "envio": elegir((None, f"copia:{i}:2025T1", f"COPIA:{i}", f"otro{i}"))})
    for i in range(0, len(filas), 500):
        modelo.insert_many(filas[i:i + 500]).execute()
    return [fila["id"] for fila in filas]


@pytest.mark.parametrize("acto", ACTOS)
def test_los_dos_jueces_dicen_lo_mismo_de_cualquier_registro(acto: str, base: Base, casa: Casa) -> None:
    azar = random.Random(acto)
    ids, modelo = _revolver(casa, azar), casa.tabla().trabajo
    PubSinInformacion.insert(**_sin_informacion(casa)).execute()
    vistos: set[str | None] = set()
    for actor in _quienes(casa):
        for cuatro_ojos in (False, True):
            SujetoObligado.update(cuatro_ojos=cuatro_ojos).where(SujetoObligado.id == casa.metepec.id).execute()
            juez = Juez(actor, TRANSICIONES[acto], casa.tabla())
            for declaradas in (juez.caso.declaradas, juez.caso.declaradas and Declaradas(True, frozenset())):
                juez.caso = replace(juez.caso, declaradas=declaradas)
                vistos |= _concuerdan(juez, modelo, actor, ids)
    assert None in vistos and len(vistos) > 2, "el azar no probó nada"


def _concuerdan(juez: Juez, modelo: Any, actor: Actor, ids: list[int]) -> set[str | None]:
    """Falla si en SQL pasa una fila que de una en una no pasa, o al revés. Da las razones que salieron."""
    pasan = {i for (i,) in db.execute_sql(*modelo.select(modelo.id).where(*juez.pasan()).sql()).fetchall()} & set(ids)
    razones = {fila.id: juez.razon(fila, None) for fila in modelo.select().where(ids_of(modelo, actor.sujeto_id or 0, ids))}
    assert pasan == {i for i, razon in razones.items() if razon is None}, (actor, juez.caso)
    return set(razones.values())


def _sin_informacion(casa: Casa) -> dict[str, Any]:
    datos = {campo.name: 0 for campo in PubSinInformacion._meta.sorted_fields}
    datos |= {campo.name: "" for campo in PubSinInformacion._meta.sorted_fields if campo.field_type == "TEXT"}
    return datos | {"sujeto_id": casa.metepec.id, "clave": casa.tabla().clave, "ejercicio": 2025, "periodo": "T2"}


def test_cada_regla_hace_falta_y_se_nota_si_calla(base: Base, casa: Casa) -> None:
    """Quitar cualquiera de las dos mitades de una regla cambia lo que se dice de algún registro."""
    ids, modelo = _revolver(casa, random.Random(4), 1500), casa.tabla().trabajo
    PubSinInformacion.insert(**_sin_informacion(casa)).execute()
    SujetoObligado.update(cuatro_ojos=True).where(SujetoObligado.id == casa.metepec.id).execute()
    for regla in DE_LA_FILA:
        callada = False
        for acto in ACTOS:
            juez = Juez(casa.laura.actor, TRANSICIONES[acto], casa.tabla())
            if regla in juez.reglas:
                entera = _cuantas(juez, modelo, ids)
                juez.reglas = tuple(otra for otra in juez.reglas if otra is not regla)
                callada |= _cuantas(juez, modelo, ids) != entera
        assert callada, regla


def _cuantas(juez: Juez, modelo: Any, ids: list[int]) -> tuple[int, int]:
    en_sql = modelo.select().where(*juez.pasan(), ids_of(modelo, juez.caso.actor.sujeto_id or 0, ids)).count()
    filas = modelo.select().where(ids_of(modelo, juez.caso.actor.sujeto_id or 0, ids))
    return en_sql, sum(juez.razon(fila, None) is None for fila in filas)
