"""El normalizador y la consulta: qué palabras son la misma, y que nada tecleado llega a un motor."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.busqueda.alcance import Alcance
from models.busqueda.consulta import Consulta, Termino, parse, to_fts5, to_like, to_tsquery
from models.busqueda.normalizador import LARGO_MAXIMO as LARGO
from models.busqueda.normalizador import PALABRAS_MAXIMAS, REPETICIONES_MAXIMAS, prefijo, tokens, tokens_de


@pytest.mark.parametrize("iguales", [
    "licitación licitaciones licitacion LICITACIÓN Licitacio\u0301n lici\u00adtación",
    "año años ano ANO AÑO", "juez jueces JUECES", "ciudad ciudades", "régimen regímenes regimenes", "país países",
    "sesión sesiones", "Peña pena PEÑA", "índice índices", "avance avances", "base bases", "luz luces", "ley leyes",
    "auditoría auditorías", "niño niños nino", "contrato contratos", "servidor servidora servidores servidoras",
    "interés intereses", "mes meses", "vez veces", "nombre nombres", "obra obras", "ejercicio ejercicios",
    "camión camiones camion", "lápiz lápices lapices", "examen exámenes EXAMENES", "pingüino pinguinos PINGÜINO", "cruz cruces",
    "árbol árboles", "nómina nóminas nomina", "español españoles espanol ESPAÑOL", "niña niñas nina", "red redes",
    "jardín jardines", "pensión pensiones", "mujer mujeres", "joven jóvenes jovenes", "orden órdenes", "útil útiles",
    "bache baches", "policía policías", "inversión inversiones INVERSION", "vehículo vehículos vehiculo",
])
def test_tokens_formas_de_la_misma_palabra_son_iguales(iguales: str) -> None:
    assert len(set(tokens(iguales))) == 1


@pytest.mark.parametrize("distintas", [
    "mes mesa", "caso casa", "marzo marco", "plazo placa", "hijo hija", "13 130", "ano anexo",
])
def test_tokens_palabras_distintas_siguen_distintas(distintas: str) -> None:
    assert len(set(tokens(distintas))) == 2


def test_tokens_quita_signos_y_palabras_vacias() -> None:
    assert tokens("Pago de la LPN-01/2024: $1,234.50 (y más)") == ["pago", "lpn", "01", "2024", "1", "234", "50", "mas"]


@given(st.text())
def test_tokens_solo_da_letras_y_numeros_y_no_cambia_lo_ya_partido(texto: str) -> None:
    palabras = tokens(texto)
    assert all(re.fullmatch(rf"[0-9a-z]{{1,{LARGO}}}", palabra) for palabra in palabras)
    assert tokens(" ".join(palabras)) == palabras


def test_tokens_de_rodea_de_blancos_y_deja_seguidos_los_campos() -> None:
    assert tokens_de(["María", "Peña", "de la O"]) == " mari pena "
    assert tokens_de([]) == tokens_de(["", "de la"]) == ""


def test_tokens_de_acota_lo_que_postgresql_no_recuerda() -> None:
    assert tokens_de(["agua"] * 1000).split() == ["agua"] * REPETICIONES_MAXIMAS
    assert len(tokens_de(str(n) for n in range(PALABRAS_MAXIMAS * 2)).split()) == PALABRAS_MAXIMAS


LETRAS = "abcdefghijklmnñopqrstuvwxyzáéíóúü"
PALABRA = st.text("abceosz", min_size=4, max_size=12) | st.text(LETRAS, min_size=4, max_size=50)


@given(PALABRA, st.integers(3, 50))
@example("jueces", 4)
@example("gonzalez", 4)
def test_prefijo_nunca_deja_fuera_lo_que_empieza_asi(palabra: str, letras: int) -> None:
    comienzo = prefijo(palabra[:letras])
    assert not comienzo or all(guardada.startswith(comienzo) for guardada in tokens(palabra))


@pytest.mark.parametrize(("tecleado", "terminos"), [
    ("Licitaciones públicas", [("licitacion",), ("public",)]),
    ('obra "agua potable"', [("obra",), ("agua", "potabl")]),
    ("“agua potable” obra obra", [("agua", "potabl"), ("obra",)]),
    ('"agua potable', [("agua",), ("potabl",)]),
    ("contratos*", ["contrat"]), ("obra*,agua", ["obra", ("agua",)]), ("lpn-cont*", [("lpn",), "cont"]),
    ("li*", [("li",)]), ("de*", []), ("con*", ["con"]), ("luz*", [("luc",)]), ("202*", ["202"]),
    ('"de la"', []), ("de la", []), ("", []), ("¡!", []),
])
def test_parse(tecleado: str, terminos: list[tuple[str, ...] | str]) -> None:
    esperados = tuple(Termino((t,), True) if isinstance(t, str) else Termino(t) for t in terminos)
    assert parse(tecleado) == (Consulta(esperados) if esperados else None)


def test_parse_recorta_por_palabras_enteras() -> None:
    larga = parse("agua " * 39 + "abcdefghijkl mas")
    muchas = parse(" ".join(f"n{n}" for n in range(10)) + ' "uno dos tres"')
    assert larga == Consulta((Termino(("agua",)),), recortada=True)
    assert muchas is not None and muchas.recortada and muchas.terminos[-1] == Termino(("uno", "dos"))


FTS5 = re.compile(
    r'tokens : \("[0-9a-z ]+"( \*)?( AND "[0-9a-z ]+"( \*)?)*\) AND alcance : "s7" AND alcance : "fobra_1"'
)
TSQUERY = re.compile(r"((\('[0-9a-z]+'( <-> '[0-9a-z]+')*\)|'[0-9a-z]+':\*) & )+'_s7' & '_fobra_1'")


@given(st.text() | st.text("obra ñ\"'*:&|!()<->_s7{}^\\", max_size=260))
@example("obra " * 60)
def test_parse_nunca_lanza_y_nada_tecleado_llega_a_la_sintaxis(texto: str) -> None:
    consulta = parse(texto)
    if consulta is not None:
        assert sum(len(termino.palabras) for termino in consulta.terminos) <= 12
        assert FTS5.fullmatch(to_fts5(consulta, Alcance(7, ("obra_1",))))
        assert TSQUERY.fullmatch(to_tsquery(consulta, Alcance(7, ("obra_1",))))
        assert all(re.fullmatch(r"% [0-9a-z ]+%", patron) for patron in to_like(consulta))


@pytest.mark.parametrize("clave", ["", 'x"', "x'", "X", "a b", "a' | '_s2", "x" * 50])
def test_una_clave_que_no_lo_es_se_rechaza(clave: str) -> None:
    with pytest.raises(ValueError, match="clave"):
        to_tsquery(Consulta((Termino(("obra",)),)), Alcance(claves=(clave,)))
