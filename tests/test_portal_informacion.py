"""Un formato en todas las instituciones como una sola tabla, con sus filtros, sus totales y su descarga."""

import csv
import io
import itertools

import pytest

from models.publicados import acotados, camino_de_todas
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

TODO = f"/informacion/{CLAVE}/"


def descargados(visita: Visita, ruta: str) -> list[str]:
    """Los folios de un CSV."""
    return [fila["folio"] for fila in csv.DictReader(io.StringIO(visita.get(ruta).text))]


def test_junta_las_instituciones_de_lo_ultimo_a_lo_primero(visita: Visita) -> None:
    uno = visita.publicar(denominacion_convenio="De Metepec")
    dos = visita.publicar(persona=visita.casa.ramiro, denominacion_convenio="De Toluca")
    tres = visita.publicar(ejercicio="2025", denominacion_convenio="De Metepec, antes")
    assert visita.folios(TODO) == [tres, dos, uno]
    assert visita.folios(f"{TODO}2026/") == [dos, uno] and visita.folios(f"{TODO}2025/") == [tres]
    fila = visita.sopa(f"{TODO}2026/").select_one("tbody tr")
    encabezados = [th.text for th in visita.sopa(TODO).select_one("table").select("thead th")]
    assert [celda.get("data-t") for celda in fila.select("td")] == encabezados
    assert fila.td.a["href"] == f"/toluca/{CLAVE}/2026/" and fila.td.text == "Toluca"
    assert fila.select_one(".principal a")["href"] == f"/toluca/{CLAVE}/r/{dos}"


def test_los_borradores_y_lo_retirado_no_estan(visita: Visita) -> None:
    visita.casa.capturar(visita.casa.julieta, denominacion_convenio="Borrador")
    retirado, queda = visita.publicar(), visita.publicar(persona=visita.casa.ramiro)
    assert visita.folios(TODO) == [queda, retirado]
    visita.hacer("retirar", retirado, motivo="Se publicó por duplicado.")
    assert visita.folios(TODO) == [queda] and descargados(visita, f"/informacion/{CLAVE}.csv") == [queda]


def test_se_elige_institucion_clase_municipio_y_lo_del_formato(visita: Visita) -> None:
    metepec = visita.publicar(monto_recursos="100", periodo="T1", denominacion_convenio="Árboles")
    toluca = visita.publicar(persona=visita.casa.ramiro, monto_recursos="900", periodo="T2", denominacion_convenio="Pipas")
    assert visita.folios(f"{TODO}?so=metepec") == [metepec]
    assert visita.folios(f"{TODO}?so=metepec,toluca") == visita.folios(f"{TODO}?so=metepec&so=toluca") == [toluca, metepec]
    assert visita.folios(f"{TODO}?poder=municipal") == [toluca, metepec]
    assert visita.folios(f"{TODO}?periodo=T2") == [toluca] and visita.folios(f"{TODO}?q=arbol") == [metepec]
    assert visita.folios(f"{TODO}?monto_recursos_hasta=500") == [metepec]
    assert visita.folios(f"{TODO}?so=toluca&monto_recursos_hasta=500") == []
    quitar = [a["href"] for a in visita.sopa(f"{TODO}?so=metepec,toluca&periodo=T1").select(".puestos a")]
    assert f"{TODO}?so=toluca&periodo=T1" in quitar and TODO in quitar


CUANTOS = {"": 9, "?so=metepec": 6, "?so=metepec,toluca": 9, "?monto_recursos_desde=2": 7, "?q=convenio": 9}


def test_las_paginas_no_repiten_ni_saltan(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camino_de_todas, "LOTE", 3)
    visita.publicados.por_pagina = 2
    personas = itertools.cycle([visita.casa.laura, visita.casa.laura, visita.casa.ramiro])
    for n in range(9):
        visita.publicar(persona=next(personas), monto_recursos=str(n), denominacion_convenio=f"Convenio {n}")
    for consulta, cuantos in CUANTOS.items():
        vistos = recorrer(visita, f"{TODO}{consulta}")
        assert sorted(vistos) == sorted(descargados(visita, f"/informacion/{CLAVE}.csv{consulta}")), consulta
        assert vistos == sorted(vistos, reverse=True) and len(vistos) == cuantos, f"lo más nuevo primero: {consulta}"


def recorrer(visita: Visita, ruta: str, rel: str = "next") -> list[str]:
    """Los folios de todas las páginas, de dos en dos; con ``prev``, desde esa hacia la primera."""
    vistos = list[str]()
    while ruta:
        sopa = visita.sopa(ruta)
        pagina = [str(fila["data-folio"]) for fila in sopa.select("tr[data-folio]")]
        assert len(pagina) <= 2
        vistos = vistos + pagina if rel == "next" else pagina + vistos
        otra = sopa.select_one(f"a[rel={rel}]")
        ultima, ruta = ruta, otra["href"] if otra else ""
    return vistos if rel == "prev" or "orden=" in ultima else regresar(visita, ultima, vistos)


def regresar(visita: Visita, ultima: str, vistos: list[str]) -> list[str]:
    """De la última página se vuelve a la primera con «Anterior», viendo lo mismo."""
    assert recorrer(visita, ultima, "prev") == vistos, ultima
    return vistos


def test_se_ordena_por_una_columna_entre_todas_o_dice_por_que_no(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    visita.publicados.por_pagina = 2
    montos = {visita.publicar(persona=quien, monto_recursos=monto, denominacion_convenio=f"Uno de {monto or 'nada'}"): monto
              for quien, monto in ((visita.casa.laura, "30"), (visita.casa.ramiro, "200"), (visita.casa.laura, ""),
                                   (visita.casa.ramiro, "4"), (visita.casa.laura, "1000"))}
    de_menor_a_mayor = sorted(montos, key=lambda folio: float(montos[folio] or 9999))
    ruta = f"{TODO}?orden=monto_recursos"
    assert recorrer(visita, ruta) == de_menor_a_mayor
    segunda = visita.sopa(ruta).select_one("a[rel=next]")["href"]
    assert visita.folios(visita.sopa(segunda).select_one("a[rel=prev]")["href"]) == de_menor_a_mayor[:2]
    assert [montos[f] for f in visita.folios(f"{TODO}?orden=-monto_recursos&so=toluca")] == ["200", "4"]
    assert visita.folios(f"{TODO}?orden=monto_recursos&q=mil") == [] and len(recorrer(visita, f"{ruta}&q=uno")) == 5
    sopa = visita.sopa(ruta)
    assert "de menor a mayor" in sopa.select_one(".resumen").text and sopa.select_one("meta[name=robots]")
    assert len(sopa.select("th[aria-sort=ascending]")) == 1 and sopa.select_one("th a")["href"].startswith(TODO)
    monkeypatch.setattr(acotados, "TOPE", 4)
    monkeypatch.setattr("portal.informacion.TOPE", 4)
    assert "Son más de 20,000 registros" in visita.texto(ruta) and not visita.sopa(ruta).select("th a")
    assert visita.folios(ruta) == sorted(montos, reverse=True)[:2], "y van de lo último a lo primero"


def test_su_titulo_y_su_resumen_dicen_de_que_es(visita: Visita) -> None:
    visita.publicar()
    sopa = visita.sopa(f"{TODO}2026/")
    assert sopa.title.text == "Convenios 2026 de todas las instituciones del Estado de México · IPOMEX"
    descripcion = sopa.select_one("meta[name=description]")["content"]
    assert descripcion.startswith("Convenios 2026: 1 convenio de 1 institución del Estado de México")
    assert sopa.select_one("link[rel=canonical]")["href"].endswith(f"{TODO}2026/") and not sopa.select_one("meta[name=robots]")


def test_mira_una_ventana_y_deja_seguir(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camino_de_todas, "LOTE", 2)
    monkeypatch.setattr(camino_de_todas, "LOTES", 1)
    buscado = visita.publicar(monto_recursos="7")
    for _ in range(3):
        visita.publicar(persona=visita.casa.ramiro, monto_recursos="1")
    ruta = f"{TODO}?monto_recursos_desde=5"
    assert visita.folios(ruta) == [] and "Ninguno de los registros más nuevos coincide" in visita.texto(ruta)
    assert visita.folios(visita.sopa(ruta).select_one("a[rel=next]")["href"]) == [buscado]


def test_suma_lo_de_todas_o_lo_de_las_elegidas(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    visita.publicar(monto_recursos="100.50")
    visita.publicar(persona=visita.casa.ramiro, monto_recursos="900")
    visita.publicar(persona=visita.casa.ramiro, monto_recursos="")

    def total(consulta: str = "") -> str:
        cifra = visita.sopa(f"{TODO}{consulta}").select_one(".cifras dd")
        return " ".join(cifra.text.split()) if cifra else ""

    assert total() == "$1,000.50 de 3 convenios, 2 con monto"
    assert total("?so=toluca") == "$900.00 de 2 convenios, 1 con monto"
    assert total("?monto_recursos_hasta=200") == "$100.50 de 1 convenio, 1 con monto"
    assert total("?q=convenio&so=toluca") == "$900.00 de 2 convenios, 1 con monto"
    monkeypatch.setattr(acotados, "TOPE", 2)
    assert total("?monto_recursos_hasta=200") == ""
    assert "El total no se calcula" in visita.texto(f"{TODO}?monto_recursos_hasta=200")


def test_dice_quienes_la_publican_y_quienes_no(visita: Visita) -> None:
    visita.publicar()
    texto = visita.texto(TODO)
    assert "Qué instituciones la publican (1)" in texto and "Cuáles todavía no" in texto
    [publica, falta] = visita.sopa(TODO).select("ul.ligas")
    assert [a["href"] for a in publica.select("a")] == [f"/metepec/{CLAVE}/"]
    assert f"/toluca/{CLAVE}/" in [a["href"] for a in falta.select("a")]


def test_nada_publicado_lo_dice(visita: Visita) -> None:
    assert "Ninguna institución ha publicado esta información todavía" in visita.texto(TODO)


def test_lo_vigente_no_va_por_anios(visita: Visita) -> None:
    assert visita.get("/informacion/organigrama/").status_code == 200
    assert visita.get("/informacion/organigrama/2025/").status_code == 404


def test_lo_imposible_y_lo_que_no_existe_es_un_404(visita: Visita) -> None:
    for mala in ("so=nadie", "poder=x", "municipio=atlantida", "periodo=M99", "antes=x", "monto_recursos_desde=x"):
        assert visita.get(f"{TODO}?{mala}").status_code == 404, mala
    for ruta in ("/informacion/no_existe/", f"/informacion/{CLAVE}/1999/", f"/informacion/{CLAVE}/9999.csv"):
        assert visita.get(ruta).status_code == 404, ruta


def test_descarga_lo_que_el_filtro_ensena(visita: Visita) -> None:
    visita.publicar(monto_recursos="100")
    visita.publicar(persona=visita.casa.ramiro, monto_recursos="900", ejercicio="2025")
    for extension in ("csv", "xlsx", "json"):
        respuesta = visita.get(f"/informacion/{CLAVE}.{extension}?monto_recursos_desde=500")
        assert respuesta.status_code == 200 and "attachment" in respuesta.headers["Content-Disposition"]
    assert [r["so"] for r in respuesta.json["registros"]] == ["toluca"]
    for dia in ("desde=2026-01-01", "al=2026-01-01"):
        respuesta = visita.get(f"/informacion/{CLAVE}.csv?{dia}")
        assert respuesta.status_code == 400 and f"/datos/{CLAVE}.csv" in respuesta.text, "callarlo daría otra cosa"
    [enlace] = [a["href"] for a in visita.sopa(f"{TODO}?monto_recursos_desde=500").select(".descargas a") if a.text == "CSV"]
    assert len(descargados(visita, enlace)) == 1
