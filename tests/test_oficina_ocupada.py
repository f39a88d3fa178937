"""Mientras alguien carga miles de registros: las páginas se ven, y lo que no se alcanza a guardar vuelve con todo escrito."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from peewee import sqlite3

from models.base import db
from models.usuarios import Sesion
from tests.cliente import Sitio, tecleado
from tests.test_oficina_captura import cuantos, hoja

pytest_plugins = "tests.sitio"


@pytest.fixture
def con_prisa(sitio: Sitio) -> Iterator[Sitio]:
    """El mismo sitio, que solo espera dos décimas a que otro acabe de escribir: en vez de los cinco segundos de siempre."""
    db.obj.close_all()
    antes = list(db.obj._pragmas)
    db.obj._pragmas = [(nombre, 200 if nombre == "busy_timeout" else valor) for nombre, valor in antes]
    yield sitio
    db.obj.close_all()
    db.obj._pragmas = antes


@contextmanager
def otro_escribe(sitio: Sitio) -> Iterator[None]:
    """Otro proceso tiene el turno de escribir."""
    otro = sqlite3.connect(sitio.base.url.removeprefix("sqlite:///"), isolation_level=None)
    otro.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        otro.execute("ROLLBACK")
        otro.close()


def test_lo_que_no_alcanza_a_guardarse_vuelve_con_todo_escrito(con_prisa: Sitio) -> None:
    julieta = con_prisa.de(con_prisa.casa.julieta)
    nueva = hoja(julieta.get(con_prisa.url("nuevo")))
    campos = tecleado(con_prisa.casa.crudo(con_prisa.casa.julieta, objetivo="Esto no se debe perder.")).to_dict(flat=False)
    with otro_escribe(con_prisa):
        vuelta = julieta.enviar(nueva, **campos)
    assert vuelta.codigo == 503 and vuelta.cabeceras["Retry-After"] == "5"
    assert "no alcanzó a guardar" in vuelta.texto
    assert hoja(vuelta).campos["objetivo"] == "Esto no se debe perder."
    assert cuantos(con_prisa) == 0
    assert julieta.enviar(hoja(vuelta)).codigo == 302 and cuantos(con_prisa) == 1


def test_ver_una_pagina_no_espera_a_que_otro_acabe_de_escribir(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    julieta.get(sitio.url(""))
    Sesion.update(vista=Sesion.vista - 5 * 60_000).execute()
    inicio = time.perf_counter()
    with otro_escribe(sitio):
        assert julieta.get(sitio.url("")).codigo == 200
    assert time.perf_counter() - inicio < 3, "el apunte de la sesión esperó su turno"
    vista = Sesion.get().vista
    julieta.get(sitio.url(""))
    assert Sesion.get().vista > vista, "se apunta en la siguiente"
