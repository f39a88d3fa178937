"""El árbol que se dibuja: en orden, y sin perder a nadie aunque los datos estén torcidos."""

from hypothesis import given
from hypothesis import strategies as st

from models.presentacion.arbol import Nodo, build_arbol


def aplanar(raices: list[Nodo]) -> list[int]:
    return [id_ for nodo in raices for id_ in (nodo.id, *aplanar(nodo.hijos))]


def test_las_ramas_van_en_su_orden_y_lo_que_no_lo_tiene_al_final() -> None:
    raices = build_arbol([Nodo(1, "Presidencia", None), Nodo(2, "Tesorería", 1, 2), Nodo(3, "Secretaría", 1, 1),
                          Nodo(4, "Archivo", 1), Nodo(5, "Caja", 2, 1)])
    assert aplanar(raices) == [1, 3, 2, 5, 4]


def test_lo_que_cuelga_de_algo_que_no_esta_queda_como_raiz() -> None:
    assert aplanar(build_arbol([Nodo(1, "A", 99), Nodo(2, "B", 1)])) == [1, 2]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_nadie_se_pierde_ni_se_repite_aunque_haya_ciclos(padres: list[int]) -> None:
    nodos = [Nodo(i, f"Área {i}", padre or None) for i, padre in enumerate(padres, start=1)]
    assert sorted(aplanar(build_arbol(nodos))) == list(range(1, len(padres) + 1))
