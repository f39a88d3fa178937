"""Toda ruta × todo visitante, contra ``docs/matriz_acceso.csv``, que se escribe a mano y se puede firmar.

``entrada``: lo manda a entrar. Qué es cada caso lo dice ``plano.py``.
"""

from collections.abc import Iterator

import pytest
from flask import Flask

from admin_views.despacho import RUTAS
from admin_views.rutas import CLASES
from admin_views.vista_formato import VistaFormato
from tests.cliente import Sitio
from tests.plano import DIRECCIONES, Plano, Renglon, leer

pytest_plugins = "tests.sitio"

METODOS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
DE_FABRICA = {"casa.index", "casa.static"}
"""Lo que Flask-Admin registra por su cuenta: existe en el mapa y responde 404 a todos."""


def en_el_mapa(sitio: Sitio) -> set[str]:
    """«cara endpoint MÉTODO» de todo lo que las dos aplicaciones pueden recibir."""
    return {f"{cara} {regla.endpoint} {metodo}" for cara, app in _caras(sitio)
            for regla in app.url_map.iter_rules() for metodo in METODOS}


def _caras(sitio: Sitio) -> Iterator[tuple[str, Flask]]:
    yield "oficina", sitio.app
    yield "portal", sitio.portal


def en_la_matriz(renglones: list[Renglon]) -> set[str]:
    return {f"{renglon.ruta} {metodo}" for renglon in renglones for metodo in renglon.metodos}


# --- la matriz y el mapa dicen lo mismo ---

def test_toda_ruta_y_todo_metodo_estan_en_la_matriz_y_nada_mas(sitio: Sitio) -> None:
    reales, escritos = en_el_mapa(sitio), en_la_matriz(leer())
    assert len(reales) > 200
    assert reales - escritos == set(), "rutas sin renglón: diga qué recibe cada visitante"
    assert escritos - reales == set(), "renglones de rutas que ya no existen"
    assert {renglon.ruta for renglon in leer()} == set(DIRECCIONES)


def test_un_renglon_de_mas_o_de_menos_se_nota(sitio: Sitio) -> None:
    renglones, reales = leer(), en_el_mapa(sitio)
    assert reales - en_la_matriz(renglones[1:]) == {"oficina salud.salud GET"}
    de_mas = renglones[0]._replace(endpoint="puerta.trasera")
    assert en_la_matriz([*renglones, de_mas]) - reales == {"oficina puerta.trasera GET"}


def test_las_clases_cubren_justo_las_rutas_de_la_oficina(sitio: Sitio) -> None:
    endpoints = {regla.endpoint for regla in sitio.app.url_map.iter_rules()}
    assert set(CLASES) == endpoints - DE_FABRICA
    assert {nombre.removeprefix("formato.") for nombre in CLASES if nombre.startswith("formato.")} == {
        nombre for _, nombre, _ in RUTAS}


def test_de_flask_admin_no_llego_ninguna_ruta_nueva() -> None:
    """Si una versión nueva trae otra, hay que ver que siga cerrada antes de aceptarla."""
    assert {(ruta, nombre) for ruta, nombre, _ in VistaFormato._urls} == {
        ("/action/", "action_view"), ("/ajax/lookup/", "ajax_lookup"), ("/ajax/update/", "ajax_update"),
        ("/delete/", "delete_view"), ("/export/<export_type>/", "export"), ("/", "index_view")}


# --- la realidad y la matriz dicen lo mismo ---

@pytest.mark.parametrize("cara", ["oficina", "portal"])
def test_cada_visitante_recibe_lo_que_dice_la_matriz(cara: str, sitio: Sitio) -> None:
    plano = Plano(sitio)
    distintos = []
    for renglon in leer():
        if renglon.cara == cara:
            for visitante in renglon.a_quienes:
                for metodo in renglon.metodos:
                    recibido = plano.probar(renglon, visitante, metodo)
                    if recibido != renglon.esperado[visitante]:
                        distintos.append(f"{renglon.ruta} [{renglon.caso}] {metodo}, {visitante}: "
                                         f"{recibido}, no {renglon.esperado[visitante]}")
    assert distintos == []


def test_una_celda_equivocada_se_nota(sitio: Sitio) -> None:
    [renglon] = [r for r in leer() if r.endpoint == "formato.edit_view" and r.metodos == ("GET",) and r.caso == "ajeno"]
    plano = Plano(sitio)
    assert [plano.probar(renglon, v, "GET") for v in ("unidad", "otra_unidad", "anonimo")] == ["404", "200", "entrada"]


def test_head_contesta_lo_mismo_que_get(sitio: Sitio) -> None:
    plano = Plano(sitio)
    for renglon in leer():
        if renglon.metodos == ("GET",) and renglon.caso != "ausente":
            ruta, unidad = plano.direccion(renglon.ruta, renglon.caso), plano.visitante("unidad")
            assert unidad.pedir("HEAD", ruta).codigo == int(renglon.esperado["unidad"]), ruta
