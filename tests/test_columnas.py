"""Del dato a la columna física y de regreso; y del dato al formulario y de regreso."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peewee import AutoField, BigIntegerField, BooleanField, DateField, Model, SqliteDatabase, TextField

from fracciones_config import Campo, TipoCampo
from models.columnas import COLUMNAS, a_columna, de_columna, make_field
from models.domain.lectura import leer
from models.folios import MAXIMO, a_folio
from models.presentacion.textos import entrada, texto

OPCIONES = {"licitacion_publica": "Licitación pública", "invitacion": "Invitación; tres", "otro": "Otro"}
COLUMNAS_DE_TABLA = (
    Campo(nombre="nombre", tipo=TipoCampo.TEXTO, etiqueta="Nombre", ayuda="El nombre."),
    Campo(nombre="monto", tipo=TipoCampo.MONEDA, etiqueta="Monto", ayuda="Cuánto.", minimo=0),
    Campo(nombre="origen", tipo=TipoCampo.OPCIONES, etiqueta="Origen", ayuda="De dónde.", opciones=OPCIONES),
)


def campo(tipo: str) -> Campo:
    """Un campo del tipo, con las opciones y columnas de arriba."""
    return Campo(nombre="x", tipo=TipoCampo(tipo), etiqueta="Equis", ayuda="Lo que sea.", opciones=OPCIONES,
                 campos=COLUMNAS_DE_TABLA)


TEXTOS = st.text(st.characters(exclude_categories=["C", "Z", "M"]), min_size=1, max_size=60).map(
    lambda escrito: str(leer(campo("texto"), escrito) or "x"))
DINERO = st.integers(-(10**17) + 1, 10**17 - 1).map(lambda c: f"{Decimal(c).scaleb(-2):.2f}")
DECIMALES = st.integers(-(10**18) + 1, 10**18 - 1).map(lambda n: f"{Decimal(n).scaleb(-6).normalize():f}")
ENTEROS = st.integers(-(10**15) + 1, 10**15 - 1)
FECHAS = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)).map(dt.date.isoformat)
CLAVES = st.sets(st.sampled_from(list(OPCIONES)), min_size=1).map(lambda s: [c for c in OPCIONES if c in s])
FOLIOS = st.integers(1, MAXIMO).map(lambda n: {"id": a_folio(n)})
RENGLON = st.fixed_dictionaries(
    {"nombre": TEXTOS}, optional={"monto": DINERO.map(lambda d: d.removeprefix("-")), "origen": CLAVES})

DATOS: dict[TipoCampo, st.SearchStrategy[Any]] = {
    TipoCampo.TEXTO: TEXTOS, TipoCampo.TEXTO_LARGO: st.lists(TEXTOS, min_size=1, max_size=5).map("\n".join),
    TipoCampo.NOTA: TEXTOS, TipoCampo.ENTERO: ENTEROS, TipoCampo.DECIMAL: DECIMALES, TipoCampo.MONEDA: DINERO,
    TipoCampo.PORCENTAJE: DECIMALES, TipoCampo.FECHA: FECHAS, TipoCampo.HORA: st.times().map(lambda t: f"{t:%H:%M}"),
    TipoCampo.ANIO: st.integers(1800, 2200), TipoCampo.PERIODO: st.sampled_from(["M01", "T4", "S2", "A", "P3"]),
    TipoCampo.SI_NO: st.booleans(), TipoCampo.OPCION: st.sampled_from(list(OPCIONES)), TipoCampo.OPCIONES: CLAVES,
    TipoCampo.URL: st.sampled_from(["https://a.mx/x?y=1", "http://sub.a.gob.mx"]),
    TipoCampo.CORREO: st.just("a.b@metepec.gob.mx"), TipoCampo.TELEFONO: st.just("722 226 1980 ext. 5"),
    TipoCampo.ARCHIVO: FOLIOS, TipoCampo.AREA: FOLIOS, TipoCampo.SERVIDOR_PUBLICO: FOLIOS,
    TipoCampo.ORGANO_COLEGIADO: FOLIOS, TipoCampo.TABLA: st.lists(RENGLON, min_size=1, max_size=4),
}


@pytest.mark.parametrize("tipo", TipoCampo)
@given(data=st.data())
def test_ida_y_vuelta(tipo: TipoCampo, data: st.DataObject) -> None:
    """dato → columna → dato, y dato → entrada → leer → el mismo dato."""
    dato, este = data.draw(DATOS[tipo]), campo(tipo)
    assert de_columna(este, a_columna(este, dato)) == dato
    assert leer(este, entrada(este, dato)) == dato
    assert texto(este, dato)


@pytest.mark.parametrize(("tipo", "dato", "columna"), [
    ("moneda", "1234.50", 123_450), ("moneda", "-0.05", -5), ("moneda", "999999999999999.99", 99_999_999_999_999_999),
    ("decimal", "12.5", 12_500_000), ("porcentaje", "-0.000001", -1), ("fecha", "2026-12-31", dt.date(2026, 12, 31)),
    ("si_no", True, True), ("opciones", ["otro"], '["otro"]'), ("area", {"id": a_folio(9), "texto": "x"}, 9),
    ("tabla", [{"b": "ñ", "a": 1}], '[{"a":1,"b":"ñ"}]'), ("texto", None, None),
])
def test_la_columna(tipo: str, dato: Any, columna: Any) -> None:
    assert a_columna(campo(tipo), dato) == columna


@pytest.mark.parametrize(("tipo", "dato"), [
    ("entero", 2**63), ("entero", -(2**63)), ("entero", True), ("entero", "5"), ("moneda", "1.234"), ("moneda", 5),
    ("moneda", "99999999999999999999.00"), ("moneda", "999999999999999999.99"), ("decimal", "9999999999999.0"),
    ("decimal", "1e5"), ("decimal", "NaN"), ("fecha", "31/12/2026"), ("si_no", 1), ("area", {"id": "malo"}),
    ("opciones", "otro"), ("texto", 5),
])
def test_un_dato_que_no_lo_es_no_llega_a_la_columna(tipo: str, dato: Any) -> None:
    with pytest.raises(ValueError):
        a_columna(campo(tipo), dato)


def test_las_columnas_admiten_nulo_y_son_de_cuatro_clases() -> None:
    assert {columna.clase for columna in COLUMNAS.values()} == {TextField, BigIntegerField, DateField, BooleanField}
    assert all(make_field(campo(tipo)).null for tipo in TipoCampo)


@settings(max_examples=20)
@given(datos=st.fixed_dictionaries({}, optional={tipo.value: estrategia for tipo, estrategia in DATOS.items()}))
def test_ida_y_vuelta_por_una_base_de_verdad(datos: dict[str, Any]) -> None:
    columnas = {tipo.value: make_field(campo(tipo)) for tipo in TipoCampo}
    meta = type("Meta", (), {"database": SqliteDatabase(":memory:")})
    fila: Any = type("Fila", (Model,), {"Meta": meta, "id": AutoField(), **columnas})
    fila.create_table()
    nueva = fila.create(**{tipo: a_columna(campo(tipo), dato) for tipo, dato in datos.items()})
    leida = fila.get_by_id(nueva.id)
    vuelta = {tipo: de_columna(campo(tipo), getattr(leida, tipo)) for tipo in columnas}
    assert {tipo: dato for tipo, dato in vuelta.items() if dato is not None} == datos
