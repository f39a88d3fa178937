"""Lo vigente: se ve lo de hoy, y lo que regía al cerrar cada año se sigue contestando."""

import datetime as dt

import pytest

from models.domain.catalogo_vigente import vigente
from models.folios import de_folio
from models.publicados import vigencias
from models.publicados.vigencias import start_of_year
from models.reloj import MEXICO, hoy
from tests.portal_prep import Visita, visitar
from tests.versiones import empezar

visita = pytest.fixture(visitar)

CLAVE = "marco_normativo"
ANTES = hoy().year - 2


def mudar(folio: str, desde: int, hasta: int | None = None, numero: int = 1) -> None:
    """Como si esa versión hubiera sido pública entre esos años (a mediados de cada uno)."""
    def mediados(anio: int) -> int:
        return int(dt.datetime(anio, 7, 1, tzinfo=MEXICO).timestamp() * 1000)
    empezar(vigente.foto.tablas[CLAVE], de_folio(folio), numero, mediados(desde), mediados(hasta) if hasta else None)


def publicar(visita: Visita, **campos: str) -> str:
    return visita.publicar(CLAVE, **campos)


def test_ensena_lo_de_hoy_sin_anio(visita: Visita) -> None:
    folio = publicar(visita, denominacion="Bando Municipal")
    sopa = visita.sopa(f"/metepec/{CLAVE}/")
    assert [str(f["data-folio"]) for f in sopa.select("tr[data-folio]")] == [folio]
    assert "1 norma, del registro más nuevo" in visita.texto(f"/metepec/{CLAVE}/")
    assert not sopa.select(".anios"), "el primer año no hay otro que elegir"


def test_cada_anio_ensena_lo_que_regia_al_cerrarlo(visita: Visita) -> None:
    siempre, derogada, nueva = (publicar(visita, denominacion=nombre) for nombre in ("Siempre", "Derogada", "Nueva"))
    visita.hacer("retirar", derogada, CLAVE, motivo="Se derogó con la reforma.")
    mudar(siempre, ANTES)
    mudar(derogada, ANTES, ANTES + 1)
    mudar(nueva, ANTES + 1)
    anios = [a.text for a in visita.sopa(f"/metepec/{CLAVE}/").select(".anios a")]
    assert anios == ["Vigente hoy", f"Al cierre de {ANTES + 1}", f"Al cierre de {ANTES}"]
    assert set(visita.folios(f"/metepec/{CLAVE}/{ANTES}/")) == {siempre, derogada}
    assert set(visita.folios(f"/metepec/{CLAVE}/{ANTES + 1}/")) == {siempre, nueva}
    assert visita.folios(f"/metepec/{CLAVE}/{hoy().year}/") == visita.folios(f"/metepec/{CLAVE}/{ANTES + 1}/")
    assert f"Esto es lo que estaba vigente el 31/12/{ANTES}" in visita.texto(f"/metepec/{CLAVE}/{ANTES}/")
    assert "Derogada" in visita.get(f"/metepec/{CLAVE}/{ANTES}.csv").text
    assert "Derogada" not in visita.get(f"/metepec/{CLAVE}.csv").text


def test_ensena_el_contenido_de_entonces(visita: Visita) -> None:
    folio = publicar(visita, denominacion="Como era")
    visita.casa.editar(visita.casa.laura, de_folio(folio), CLAVE, denominacion="Como es")
    visita.hacer("publicar", folio, CLAVE)
    mudar(folio, ANTES, ANTES + 1, numero=1)
    mudar(folio, ANTES + 1, numero=2)
    assert "Como era" in visita.texto(f"/metepec/{CLAVE}/{ANTES}/")
    assert "Como es" in visita.texto(f"/metepec/{CLAVE}/{ANTES + 1}/")


@pytest.mark.parametrize("ventana", [1, 2, 1000])
def test_va_por_paginas_en_los_dos_sentidos(ventana: int, visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    visita.publicados.por_pagina = 2
    monkeypatch.setattr(vigencias.AlCorte.__init__, "__defaults__", (ventana,))
    folios = [publicar(visita) for _ in range(5)]
    for folio in folios:
        mudar(folio, ANTES)
    visita.hacer("retirar", folios[2], CLAVE, motivo="Se derogó con la reforma.")
    mudar(folios[2], ANTES, ANTES)
    quedan = [folio for folio in folios[::-1] if folio != folios[2]]
    primera = visita.sopa(f"/metepec/{CLAVE}/{ANTES}/")
    segunda = primera.select_one("a[rel=next]")["href"]
    assert visita.folios(f"/metepec/{CLAVE}/{ANTES}/") == quedan[:2]
    assert visita.folios(segunda) == quedan[2:]
    assert visita.folios(visita.sopa(segunda).select_one("a[rel=prev]")["href"]) == quedan[:2]
    assert not visita.sopa(segunda).select("a[rel=next]")


def test_un_anio_sin_nada_publicado_todavia_es_404(visita: Visita) -> None:
    assert visita.get(f"/metepec/{CLAVE}/{ANTES}/").status_code == 404
    publicar(visita)
    assert visita.get(f"/metepec/{CLAVE}/{hoy().year}/").status_code == 200
    for anio in (hoy().year - 1, hoy().year + 1, 1900):
        assert visita.get(f"/metepec/{CLAVE}/{anio}/").status_code == 404


def test_el_anio_empieza_en_la_hora_de_mexico() -> None:
    assert start_of_year(2026) == 1767247200000
