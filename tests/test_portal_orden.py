"""Ordenar la tabla por una columna: exacto cuando son pocos, y dicho con franqueza cuando son demasiados."""

import random

import pytest

from fracciones_config import Campo, TipoCampo
from models.publicados import acotados
from models.publicados.acotados import sort_ids
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

PAGINA = f"/metepec/{CLAVE}/2026/"


def _recorrer(visita: Visita, ruta: str) -> list[str]:
    vistos: list[str] = []
    while ruta:
        vistos += visita.folios(ruta)
        siguiente = visita.sopa(ruta).select_one("a[rel=next]")
        ruta = siguiente["href"] if siguiente else ""
    return vistos


def test_ordena_por_dinero_y_lo_que_no_tiene_va_al_final(visita: Visita) -> None:
    visita.publicados.por_pagina = 2
    medio, sin = visita.publicar(monto_recursos="500"), visita.publicar(monto_recursos="")
    chico, grande = visita.publicar(monto_recursos="9.50"), visita.publicar(monto_recursos="10,000")
    assert _recorrer(visita, f"{PAGINA}?orden=monto_recursos") == [chico, medio, grande, sin]
    assert _recorrer(visita, f"{PAGINA}?orden=-monto_recursos") == [grande, medio, chico, sin]


def test_ordena_como_lee_una_persona(visita: Visita) -> None:
    nombres = ["Zumpango", "ñandú", "Nuez", "árbol", "Obras"]
    folios = {nombre: visita.publicar(denominacion_convenio=nombre) for nombre in nombres}
    esperado = [folios[nombre] for nombre in ("árbol", "Nuez", "ñandú", "Obras", "Zumpango")]
    assert visita.folios(f"{PAGINA}?orden=denominacion_convenio") == esperado


def test_las_paginas_de_un_orden_van_y_vuelven(visita: Visita) -> None:
    visita.publicados.por_pagina = 2
    for monto in ("3", "1", "2", "2", "5"):
        visita.publicar(monto_recursos=monto)
    ruta = f"{PAGINA}?orden=monto_recursos"
    primera, sopa = visita.folios(ruta), visita.sopa(ruta)
    segunda = sopa.select_one("a[rel=next]")["href"]
    tercera = visita.sopa(segunda).select_one("a[rel=next]")["href"]
    assert visita.folios(visita.sopa(tercera).select_one("a[rel=prev]")["href"]) == visita.folios(segunda)
    assert visita.folios(visita.sopa(segunda).select_one("a[rel=prev]")["href"]) == primera
    todos = [*primera, *visita.folios(segunda), *visita.folios(tercera)]
    assert len(set(todos)) == 5


def test_el_orden_se_combina_con_filtros_y_palabras(visita: Visita) -> None:
    uno = visita.publicar(monto_recursos="10", denominacion_convenio="Pipas")
    visita.publicar(monto_recursos="20", denominacion_convenio="Árboles")
    tres = visita.publicar(monto_recursos="30", denominacion_convenio="Pipas nuevas")
    assert visita.folios(f"{PAGINA}?orden=-monto_recursos&q=pipa") == [tres, uno]
    assert visita.folios(f"{PAGINA}?orden=-monto_recursos&q=pipa&monto_recursos_hasta=20") == [uno]
    assert visita.folios(f"{PAGINA}?orden=-monto_recursos&q=inexistente") == []


def test_el_encabezado_lleva_al_orden_y_dice_en_cual_va(visita: Visita) -> None:
    visita.publicar(monto_recursos="10")
    [monto] = visita.sopa(PAGINA).select("th.num")
    assert monto.a["href"] == f"{PAGINA}?orden=-monto_recursos" and monto.get("aria-sort") is None
    [monto] = visita.sopa(monto.a["href"]).select("th.num")
    assert monto["aria-sort"] == "descending" and monto.a["href"] == f"{PAGINA}?orden=monto_recursos"
    assert "de mayor a menor" in visita.texto(f"{PAGINA}?orden=-monto_recursos")


@pytest.mark.parametrize("mas", ["", "&q=convenio"])
def test_si_son_demasiados_lo_dice_en_vez_de_mentir(visita: Visita, monkeypatch: pytest.MonkeyPatch, mas: str) -> None:
    folios = [visita.publicar(monto_recursos=monto, denominacion_convenio="Convenio") for monto in ("1", "3", "2")]
    monkeypatch.setattr(acotados, "TOPE", 2)
    monkeypatch.setattr(acotados, "TOPE_DE_PALABRAS", 2)
    ruta = f"{PAGINA}?orden=-monto_recursos{mas}"
    assert visita.folios(ruta) == folios[::-1], "del más nuevo al más viejo"
    assert "para poder ordenarlos" in visita.texto(ruta)
    assert "de mayor a menor" not in visita.sopa(ruta).select_one(".resumen").text


def test_un_registro_retirado_no_sirve_de_cursor(visita: Visita) -> None:
    visita.publicados.por_pagina = 1
    chico, grande = visita.publicar(monto_recursos="1"), visita.publicar(monto_recursos="2")
    ruta = visita.sopa(f"{PAGINA}?orden=monto_recursos").select_one("a[rel=next]")["href"]
    assert visita.folios(ruta) == [grande]
    visita.hacer("retirar", chico, motivo="Se publicó por duplicado.")
    assert visita.folios(ruta) == [grande], "se empieza desde el principio"


@pytest.mark.parametrize("tipo", [TipoCampo.TEXTO, TipoCampo.MONEDA, TipoCampo.FECHA])
def test_ordenar_no_pierde_ni_repite(tipo: TipoCampo) -> None:
    azar, campo = random.Random(5), Campo(nombre="x", tipo=tipo, etiqueta="X", ayuda="Y.", ejemplo="z")
    valores = [None, "b", "á", "a", "B"] if tipo is not TipoCampo.MONEDA else [None, 3, 1, 2]
    filas = [(id_, azar.choice(valores)) for id_ in range(200)]
    for descendente in (False, True):
        ids = sort_ids(campo, filas, descendente)
        assert sorted(ids) == list(range(200))
        sin_dato = [id_ for id_ in ids if dict(filas)[id_] is None]
        assert ids[-len(sin_dato):] == sorted(sin_dato, reverse=True)
