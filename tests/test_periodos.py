"""Los periodos: claves, nombres, fechas, plazos y cuál se informa hoy."""

import datetime as dt
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fracciones_config.formato import Periodicidad
from models.domain.periods import (
    EJERCICIO_VIGENTE,
    PERIODO_VIGENTE,
    anterior,
    claves,
    etiqueta,
    find_clave,
    orden,
    periodo,
    periodo_en_curso,
    periodos,
)

PERIODICIDADES: tuple[Periodicidad, ...] = get_args(Periodicidad)
DIAS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


def dia(texto: str) -> dt.date:
    return dt.date.fromisoformat(texto)


@pytest.mark.parametrize(("clave", "nombre", "inicio", "fin"), [
    ("M01", "enero", "2026-01-01", "2026-01-31"),
    ("M02", "febrero", "2026-02-01", "2026-02-28"),
    ("M09", "septiembre", "2026-09-01", "2026-09-30"),
    ("M12", "diciembre", "2026-12-01", "2026-12-31"),
    ("T1", "1.er trimestre", "2026-01-01", "2026-03-31"),
    ("T2", "2.º trimestre", "2026-04-01", "2026-06-30"),
    ("T3", "3.er trimestre", "2026-07-01", "2026-09-30"),
    ("T4", "4.º trimestre", "2026-10-01", "2026-12-31"),
    ("S1", "1.er semestre", "2026-01-01", "2026-06-30"),
    ("S2", "2.º semestre", "2026-07-01", "2026-12-31"),
    ("A", "anual", "2026-01-01", "2026-12-31"),
    ("P1", "1.er periodo de sesiones", "2026-09-05", "2026-12-18"),
    ("P2", "2.º periodo de sesiones", "2026-01-31", "2026-04-30"),
    ("P3", "3.er periodo de sesiones", "2026-07-05", "2026-08-15"),
])
def test_nombre_y_fechas(clave: str, nombre: str, inicio: str, fin: str) -> None:
    este = periodo(2026, clave)
    assert (este.etiqueta, este.inicio, este.fin) == (nombre, dia(inicio), dia(fin))
    assert find_clave(nombre) == clave and find_clave(clave) == clave


def test_febrero_bisiesto() -> None:
    assert periodo(2028, "M02").fin == dia("2028-02-29")


def test_el_limite_es_el_fin_mas_el_plazo() -> None:
    assert periodo(2026, "T3").limite(30) == dia("2026-10-30")
    assert periodo(2026, "A").limite(0) == dia("2026-12-31")


@pytest.mark.parametrize("clave", ["", "T5", "T0", "M13", "M1", "X1", "t3", "TT", "A1", "__class__"])
def test_clave_desconocida(clave: str) -> None:
    with pytest.raises(ValueError, match="no es la clave"):
        periodo(2026, clave)


@pytest.mark.parametrize(("escrito", "clave"), [
    ("3er trimestre", "T3"), ("3er. Trimestre", "T3"), ("TERCER TRIMESTRE", "T3"), ("III trimestre", "T3"),
    ("trimestre 3", "T3"), ("3° trimestre", "T3"), ("2o. semestre", "S2"), ("Segundo Semestre", "S2"), ("t3", "T3"),
    ("Septiembre", "M09"), ("sep", "M09"), ("Anual", "A"), ("primer periodo ordinario de sesiones", "P1"),
    ("5º trimestre", None), ("trimestre", None), ("", None), ("2026", None),
])
def test_lo_que_alguien_escribe(escrito: str, clave: str | None) -> None:
    assert find_clave(escrito) == clave


@pytest.mark.parametrize(("periodicidad", "hoy", "esperado"), [
    ("trimestral", "2026-10-21", (2026, "T3")),  # corre el plazo de T3
    ("trimestral", "2026-10-30", (2026, "T3")),  # el día del límite todavía
    ("trimestral", "2026-10-31", (2026, "T4")),  # ya no
    ("trimestral", "2026-01-15", (2025, "T4")),
    ("trimestral", "2026-09-30", (2026, "T3")),  # el último día del periodo es del periodo
    ("mensual", "2026-03-15", (2026, "M02")),
    ("mensual", "2026-01-31", (2026, "M01")),  # M12 venció el día 30
    ("semestral", "2026-07-30", (2026, "S1")),
    ("semestral", "2026-07-31", (2026, "S2")),
    ("anual", "2026-01-30", (2025, "A")),
    ("anual", "2026-02-01", (2026, "A")),
    ("por_periodo_sesiones", "2026-01-10", (2025, "P1")),
    ("por_periodo_sesiones", "2026-01-25", (2025, "P1")),  # venció y no corre ninguno
    ("por_periodo_sesiones", "2026-03-01", (2026, "P2")),
    ("por_periodo_sesiones", "2026-06-20", (2026, "P2")),
    ("por_periodo_sesiones", "2026-10-01", (2026, "P1")),
])
def test_periodo_en_curso(periodicidad: Periodicidad, hoy: str, esperado: tuple[int, str]) -> None:
    actual = periodo_en_curso(periodicidad, dia(hoy))
    assert (actual.ejercicio, actual.clave) == esperado


@given(st.sampled_from(PERIODICIDADES), DIAS, st.integers(0, 365))
def test_el_periodo_en_curso_ya_empezo(periodicidad: Periodicidad, hoy: dt.date, plazo: int) -> None:
    assert periodo_en_curso(periodicidad, hoy, plazo).inicio <= hoy


@pytest.mark.parametrize("periodicidad", ["mensual", "trimestral", "semestral", "anual"])
def test_los_periodos_cubren_el_anio_sin_huecos(periodicidad: Periodicidad) -> None:
    todos = periodos(periodicidad, 2026)
    assert tuple(p.clave for p in todos) == claves(periodicidad)
    assert (todos[0].inicio, todos[-1].fin) == (dia("2026-01-01"), dia("2026-12-31"))
    assert all(uno.fin + dt.timedelta(days=1) == otro.inicio for uno, otro in pairwise(todos))


def test_los_de_sesiones_van_por_calendario() -> None:
    assert [p.clave for p in periodos("por_periodo_sesiones", 2026)] == ["P2", "P3", "P1"]


def test_las_claves_no_se_repiten_entre_periodicidades() -> None:
    todas = [clave for periodicidad in PERIODICIDADES for clave in claves(periodicidad)]
    assert len(todas) == len(set(todas)) == 22


@pytest.mark.parametrize(("periodicidad", "clave", "esperado"), [
    ("trimestral", "T1", (2025, "T4")), ("trimestral", "T3", (2026, "T2")), ("anual", "A", (2025, "A")),
    ("mensual", "M10", (2026, "M09")), ("por_periodo_sesiones", "P2", (2025, "P1")),
    ("por_periodo_sesiones", "P1", (2026, "P3")),
])
def test_el_anterior(periodicidad: Periodicidad, clave: str, esperado: tuple[int, str]) -> None:
    previo = anterior(periodicidad, periodo(2026, clave))
    assert (previo.ejercicio, previo.clave) == esperado


def test_el_orden_es_el_del_calendario_y_lo_vigente_va_primero() -> None:
    revueltos = [(2026, "T4"), (2025, "T4"), (2026, "T1"), (EJERCICIO_VIGENTE, PERIODO_VIGENTE)]
    assert sorted(revueltos, key=lambda p: orden(*p)) == [(0, ""), (2025, "T4"), (2026, "T1"), (2026, "T4")]
    assert etiqueta(PERIODO_VIGENTE) == ""
