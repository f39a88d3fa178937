"""Lo buscado se marca donde está, con las reglas con que se encontró, y el texto no cambia."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.busqueda.consulta import parse
from models.busqueda.marcado import LETRAS_DEL_EXTRACTO, extract, is_marked, mark
from models.busqueda.normalizador import tokens


def marcado(texto: str, tecleado: str) -> list[str]:
    return [trozo.texto for trozo in mark(texto, parse(tecleado)) if trozo.marcado]


@pytest.mark.parametrize(("texto", "tecleado", "esperado"), [
    ("Licitación y LICITACIONES", "licitacion", ["Licitación", "LICITACIONES"]),
    ("El año del ñandú", "ano nandu", ["año", "ñandú"]),
    ("Agua potable; agua no potable", '"agua potable"', ["Agua potable"]),
    ("Contratistas y contratos", "contrat*", ["Contratistas", "contratos"]),
    ("LPN-001/2026", "lpn 2026", ["LPN", "2026"]),
    ("Lici\u00adtacio\u0301n partida", "licitación", ["Lici\u00adtacio\u0301n"]),
    ("Jueces y juez", "juez", ["Jueces", "juez"]), ("de la obra", "de la obra", ["obra"]), ("Nada", "obra", []),
    ("María de la Peña", '"maria de la peña"', ["María de la Peña"]),
])
def test_mark(texto: str, tecleado: str, esperado: list[str]) -> None:
    assert marcado(texto, tecleado) == esperado


@given(st.text("aeosz ñí-/.«»", max_size=400), st.text("aeosz ñí\"*", max_size=30))
def test_los_trozos_dicen_lo_mismo_que_el_texto(texto: str, tecleado: str) -> None:
    consulta = parse(tecleado)
    assert "".join(trozo.texto for trozo in mark(texto, consulta)) == texto
    extracto = extract(texto, consulta)
    assert is_marked(extracto) == is_marked(mark(texto, consulta))
    assert "".join(trozo.texto for trozo in extracto).strip(" …") in texto


@given(st.lists(st.sampled_from(["licitación", "Obras", "año", "de", "Jueces", "PEÑA", "mes", "mesa"]), max_size=12),
       st.sampled_from(["licitaciones", "obra", "ANO", "juez", "pena", "mesas"]))
def test_se_marca_si_y_solo_si_se_halla(palabras: list[str], tecleado: str) -> None:
    texto = " ".join(palabras)
    assert bool(marcado(texto, tecleado)) == bool(set(tokens(tecleado)) & set(tokens(texto)))


def test_el_extracto_rodea_lo_hallado() -> None:
    extracto = extract("Antes. " * 60 + "La obra pública. " + "Después. " * 60, parse("obra"))
    leido = "".join(trozo.texto for trozo in extracto)
    assert leido.startswith("… ") and leido.endswith(" …") and "La obra pública." in leido
    assert len(leido) < LETRAS_DEL_EXTRACTO * 2
