"""Los primeros pasos en el tablero de la Unidad: cada uno con su botón, y se quitan cuando ya no hacen falta."""

import json

import pytest

from models.domain.configuracion import CAMPOS
from models.domain.masters import save_maestro
from models.sujetos import SujetoObligado
from tests.cliente import Sitio
from tests.escenario import publicar

pytest_plugins = "tests.sitio"

RUTA = "/ipo/primeros-pasos"


def completar(sitio: Sitio) -> None:
    casa = sitio.casa
    save_maestro(casa.metepec.id, "area", {"nombre": "Unidad de Información", "orden": 3})
    SujetoObligado.update(datos=json.dumps({campo.nombre: "x" for campo in CAMPOS})).where(
        SujetoObligado.id == casa.metepec.id).execute()
    publicar(sitio, casa.julieta, casa.laura)


@pytest.mark.parametrize("ruta", [RUTA, "/ipo/tablero"])
def test_dice_que_falta_y_cada_paso_lleva_a_donde_se_hace(ruta: str, sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    pagina = laura.get(ruta)
    assert "2 áreas · falta el área de la Unidad de Información" in pagina.visible and "2 de 6 pasos" in pagina.visible
    assert pagina.sopa.select_one("progress[max='6'][value='2']") is not None
    botones = pagina.sopa.select("ol.pasos a.btn")
    assert len(botones) == 6 and [a.text for a in pagina.sopa.select("ol.pasos a.btn.p")] == ["Ir al organigrama"]
    assert all(laura.get(str(boton["href"])).codigo == 200 for boton in botones)


def test_completa_se_quita_del_tablero_y_se_vuelve_a_ella_desde_el_menu(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    completar(sitio)
    tablero = laura.get("/ipo/tablero")
    assert "Los primeros pasos están completos" in tablero.visible and not tablero.sopa.select("ol.pasos")
    quitada = laura.seguir(laura.enviar(tablero.forma(f"form[action='{RUTA}']")))
    assert "Se quitaron" in quitada.avisos[0] and "Los primeros pasos" not in " ".join(
        p.text for p in quitada.sopa.select("main .recado"))
    pagina = laura.get(str(quitada.sopa.select_one("nav.lado a[href='/ipo/primeros-pasos']")["href"]))
    laura.enviar(pagina.forma("main form"), que="mostrar")
    assert "Los primeros pasos están completos" in laura.get("/ipo/tablero").visible


def test_incompleta_no_se_quita(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    assert not laura.get(RUTA).sopa.select("main button")
    assert "Todavía faltan pasos" in laura.seguir(laura.post(RUTA, {"que": "quitar"})).avisos[0]
    assert laura.get("/ipo/tablero").sopa.select("ol.pasos")


def test_es_solo_de_la_unidad(sitio: Sitio) -> None:
    casa = sitio.casa
    for persona in (casa.ernesto, casa.julieta, casa.gabriela):
        assert sitio.de(persona).get(RUTA).codigo == 404 and sitio.de(persona).post(RUTA).codigo == 404
        assert not sitio.de(persona).get("/ipo/tablero").sopa.select("ol.pasos, a[href='/ipo/primeros-pasos']")


def test_cada_unidad_quita_la_suya_y_sin_testigo_nadie(sitio: Sitio) -> None:
    casa = sitio.casa
    completar(sitio)
    assert sitio.de(casa.laura).post(RUTA, {"que": "quitar"}, ficha=False).codigo == 400
    sitio.de(casa.laura).post(RUTA, {"que": "quitar"})
    assert sitio.de(casa.ramiro).get("/ipo/tablero").sopa.select("ol.pasos"), "Toluca sigue en lo suyo"
