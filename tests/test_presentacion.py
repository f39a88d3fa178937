"""Cómo lee una persona cada dato: cantidades, fechas, tamaños, textos cortos y vacíos."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fracciones_config import Campo, TipoCampo
from models.presentacion.fechas import fecha, fecha_y_hora, hace_poco, solo_fecha
from models.presentacion.numeros import cantidad, contar, dinero, dinero_de_centavos, tamano
from models.presentacion.textos import CORTO_MAXIMO, corto, cut_text, entrada, texto, texto_vacio

OPCIONES = {"lp": "Licitación pública", "ad": "Adjudicación directa"}
OCTUBRE_21 = 1_792_600_920_000
"""2026-10-21 16:42 UTC: las 10:42 en la Ciudad de México."""


def campo(tipo: str) -> Campo:
    columna = Campo(nombre="monto", tipo=TipoCampo.MONEDA, etiqueta="Monto", ayuda="Cuánto.")
    return Campo(nombre="x", tipo=TipoCampo(tipo), etiqueta="Equis", ayuda="Lo que sea.", opciones=OPCIONES,
                 campos=(columna,))


@pytest.mark.parametrize(("tipo", "dato", "leido", "tecleado"), [
    ("texto", "Año <b>", "Año <b>", "Año <b>"),
    ("texto_largo", "Uno\nDos", "Uno\nDos", "Uno\nDos"),
    ("nota", "Nota", "Nota", "Nota"),
    ("entero", 1234567, "1,234,567", "1,234,567"),
    ("entero", -7, "-7", "-7"),
    ("decimal", "1234.5", "1,234.5", "1,234.5"),
    ("moneda", "1234.50", "$1,234.50", "1,234.50"),
    ("moneda", "-0.05", "-$0.05", "-0.05"),
    ("porcentaje", "12.5", "12.5%", "12.5"),
    ("fecha", "2026-12-31", "31/12/2026", "31/12/2026"),
    ("hora", "09:30", "09:30", "09:30"),
    ("anio", 2026, "2026", "2026"),
    ("periodo", "T3", "3.er trimestre", "T3"),
    ("periodo", "M09", "septiembre", "M09"),
    ("si_no", True, "Sí", "si"),
    ("si_no", False, "No", "no"),
    ("opcion", "lp", "Licitación pública", "lp"),
    ("opcion", "ya_no_existe", "ya_no_existe", "ya_no_existe"),
    ("opciones", ["lp", "ad"], "Licitación pública; Adjudicación directa", ["lp", "ad"]),
    ("url", "https://a.mx", "https://a.mx", "https://a.mx"),
    ("archivo", {"id": "f", "nombre": "contrato.pdf", "bytes": 312_400}, "contrato.pdf (312 kB)", "f"),
    ("archivo", {"id": "f"}, "f", "f"),
    ("area", {"id": "f", "texto": "Tesorería"}, "Tesorería", "f"),
    ("servidor_publico", {"id": "f"}, "f", "f"),
    ("tabla", [{"monto": "1234.50"}, {}, {"vieja": "x"}], "3 renglones", [{"monto": "1,234.50"}, {}, {}]),
    ("tabla", [{"monto": "5.00"}], "1 renglón", [{"monto": "5.00"}]),
    ("texto", None, "", ""),
    ("opciones", None, "", []),
])
def test_texto_y_entrada(tipo: str, dato: object, leido: str, tecleado: object) -> None:
    assert texto(campo(tipo), dato) == leido  # type: ignore[arg-type]
    assert entrada(campo(tipo), dato) == tecleado  # type: ignore[arg-type]


@pytest.mark.parametrize(("octetos", "leido"), [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1250, "1.2 kB"), (312_400, "312 kB"),
    (999_999, "999 kB"), (1_450_000, "1.4 MB"), (30_000_000, "30 MB"), (2_500_000_000, "2.5 GB"),
    (7 * 10**15, "7,000 TB"),
])
def test_tamano(octetos: int, leido: str) -> None:
    assert tamano(octetos) == leido


@pytest.mark.parametrize(("numero", "tope", "leido"), [
    (0, None, "0 registros"), (1, None, "1 registro"), (412, None, "412 registros"), (12_345, None, "12,345 registros"),
    (10_000, 10_000, "10,000 registros"), (10_001, 10_000, "más de 10,000 registros"),
])
def test_contar(numero: int, tope: int | None, leido: str) -> None:
    assert contar(numero, "registro", "registros", tope) == leido


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_el_dinero_se_lee_igual_desde_centavos(centavos: int) -> None:
    signo = "-" if centavos < 0 else ""
    assert dinero(f"{signo}{abs(centavos) // 100}.{abs(centavos) % 100:02}") == dinero_de_centavos(centavos)


def test_cantidad_de_texto_o_de_entero() -> None:
    assert cantidad("999999999999.999999") == "999,999,999,999.999999"
    assert cantidad(0) == "0"


def test_fechas() -> None:
    assert fecha("0987-01-02") == "02/01/0987"
    assert fecha_y_hora(OCTUBRE_21) == "21/10/2026, 10:42"
    assert solo_fecha(OCTUBRE_21) == "21/10/2026"


@pytest.mark.parametrize(("instante", "leido"), [
    (1_656_694_800_000, "01/07/2022, 12:00"),  # todavía había horario de verano: UTC-5
    (1_688_230_800_000, "01/07/2023, 11:00"),  # ya no: UTC-6
    (1_798_783_199_000, "31/12/2026, 23:59"),
])
def test_la_zona_es_la_de_mexico(instante: int, leido: str) -> None:
    assert fecha_y_hora(instante) == leido


@pytest.mark.parametrize(("horas", "leido"), [
    (0, "hoy, 10:42"), (10, "hoy, 00:42"), (11, "ayer, 23:42"), (34, "ayer, 00:42"), (35, "19/10/2026, 23:42"),
    (-24, "22/10/2026, 10:42"),
])
def test_hace_poco(horas: int, leido: str) -> None:
    assert hace_poco(OCTUBRE_21 - horas * 3_600_000, OCTUBRE_21) == leido


def test_el_corto_va_en_un_renglon_y_se_corta_entre_palabras() -> None:
    assert corto(campo("texto_largo"), "Uno\n\n dos\ttres") == "Uno dos tres"
    largo = "Mantenimiento preventivo, " * 10
    cortado = corto(campo("texto_largo"), largo)
    assert cortado == "Mantenimiento preventivo, Mantenimiento preventivo, Mantenimiento preventivo…"
    assert corto(campo("texto"), "x" * 200) == "x" * 89 + "…"
    assert cut_text("x" * 90) == "x" * 90


@given(st.text(max_size=300))
def test_el_corto_nunca_pasa_de_su_maximo(largo: str) -> None:
    assert len(cut_text(largo)) <= CORTO_MAXIMO


@pytest.mark.parametrize(("causa", "leido"), [
    ("no_aplica", "No aplica: Sin junta."), ("no_se_genero", "No se generó: Sin junta."),
    ("reservado", "Información reservada: Sin junta."), ("otra", "otra: Sin junta."),
])
def test_vacio(causa: str, leido: str) -> None:
    assert texto_vacio({"causa": causa, "motivo": "Sin junta."}) == leido
