"""El buscador: encuentra lo publicado sin importar acentos ni plurales, y nada más que lo publicado."""

from urllib.parse import quote

import pytest

from models.folios import de_folio
from models.publicados import hallazgos
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def hallados(visita: Visita, ruta: str) -> list[str]:
    """Los títulos de los resultados."""
    return [h2.get_text(strip=True) for h2 in visita.sopa(ruta).select(".hallazgos h2")]


def test_encuentra_sin_acentos_ni_plurales(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Reforestación de jardines públicos")
    assert hallados(visita, "/buscar?q=JARDIN+reforestacion") == ["Reforestación de jardines públicos"]
    sopa = visita.sopa("/buscar?q=jardín")
    assert sopa.select_one(".hallazgos a")["href"] == f"/metepec/{CLAVE}/r/{folio}"
    assert "1 resultado, lo más nuevo primero" in visita.texto("/buscar?q=jardín")
    assert "Metepec · Convenios · 2026, 4.º trimestre" in visita.texto("/buscar?q=jardín")


def test_se_acota_a_una_institucion_y_a_un_tipo(visita: Visita) -> None:
    visita.publicar(denominacion_convenio="Jardín de Metepec")
    visita.publicar(persona=visita.casa.ramiro, denominacion_convenio="Jardín de Toluca")
    visita.publicar("licitaciones", descripcion="Jardín comprado")
    assert len(hallados(visita, "/buscar?q=jardin")) == 3
    assert hallados(visita, "/buscar?q=jardin&institucion=toluca") == ["Jardín de Toluca"]
    assert hallados(visita, f"/buscar?q=jardin&institucion=metepec&tema={CLAVE}") == ["Jardín de Metepec"]


def test_lo_retirado_deja_de_encontrarse(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Jardín retirado")
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    assert "No se encontró nada con «jardín»" in visita.texto("/buscar?q=jardín")
    assert "Jardín retirado" not in visita.get("/buscar?q=retirado").text


def test_encuentra_la_version_aprobada_y_no_la_que_se_esta_corrigiendo(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Jardín")
    visita.casa.editar(visita.casa.laura, de_folio(folio), denominacion_convenio="Panteón")
    assert hallados(visita, "/buscar?q=panteon") == []
    assert hallados(visita, "/buscar?q=jardin") == ["Jardín"]


def test_va_por_paginas(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hallazgos, "POR_PAGINA", 2)
    for numero in range(5):
        visita.publicar(denominacion_convenio=f"Jardín {numero}")
    vistos, ruta = [], "/buscar?q=jardin"
    while ruta:
        vistos += hallados(visita, ruta)
        siguiente = visita.sopa(ruta).select_one("a[rel=next]")
        ruta = siguiente["href"] if siguiente else ""
    assert vistos == [f"Jardín {numero}" for numero in (4, 3, 2, 1, 0)]


def test_sugiere_instituciones_y_tipos_de_informacion(visita: Visita) -> None:
    enlaces = [a["href"] for a in visita.sopa("/buscar?q=metepec").select(".sugerencias a")]
    assert enlaces == ["/metepec/"]
    enlaces = [a["href"] for a in visita.sopa("/buscar?q=convenio").select(".sugerencias a")]
    assert enlaces == [f"/instituciones?tema={CLAVE}"]


def test_sin_nada_que_buscar_ayuda(visita: Visita) -> None:
    for tecleado, dice in (("", "Escriba lo que busca"), ("   ", "Escriba lo que busca"), ("de la", "no distingue nada"),
                           ("+-*/()\"'", "no distingue nada")):
        assert dice in visita.texto(f"/buscar?q={quote(tecleado)}")


def test_dos_mil_palabras_no_lo_tiran(visita: Visita) -> None:
    visita.publicar()
    respuesta = visita.get("/buscar?q=" + "+".join(f"palabra{i}" for i in range(2000)))
    assert respuesta.status_code == 200
    assert len(respuesta.text) < 30_000


def test_lo_tecleado_se_escapa(visita: Visita) -> None:
    respuesta = visita.get("/buscar?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in respuesta.text


def test_una_institucion_o_un_tipo_que_no_existen_son_404(visita: Visita) -> None:
    assert visita.get("/buscar?q=a&institucion=nadie").status_code == 404
    assert visita.get("/buscar?q=a&institucion=%00").status_code == 404
    assert visita.get("/buscar?q=a&tema=nada").status_code == 404
