"""Las pantallas de «no aplica»: se propone desde el formato, la Unidad decide, y el portal lo dice."""

import pytest

from models.ausencias import Ausencia
from models.domain.ausencias import propose
from models.folios import a_folio
from tests.cliente import Sitio, Visitante
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

TEXTO = "El Cabildo acordó que este año no celebra convenios."


def proponer(sitio: Sitio, quien: Visitante, **campos: str) -> Pagina:
    lista = quien.get(sitio.url())
    tipo = campos.get("tipo", "no_aplica")
    ligas = lista.sopa.select(".mas a[href*='/proponer']")
    liga = next(a for a in ligas if ("no_se_genero" in str(a["href"])) == (tipo == "no_se_genero"))
    return quien.enviar(quien.get(str(liga["href"])).forma("form.media"), **{"texto": TEXTO} | campos)


def decidir(laura: Visitante, acto: str, **campos: str) -> Pagina:
    return laura.seguir(laura.enviar(laura.get("/ipo/ausencias").forma(f"form[action$='/{acto}']"), **campos))


def test_se_propone_desde_el_formato_la_unidad_aprueba_y_el_portal_lo_dice(sitio: Sitio) -> None:
    julieta, laura = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.laura)
    propuesta = julieta.seguir(proponer(sitio, julieta))
    assert TEXTO in propuesta.visible and "Aprobar" not in propuesta.visible, "quien captura no decide"
    assert "1 propuesta de «no aplica» espera su decisión" in laura.get("/ipo/tablero").visible
    assert "Aprobada" in decidir(laura, "aprobar").avisos[0]
    portal = sitio.portal.test_client().get("/metepec/convenios/").get_data(as_text=True)
    assert TEXTO in portal and "no le aplica" in portal
    assert "Revocada" in decidir(laura, "revocar", motivo="Ya se firmó uno.").avisos[0]
    assert TEXTO not in sitio.portal.test_client().get("/metepec/convenios/").get_data(as_text=True)


def test_un_periodo_sin_informacion_se_lee_en_el_portal(sitio: Sitio) -> None:
    julieta, laura = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.laura)
    proponer(sitio, julieta, tipo="no_se_genero", ejercicio="2026", periodo="T2")
    decidir(laura, "aprobar")
    portal = sitio.portal.test_client().get("/metepec/convenios/2026/").get_data(as_text=True)
    assert "2.º trimestre de 2026: no se generó información" in portal and TEXTO in portal


def test_lo_devuelto_dice_por_que_y_se_propone_otra_vez(sitio: Sitio) -> None:
    julieta, laura = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.laura)
    proponer(sitio, julieta)
    decidir(laura, "devolver", motivo="Falta el número del acuerdo.")
    pagina = julieta.get("/ipo/ausencias")
    assert "Falta el número del acuerdo." in pagina.visible and "Proponer otra vez" in pagina.visible


def test_para_toda_la_fraccion_se_propone_una_por_formato(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    forma = laura.get("/ipo/ausencias/obras_programa_anual/proponer").forma("form.media")
    laura.enviar(forma, texto="Este municipio no ejecuta obra pública propia.", fraccion="si")
    assert sorted(a.clave for a in Ausencia.select()) == ["obras_licitaciones", "obras_programa_anual"]


def test_la_fraccion_completa_se_propone_toda_o_nada(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    propose(casa.laura.actor, casa.tabla("obras_licitaciones"), "no_aplica", TEXTO)
    forma = laura.get("/ipo/ausencias/obras_programa_anual/proponer").forma("form.media")
    pagina = laura.enviar(forma, texto="Este municipio no ejecuta obra pública propia.", fraccion="si")
    assert pagina.codigo == 422 and "Ya hay una propuesta igual" in pagina.visible
    assert [a.clave for a in Ausencia.select()] == ["obras_licitaciones"]


@pytest.mark.parametrize("campos", [
    {"texto": "No."}, {"texto": "x" * 3000}, {"tipo": "no_se_genero", "ejercicio": "٢٠٢٦", "periodo": "T1"},
    {"tipo": "no_se_genero", "ejercicio": "2026", "periodo": "'"}, {"texto": "con\x00control que no se ve"},
])
def test_una_propuesta_con_error_vuelve_con_lo_tecleado(campos: dict[str, str], sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    pagina = proponer(sitio, julieta, **campos)
    assert pagina.codigo == 422 and pagina.sopa.select_one("[role=alert]")
    assert not Ausencia.select().exists()


def test_quien_no_es_la_unidad_no_decide_y_sin_testigo_nadie(sitio: Sitio) -> None:
    casa = sitio.casa
    proponer(sitio, sitio.de(casa.julieta))
    ruta = f"/ipo/ausencias/{a_folio(Ausencia.get().id)}/aprobar"
    assert "Solo la Unidad" in sitio.de(casa.ernesto).seguir(sitio.de(casa.ernesto).post(ruta)).avisos[0]
    assert sitio.de(casa.ramiro).post(ruta).codigo == 404
    assert sitio.de(casa.laura).post(ruta, ficha=False).codigo == 400
    assert sitio.de(casa.laura).get(ruta).codigo == 405
    assert Ausencia.get().situacion == "propuesta"
