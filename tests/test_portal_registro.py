"""La página de un registro, su lápida y sus formas para programas."""

import json

import pytest
from bs4 import BeautifulSoup

from models.domain.workflow import guardar
from models.folios import a_folio, de_folio
from models.presentacion.fechas import fecha_y_hora, solo_fecha
from models.reloj import ahora
from tests.catalogos import cambiar_campo, con_cambio, poner_en_vigor, quitar_campo
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar, visitar_con_catalogo_propio

visita = pytest.fixture(visitar)
visita_propia = pytest.fixture(visitar_con_catalogo_propio)


def ruta(folio: str, clave: str = CLAVE, extension: str = "") -> str:
    return f"/metepec/{clave}/r/{folio}{extension}"


def test_dice_todo_con_su_area_y_sus_dos_fechas(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Reforestar el cerro", nota="Primera línea.\nSegunda línea.")
    copia = visita.casa.publica(de_folio(folio))
    sopa = visita.sopa(ruta(folio))
    assert sopa.h1.text == "Reforestar el cerro"
    meta = {div.dt.text: div.dd.get_text(" ", strip=True) for div in sopa.select(".meta > div, .sobre dl > div")}
    assert meta["Área responsable"] == "Dirección de Obras Públicas"
    assert meta["Fecha de actualización"] == fecha_y_hora(copia.actualizado_en)
    assert meta["Fecha de validación"] == fecha_y_hora(copia.validado_en)
    assert meta["Público desde"] == solo_fecha(copia.desde)
    assert meta["Periodo que se informa"] == "4.º trimestre"
    assert meta["Dirección permanente"].replace(" ", "") == f"http://localhost{ruta(folio)}"
    assert sopa.select_one("dd.parrafo") and "Segunda línea." in sopa.text
    assert sopa.select(".cuerpo table caption + thead + tbody td")
    assert "Versiones publicadas" not in meta


def test_cuenta_sus_versiones_y_ensena_solo_la_aprobada(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Antes")
    visita.casa.editar(visita.casa.laura, de_folio(folio), denominacion_convenio="Después")
    assert visita.sopa(ruta(folio)).h1.text == "Antes"
    visita.hacer("publicar", folio)
    sopa = visita.sopa(ruta(folio))
    assert sopa.h1.text == "Después"
    assert "Versiones publicadas 2" in " ".join(sopa.aside.get_text(" ").split())


def test_los_vacios_dicen_su_motivo_y_lo_que_falta_se_dice_poco(visita: Visita) -> None:
    casa = visita.casa
    crudo = casa.crudo(casa.laura, monto_recursos=None, fuente_recursos=None)
    vacio = {"monto_recursos": {"causa": "no_aplica", "motivo": "El convenio no lleva dinero."}}
    guardado = guardar(casa.laura.actor, casa.tabla(), crudo, vacio)
    visita.hacer("publicar", a_folio(guardado.id))
    sopa = visita.sopa(ruta(a_folio(guardado.id)))
    dichos = [dd.get_text(" ", strip=True) for dd in sopa.select(".pares > div > dd")]
    assert "No aplica: El convenio no lleva dinero." in dichos and "Sin dato" not in dichos
    etiqueta = casa.tabla().formato.por_nombre["fuente_recursos"].etiqueta
    assert any(etiqueta in p.text for p in sopa.select(".callados")), "lo que falta se nombra junto"
    assert etiqueta not in [dt.text for dt in sopa.select(".pares dt")]
    assert "No aplica" in visita.texto(f"/metepec/{CLAVE}/2026/")


def test_retirado_deja_lapida(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Ya no se debe leer")
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    respuesta = visita.get(ruta(folio))
    assert respuesta.status_code == 410
    assert BeautifulSoup(respuesta.text, "html.parser").h1.text == f"Este registro fue retirado el {solo_fecha(ahora())}"
    assert "Se publicó por duplicado." in respuesta.text
    assert "Ya no se debe leer" not in respuesta.text
    problema = visita.get(ruta(folio, extension=".json"))
    assert (problema.status_code, problema.content_type) == (410, "application/problem+json")
    assert "Se publicó por duplicado." in json.loads(problema.text)["detail"]
    assert visita.get(ruta(folio, extension=".csv")).status_code == 410


def test_restaurado_y_vuelto_a_publicar_vuelve_a_verse(visita: Visita) -> None:
    folio = visita.publicar()
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    visita.hacer("restaurar", folio)
    assert visita.get(ruta(folio)).status_code == 410
    visita.hacer("publicar", folio)
    assert visita.get(ruta(folio)).status_code == 200


def test_lo_nunca_publicado_no_existe_ni_deja_lapida(visita: Visita) -> None:
    borrador = a_folio(visita.casa.capturar(visita.casa.julieta))
    publicado = visita.publicar()
    for direccion in (ruta(borrador), ruta(a_folio(12345)), ruta(publicado, "licitaciones"), f"/toluca/{CLAVE}/r/{publicado}"):
        respuesta = visita.get(direccion)
        assert respuesta.status_code == 404
        assert "No hay ningún registro público con ese folio" in respuesta.text


def test_el_folio_tolera_mayusculas_y_guiones_redirigiendo(visita: Visita) -> None:
    folio = visita.publicar()
    escrito = f"{folio[:7]}-{folio[7:]}".upper()
    respuesta = visita.get(ruta(escrito))
    assert (respuesta.status_code, respuesta.headers["Location"]) == (301, ruta(folio))


def test_en_json_van_los_datos_tal_como_se_guardan(visita: Visita) -> None:
    archivo = visita.subir("convenio firmado ñ.pdf")
    folio = visita.publicar(convenio=archivo, denominacion_convenio="Reforestar")
    cuerpo = visita.get(ruta(folio, extension=".json")).get_json()
    assert cuerpo["folio"] == folio and cuerpo["direccion"] == f"http://localhost{ruta(folio)}"
    assert cuerpo["datos"]["monto_recursos"] == "48500.00" and cuerpo["datos"]["fecha_firma"] == "2026-02-27"
    assert cuerpo["datos"]["convenio"]["direccion"].startswith(f"http://localhost/metepec/archivo/{archivo}/convenio%20firmado")
    assert cuerpo["fecha_validacion"].endswith("-06:00")
    assert cuerpo["periodo"] == "T4" and cuerpo["vacios"] == {}


def test_en_csv_va_en_un_renglon(visita: Visita) -> None:
    folio = visita.publicar()
    encabezado, renglon, fin = visita.get(ruta(folio, extension=".csv")).text.split("\r\n")
    assert encabezado.startswith("folio,so,institucion,ejercicio,periodo,tipo_convenio,")
    assert renglon.startswith(f"{folio},metepec,H. Ayuntamiento de Metepec,2026,T4,")
    assert fin == ""


def test_quitar_un_campo_del_catalogo_lo_esconde_de_lo_ya_publicado(visita_propia: Visita) -> None:
    folio = visita_propia.publicar(fuente_recursos="Esto ya no se publica")
    poner_en_vigor(con_cambio(CLAVE, quitar_campo("fuente_recursos")))
    for direccion in (*(ruta(folio, extension=forma) for forma in ("", ".json", ".csv")), f"/metepec/{CLAVE}/2026.json"):
        respuesta = visita_propia.get(direccion)
        assert respuesta.status_code == 200
        assert "Esto ya no se publica" not in respuesta.text


def test_lo_publicado_cuando_un_campo_era_de_otro_tipo_se_sigue_leyendo(visita_propia: Visita) -> None:
    folio = visita_propia.publicar(denominacion_convenio="Antes era texto")
    poner_en_vigor(con_cambio(CLAVE, cambiar_campo("denominacion_convenio", tipo="entero", ejemplo="5", se_busca=None)))
    assert "Antes era texto" in visita_propia.texto(ruta(folio))
    assert "Antes era texto" in visita_propia.texto(f"/metepec/{CLAVE}/2026/")
    assert "Antes era texto" in visita_propia.get(f"/metepec/{CLAVE}/2026.csv?para=excel").text


def test_un_alias_redirige_con_todo_y_folio(visita: Visita) -> None:
    folio = visita.publicar()
    for vieja, nueva in ((f"/metepec/art_12_xii/r/{folio}", ruta(folio)), ("/metepec/ART_12_XII/", f"/metepec/{CLAVE}/"),
                         ("/metepec/art_12_xii/2026.json", f"/metepec/{CLAVE}/2026.json")):
        respuesta = visita.get(vieja)
        assert (respuesta.status_code, respuesta.headers["Location"]) == (301, nueva)
