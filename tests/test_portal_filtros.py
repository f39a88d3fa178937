"""Filtrar la tabla de un formato: por opción, por rango, por área; lo imposible se dice y lo ajeno se ignora."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

PAGINA = f"/metepec/{CLAVE}/2026/"


def test_filtra_por_rango_de_dinero_y_de_fechas_con_los_extremos_dentro(visita: Visita) -> None:
    chico = visita.publicar(monto_recursos="100.00", fecha_firma="2026-01-15")
    mediano = visita.publicar(monto_recursos="1,500.50", fecha_firma="2026-02-10")
    grande = visita.publicar(monto_recursos="90,000", fecha_firma="2026-03-20")
    assert visita.folios(f"{PAGINA}?monto_recursos_desde=1500.50") == [grande, mediano]
    assert visita.folios(f"{PAGINA}?monto_recursos_hasta=$1,500.50") == [mediano, chico]
    assert visita.folios(f"{PAGINA}?monto_recursos_desde=101&monto_recursos_hasta=2000") == [mediano]
    assert visita.folios(f"{PAGINA}?monto_recursos_desde=2000&monto_recursos_hasta=101") == [mediano], "al revés se endereza"
    assert visita.folios(f"{PAGINA}?fecha_firma_desde=2026-02-10&fecha_firma_hasta=10/02/2026") == [mediano]
    assert visita.folios(f"{PAGINA}?fecha_firma_desde=2026-02-10&monto_recursos_hasta=2000") == [mediano]


def test_lo_que_no_tiene_el_dato_no_esta_en_ningun_rango(visita: Visita) -> None:
    con = visita.publicar(monto_recursos="100.00")
    visita.publicar(monto_recursos="")
    assert visita.folios(f"{PAGINA}?monto_recursos_desde=0") == [con]


def test_filtra_por_area(visita: Visita) -> None:
    obras = visita.publicar(area_responsable=visita.casa.metepec.obras)
    tesoreria = visita.publicar(area_responsable=visita.casa.metepec.tesoreria)
    assert visita.folios(f"{PAGINA}?area_responsable={visita.casa.metepec.obras}") == [obras]
    assert visita.folios(f"{PAGINA}?area_responsable={visita.casa.metepec.tesoreria}") == [tesoreria]


def test_cada_filtro_puesto_se_quita_sin_quitar_los_demas(visita: Visita) -> None:
    visita.publicar(monto_recursos="500", periodo="T2", tipo_convenio="concertacion_social")
    sopa = visita.sopa(f"{PAGINA}?periodo=T2&tipo_convenio=concertacion_social&monto_recursos_desde=100&q=convenio")
    puestos = {a.get_text(strip=True).removeprefix("Quitar el filtro").removesuffix("✕").strip(): a["href"]
               for a in sopa.select(".puestos a")}
    assert list(puestos) == ["Con las palabras «convenio»", "2.º trimestre",
                             "Tipo de convenio: De concertación con el sector social",
                             "Monto en pesos: desde $100.00", "Quitar todos"]
    sin_monto = parse_qs(urlsplit(puestos["Monto en pesos: desde $100.00"]).query)
    assert sin_monto == {"q": ["convenio"], "periodo": ["T2"], "tipo_convenio": ["concertacion_social"]}
    assert puestos["Quitar todos"] == PAGINA


def test_el_formulario_dice_lo_que_esta_puesto(visita: Visita) -> None:
    visita.publicar(monto_recursos="500", periodo="T2")
    visita.publicar(periodo="T1")
    formulario = visita.sopa(f"{PAGINA}?monto_recursos_desde=100&periodo=T2&orden=-monto_recursos").select_one("form.filtros")
    assert formulario.select_one("[name=monto_recursos_desde]")["value"] == "100.00"
    assert formulario.select_one("[name=periodo] [selected]")["value"] == "T2"
    assert formulario.select_one("[name=orden] [selected]")["value"] == "-monto_recursos"


MALAS = (
    "monto_recursos_desde=mil", "fecha_firma_desde=31/02/2026", "fecha_firma_hasta=ayer", "monto_recursos_hasta=9" + "9" * 30,
    "tipo_convenio=inventado", "area_responsable=x", "periodo=M01", "orden=contrapartes", "antes=x", "monto_recursos_desde=%00")
AJENAS = (
    "orden=no_existe", "columnas=", "columnas=,,,", "columnas=no_existe", "contrapartes_desde=1", "sujeto_id=2",
    "estado=capturado", "monto_recursos_desde=", "ejercicio_desde=2020", "orden=", "orden=-")


def test_un_valor_imposible_es_un_404_que_dice_cual(visita: Visita) -> None:
    visita.publicar()
    for mala in MALAS:
        respuesta = visita.get(f"{PAGINA}?{mala}")
        assert respuesta.status_code == 404 and "Traceback" not in respuesta.text, mala
        if not mala.startswith("antes"):
            assert visita.get(f"/metepec/{CLAVE}/2026.csv?{mala}").status_code == 404, mala


def test_lo_que_no_se_conoce_se_ignora(visita: Visita) -> None:
    folio = visita.publicar()
    for ajena in AJENAS:
        assert visita.folios(f"{PAGINA}?{ajena}") == [folio], ajena


def test_la_descarga_trae_lo_mismo_que_el_filtro(visita: Visita) -> None:
    visita.publicar(monto_recursos="100.00")
    grande = visita.publicar(monto_recursos="90,000.00")
    csv = visita.get(f"/metepec/{CLAVE}/2026.csv?monto_recursos_desde=1000").text.splitlines()
    assert len(csv) == 2 and csv[1].startswith(grande)


def test_se_eligen_las_columnas(visita: Visita) -> None:
    visita.publicar(objetivo="Sembrar mil árboles")
    ruta = f"{PAGINA}?columnas=denominacion_convenio,objetivo"
    assert [th.text for th in visita.sopa(ruta).select("thead th")] == ["Nombre del convenio", "Objetivo del convenio"]
    assert "Sembrar mil árboles" in visita.texto(ruta) and "Sembrar mil árboles" not in visita.texto(PAGINA)
    repetido = f"{PAGINA}?columnas=denominacion_convenio&columnas=objetivo"
    assert [th.text for th in visita.sopa(repetido).select("thead th")] == ["Nombre del convenio", "Objetivo del convenio"]
    casillas = visita.sopa(ruta).select("[name=columnas][checked]")
    assert [c["value"] for c in casillas] == ["denominacion_convenio", "objetivo"]
    siguiente = visita.sopa(f"{ruta}&q=convenio").select_one(".puestos a")["href"]
    assert "columnas=denominacion_convenio%2Cobjetivo" in siguiente
