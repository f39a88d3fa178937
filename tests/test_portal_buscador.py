"""El buscador: encuentra lo publicado sin importar acentos ni plurales, y nada más que lo publicado."""

from collections.abc import Callable
from itertools import product
from urllib.parse import quote

import pytest

from models.folios import de_folio
from models.publicados import hallazgos
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def hallados(visita: Visita, ruta: str) -> list[str]:
    """Los títulos de los resultados."""
    return [" ".join(h2.get_text().split()) for h2 in visita.sopa(ruta).select(".hallazgos h2")]


def folios(visita: Visita, ruta: str) -> list[str]:
    """Los folios de los resultados."""
    return [a["href"].rpartition("/")[2] for a in visita.sopa(ruta).select(".hallazgos h2 a")]


def test_encuentra_sin_acentos_ni_plurales(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Reforestación de jardines públicos")
    assert hallados(visita, "/buscar?q=JARDIN+reforestacion") == ["Reforestación de jardines públicos"]
    sopa = visita.sopa("/buscar?q=jardín")
    assert sopa.select_one(".hallazgos a")["href"] == f"/metepec/{CLAVE}/r/{folio}"
    assert "1 resultado." in visita.texto("/buscar?q=jardín") and not sopa.select("#orden")
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


def test_primero_lo_que_mejor_responde_y_si_se_quiere_lo_mas_nuevo(visita: Visita) -> None:
    """En el nombre pesa más que en otro dato; junto, más que disperso; y entre iguales, lo más nuevo."""
    relleno = "Se firma con la dependencia que ejecuta, a petición de los vecinos, y se da cuenta al cabildo cada semestre."
    en_orden = [
        visita.publicar(denominacion_convenio="Puente viejo"),
        visita.publicar(denominacion_convenio="Obras del puente viejo y su camino"),
        visita.publicar(denominacion_convenio="Viejo camino del puente"),
        visita.publicar(denominacion_convenio="Un puente", objetivo="Se arregla el puente viejo."),
        visita.publicar(denominacion_convenio="Otro", objetivo="El puente viejo se limpia."),
        visita.publicar(denominacion_convenio="Otro", objetivo="Viejo y estrecho puente."),
        visita.publicar(denominacion_convenio="Otro", objetivo=f"El puente. {relleno} Lo viejo se quita."),
    ]
    assert folios(visita, "/buscar?q=puente+viejo") == en_orden
    assert folios(visita, "/buscar?q=puente+viejo&orden=relevantes") == en_orden
    assert folios(visita, "/buscar?q=puente+viejo&orden=recientes") == en_orden[::-1]
    assert [r["folio"] for r in visita.get("/buscar.json?q=puente+viejo").json["resultados"]] == en_orden


def test_el_orden_se_elige_y_se_conserva(visita: Visita) -> None:
    for numero in range(2):
        visita.publicar(denominacion_convenio=f"Jardín {numero}")
    sopa = visita.sopa("/buscar?q=jardin&institucion=metepec")
    assert sopa.select_one("#orden strong").text == "Más relevantes"
    enlace = sopa.select_one("#orden a")
    assert (enlace.text, enlace["href"]) == ("Más recientes", "/buscar?q=jardin&institucion=metepec&orden=recientes#orden")
    otra = visita.sopa(enlace["href"])
    assert otra.select_one("#orden strong").text == "Más recientes"
    assert otra.select_one("form.filtros input[name=orden]")["value"] == "recientes"
    assert "orden=recientes" in otra.select_one(".puestos a")["href"], "quitar un filtro no cambia el orden"
    assert visita.sopa("/buscar?institucion=metepec").select("#orden") == [], "sin palabras no hay qué sea más relevante"
    assert visita.get("/buscar?q=jardin&orden=nada").status_code == 404


def test_lo_relevante_se_escoge_de_lo_mas_nuevo_y_luego_lo_demas(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    """Las páginas no pierden nada, aunque entre una y otra se publique algo más."""
    monkeypatch.setattr(hallazgos, "POR_PAGINA", 2)
    monkeypatch.setattr(hallazgos, "ENTRE", 5)
    suyos = {visita.publicar(denominacion_convenio="Jardín" if numero % 3 == 2 else f"Obras del jardín {numero}")
             for numero in range(8)}
    assert "primero, los más relevantes de los 5 más recientes" in visita.texto("/buscar?q=jardin")
    assert hallados(visita, "/buscar?q=jardin") == ["Jardín", "Obras del jardín 7"], "el más viejo no entró"
    de_corrido = recorrer(visita, lambda: None)
    assert len(de_corrido) == 8 and set(de_corrido) == suyos, "ni falta ni se repite"
    assert suyos == set(recorrer(visita, lambda: visita.publicar(denominacion_convenio="Jardín")))


def recorrer(visita: Visita, tras_la_primera: Callable[[], object]) -> list[str]:
    """Los folios de todas las páginas de «jardín», y lo que pase después de la primera."""
    vistos: list[str] = []
    ruta = "/buscar?q=jardin"
    while ruta:
        vistos += folios(visita, ruta)
        boton = visita.sopa(ruta).select_one(".paginas a.boton")
        ruta = boton["href"] if boton else ""
        if len(vistos) == 2:
            tras_la_primera()
    return vistos


def test_las_direcciones_de_pagina_de_antes_siguen_por_fecha(visita: Visita) -> None:
    viejo, nuevo = (visita.publicar(denominacion_convenio=f"Jardín {n}") for n in range(2))
    assert folios(visita, f"/buscar?q=jardin&antes={nuevo}") == [viejo]
    for mala in (f"antes={nuevo}&orden=relevantes", f"antes=8-{nuevo}&orden=recientes", "antes=8-", f"antes=-{nuevo}",
                 f"antes=99999-{nuevo}", f"antes=8-8-{nuevo}", f"antes=%D9%A3-{nuevo}"):
        assert visita.get(f"/buscar?q=jardin&{mala}").status_code == 404, mala


def test_sugiere_instituciones_y_tipos_de_informacion(visita: Visita) -> None:
    enlaces = [a["href"] for a in visita.sopa("/buscar?q=metepec").select(".sugerencias a")]
    assert enlaces == ["/metepec/"]
    enlaces = [a["href"] for a in visita.sopa("/buscar?q=convenio").select(".sugerencias a")]
    assert enlaces == [f"/informacion/{CLAVE}/"]


def test_sin_nada_que_buscar_ayuda(visita: Visita) -> None:
    for tecleado, dice in (("", "Escriba lo que busca"), ("   ", "Escriba lo que busca"), ("de la", "no distingue nada"),
                           ("+-*/()\"'", "no distingue nada")):
        assert dice in visita.texto(f"/buscar?q={quote(tecleado)}")


def test_dos_mil_palabras_no_lo_tiran(visita: Visita) -> None:
    visita.publicar()
    respuesta = visita.get("/buscar?q=" + "+".join(f"palabra{i}" for i in range(2000)))
    assert respuesta.status_code == 200
    assert len(respuesta.text) < 40_000


def test_lo_tecleado_se_escapa(visita: Visita) -> None:
    respuesta = visita.get("/buscar?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in respuesta.text


def test_una_institucion_o_un_tipo_que_no_existen_son_404(visita: Visita) -> None:
    assert visita.get("/buscar?q=a&institucion=nadie").status_code == 404
    assert visita.get("/buscar?q=a&institucion=%C3%B1%C3%B1").status_code == 404
    assert visita.get("/buscar?q=a&articulo=99").status_code == 404
    assert visita.get("/buscar?q=a&antes=uno").status_code == 404
    assert visita.get("/buscar?q=a&tema=nada").status_code == 404


def test_busca_solo_por_montos_fechas_y_anio_sin_palabras(visita: Visita) -> None:
    visita.publicar(denominacion_convenio="Chico", monto_recursos="999,999.99", fecha_firma="15/03/2026")
    visita.publicar(denominacion_convenio="Justo", monto_recursos="1,000,000.00", fecha_firma="31/03/2026")
    visita.publicar(denominacion_convenio="Grande", monto_recursos="7,350,000.10", fecha_firma="01/04/2026")
    visita.publicar(persona=visita.casa.ramiro, denominacion_convenio="De Toluca", monto_recursos="8,000,000.00")
    assert hallados(visita, "/buscar?institucion=metepec&monto_desde=1,000,000") == ["Grande", "Justo"]
    assert hallados(visita, "/buscar?institucion=metepec&monto_desde=999999.99&monto_hasta=$7,350,000.09") == ["Justo", "Chico"]
    assert hallados(visita, "/buscar?monto_desde=7350000.11&tema=convenios") == ["De Toluca"]
    assert hallados(visita, "/buscar?q=chico&monto_hasta=999999.98") == []
    assert "Chico" in hallados(visita, "/buscar?institucion=metepec&fecha_desde=15/03/2026&fecha_hasta=2026-03-15")
    assert "Chico" in hallados(visita, "/buscar?institucion=metepec&ejercicio=2026&periodo=T4&articulo=12-XII")
    assert hallados(visita, "/buscar?institucion=metepec&ejercicio=2025") == []
    assert hallados(visita, "/buscar?institucion=metepec&articulo=13") == []
    assert hallados(visita, "/buscar?institucion=metepec&tema=convenios&articulo=13") == []


def test_un_rango_de_orillas_va_por_paginas_sin_perder_ni_repetir(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aunque el índice dé de más y haya que seguir mirando por lotes."""
    for nombre, valor in (("POR_PAGINA", 2), ("TOPE", 3), ("LOTE", 2), ("LOTES", 2)):
        monkeypatch.setattr(hallazgos, nombre, valor)
    for numero in range(14):
        visita.publicar(denominacion_convenio=f"Jardín {numero}", monto_recursos=f"{1_000_000 + numero % 3}.00")
    vistos, ruta, paginas = [], "/buscar?monto_desde=1000001&monto_hasta=1000001", 0
    while ruta and paginas < 20:
        vistos += hallados(visita, ruta)
        siguiente = visita.sopa(ruta).select_one("a[rel=next]")
        ruta, paginas = siguiente["href"] if siguiente else "", paginas + 1
    assert vistos == [f"Jardín {numero}" for numero in (13, 10, 7, 4, 1)]


def test_marca_lo_hallado_donde_esta(visita: Visita) -> None:
    largo = "Al principio no está. " * 20 + "Aquí vienen las LICITACIONES públicas del año. " + "Y después nada. " * 20
    visita.publicar(denominacion_convenio="La licitación de Añil", objetivo=largo)
    [resultado] = visita.sopa("/buscar?q=licitacion+ano").select(".hallazgos li")
    assert [marca.text for marca in resultado.h2.select("mark")] == ["licitación"]
    [hallado] = [dd for dd in resultado.select("dd") if dd.select("mark")]
    assert [marca.text for marca in hallado.select("mark")] == ["LICITACIONES", "año"]
    assert hallado.text.startswith("…") and len(hallado.text) < 260


def test_ensena_y_marca_el_monto_que_cumple(visita: Visita) -> None:
    visita.publicar(denominacion_convenio="Uno", monto_recursos="1,234,567.80")
    marcas = [marca.text for marca in visita.sopa("/buscar?monto_desde=1000000").select("dd mark")]
    assert marcas == ["$1,234,567.80"]


def test_las_facetas_cuentan_y_los_filtros_se_quitan(visita: Visita) -> None:
    for numero in range(3):
        visita.publicar(denominacion_convenio=f"Jardín {numero}")
    visita.publicar(persona=visita.casa.ramiro, denominacion_convenio="Jardín")
    visita.publicar("licitaciones", descripcion="Jardín comprado")
    facetas = {d.summary.text: [" ".join(li.get_text(" ").split()) for li in d.select("li")]
               for d in visita.sopa("/buscar?q=jardin").select(".facetas details")}
    assert facetas["Institución"] == ["Metepec 4", "Toluca 1"]
    assert facetas["Tipo de información"] == ["Convenios 4", "Licitaciones y contratos 1"]
    acotada = visita.sopa("/buscar?q=jardin").select_one(".facetas a")["href"]
    sopa = visita.sopa(acotada)
    assert len(sopa.select(".hallazgos li")) == 4
    assert "Institución" not in [d.summary.text for d in sopa.select(".facetas details")]
    [quitar] = sopa.select(".puestos a")
    assert len(visita.sopa(quitar["href"]).select(".hallazgos li")) == 5


def test_con_mas_del_tope_las_facetas_lo_dicen(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hallazgos, "TOPE", 2)
    for persona in (visita.casa.laura, visita.casa.laura, visita.casa.ramiro):
        visita.publicar(persona=persona, denominacion_convenio="Jardín")
    leido = visita.texto("/buscar?q=jardin")
    assert "Más de 1,000" not in leido and "Los números son de los" in leido
    exacto = visita.get("/buscar.json?institucion=metepec").json
    assert exacto["total"] == 2 and not exacto["hay_mas_que_el_total"]


def test_lo_que_se_nombra_va_directo(visita: Visita) -> None:
    def directas(ruta: str) -> list[str]:
        return [str(a["href"]) for a in visita.sopa(ruta).select(".sugerencias a")]
    assert directas("/buscar?q=contratos+metepec")[0] == "/metepec/licitaciones/"
    assert "/metepec/convenios/" in directas("/buscar?q=convenio&institucion=metepec")
    assert "/informacion/remuneraciones/" in directas("/buscar?q=sueldos")


def test_lo_mal_escrito_se_explica_y_vuelve_al_formulario(visita: Visita) -> None:
    respuesta = visita.get("/buscar?q=jardin&monto_desde=mucho&fecha_hasta=31/02/2026&ejercicio=26&periodo=Z9")
    assert respuesta.status_code == 400
    assert 'value="mucho"' in respuesta.text and respuesta.text.count('aria-invalid="true"') == 4
    assert visita.get("/buscar?monto_desde=5&monto_hasta=1").status_code == 400
    error = visita.get("/buscar.json?monto_desde=mucho")
    assert error.status_code == 400 and error.mimetype == "application/problem+json" and "monto_desde" in error.json["detail"]
    assert visita.get("/buscar.json?tema=nada").status_code == 404


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_nada_que_mande_un_navegador_lo_tira(visita: Visita) -> None:
    parametros = ("q", "institucion", "tema", "articulo", "ejercicio", "periodo", "monto_desde", "monto_hasta", "fecha_desde",
                  "fecha_hasta", "antes")
    valores = (" ", "%00", "%ff", "%F0%9F%98%80", "-1", "9" * 400, "NaN", "٢٠٢٦", "0000", "12-", "-XI", "'\"<>", "31/12/9999",
               "0001-01-01", "99999999999999999", "-99999999999999.99", "s1 OR e2026")
    for n, (parametro, valor) in enumerate(product(parametros, valores)):
        ruta = "/buscar" if n % 4 else "/buscar.json"
        assert visita.get(f"{ruta}?{parametro}={valor}").status_code in (200, 400, 404), (parametro, valor)


def test_el_json_da_lo_mismo_y_sigue_por_paginas(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hallazgos, "POR_PAGINA", 2)
    folios = [visita.publicar(denominacion_convenio=f"Jardín {numero}") for numero in range(3)]
    primera = visita.get("/buscar.json?q=jardin").json
    assert [r["folio"] for r in primera["resultados"]] == folios[:0:-1] and primera["total"] == 3
    assert primera["facetas"]["instituciones"] == {"metepec": 3} and primera["resultados"][0]["titulo"] == "Jardín 2"
    segunda = visita.get(primera["siguiente"].removeprefix("http://localhost")).json
    assert [r["folio"] for r in segunda["resultados"]] == folios[:1] and segunda["siguiente"] is None
    assert visita.get(segunda["resultados"][0]["datos"].removeprefix("http://localhost")).status_code == 200
    visita.hacer("retirar", folios[0], motivo="Se publicó por duplicado.")
    assert visita.get("/buscar.json?q=jardin").json["total"] == 2
