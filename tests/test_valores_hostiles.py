"""Lo hostil: o se lee, o se explica con ``DatoInvalido``; nunca otro error, y nunca tarda."""

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fracciones_config import Campo, TipoCampo
from models.columnas import a_columna, de_columna
from models.domain.lectores.crudo import citar, is_blank
from models.domain.lectura import DatoInvalido, leer
from models.presentacion.textos import entrada

OPCIONES = {"licitacion_publica": "Licitación pública", "invitacion": "Invitación; tres", "otro": "Otro"}
COLUMNAS_DE_TABLA = (
    Campo(nombre="nombre", tipo=TipoCampo.TEXTO, etiqueta="Nombre", ayuda="El nombre."),
    Campo(nombre="monto", tipo=TipoCampo.MONEDA, etiqueta="Monto", ayuda="Cuánto.", minimo=0),
    Campo(nombre="origen", tipo=TipoCampo.OPCIONES, etiqueta="Origen", ayuda="De dónde.", opciones=OPCIONES),
)


def campo(tipo: str, **extra: Any) -> Campo:
    """Un campo del tipo, con las opciones y columnas de arriba."""
    return Campo(nombre="x", tipo=TipoCampo(tipo), etiqueta="Equis", ayuda="Lo que sea.", opciones=OPCIONES,
                 campos=COLUMNAS_DE_TABLA, **extra)


def test_un_patron_que_se_atora_no_tarda() -> None:
    malo = campo("texto", longitud=20_000, patron="(a+)+$", patron_dice="solo letras a")
    inicio = time.process_time()
    with pytest.raises(DatoInvalido):
        leer(malo, "a" * 10_000 + "!")
    assert time.process_time() - inicio < 0.1


_RELLENO = ["a" * 10_000, "1" * 10_000, " " * 10_000 + "x", "." * 10_000, "(" * 10_000, "@" * 10_000, "1," * 5_000,
            "á\0" * 5_000, "\u202e", "\ud800", "1 " * 30, "$" * 60, "http://" + "a." * 900, "a@" + "a." * 120,
            "x." * 120 + "@a.mx", "1" + " " * 58 + "x", "\u200b " * 5_000 + "x", "a" + "\u0301\u0316" * 20_000]
_RAROS: list[Any] = [
    2**63, -(2**63), 10**5000, 1e308, -0.0, float("nan"), Decimal("-Infinity"), b"bytes", object(), {1: {2: 3}},
    [[[[[["x"]]]]]], [{"nombre": [[["x"]]]}], {"id": []}, {"id": {"id": 1}}, dt.timedelta(1), dt.time.max,
    dt.datetime.max, dt.date.min, range(3), True, [{None: 1}], [True], {"id": True}, {"a"},
]
_LO_QUE_SEA = st.one_of(st.text(), st.integers(), st.floats(), st.lists(st.text()), st.dates())



@pytest.mark.parametrize("tipo", TipoCampo)
def test_lo_hostil_o_se_lee_o_se_explica_y_no_tarda(tipo: TipoCampo) -> None:
    for crudo in _RELLENO + _RAROS:
        inicio = time.process_time()
        try:
            dato = leer(campo(tipo), crudo)
            a_columna(campo(tipo), dato)
        except DatoInvalido as error:
            str(error).encode()
        assert time.process_time() - inicio < 0.1, f"{tipo} tardó con {str(crudo)[:40]!r}"


def test_una_lista_muy_honda_no_desborda() -> None:
    honda: Any = ""
    for _ in range(5_000):
        honda = [honda]
    assert not is_blank(honda)
    with pytest.raises(DatoInvalido):
        leer(campo("tabla"), honda)


@given(st.sampled_from(list(TipoCampo)), _LO_QUE_SEA)
def test_leer_nunca_lanza_otra_cosa_y_es_estable(tipo: TipoCampo, crudo: Any) -> None:
    try:
        dato = leer(campo(tipo), crudo)
    except DatoInvalido:
        return
    if dato is not None:
        assert leer(campo(tipo), dato) == dato
        assert leer(campo(tipo), entrada(campo(tipo), dato)) == dato
        assert de_columna(campo(tipo), a_columna(campo(tipo), dato)) == dato


def test_citar_no_deja_pasar_lo_que_no_se_ve() -> None:
    assert citar("a\0b\u202e") == "«a·b·»"
    assert citar("x" * 100) == "«" + "x" * 59 + "…»"
