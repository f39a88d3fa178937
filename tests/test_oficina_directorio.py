"""La pantalla del directorio: las personas por área, su registro, y su baja con fecha."""

import pytest

from models.domain.catalogo_vigente import vigente
from models.domain.organos.fichas import find_organo
from models.domain.organos.integrantes import save_integrante
from models.domain.proyeccion import bring_maestros
from models.folios import de_folio
from models.maestros import Persona
from tests.cliente import Sitio

pytest_plugins = "tests.sitio"

RUTA = "/ipo/directorio"


def test_se_ve_por_area_con_su_registro_y_se_busca(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    rosa = casa.metepec.referencias.persona
    pagina = laura.get(RUTA)
    assert "Dirección de Obras Públicas" in pagina.visible and "Sin registro todavía" in pagina.visible
    laura.enviar(pagina.forma("form[action$='/traer']"))
    pagina = laura.get(RUTA)
    assert pagina.sopa.select_one(f"#p-{rosa} a[href='/ipo/f/directorio/detalle?id={rosa}']") is not None
    assert "Sin publicar" in pagina.visible
    assert "Rosa Elena" in laura.get(RUTA, q="villanueva").visible and "Nadie coincide" in laura.get(RUTA, q="zzz").visible


def test_la_baja_se_explica_se_hace_y_se_deshace(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    rosa = casa.metepec.referencias.persona
    bring_maestros(casa.laura.actor, casa.tabla("directorio"))
    casa.capturar(casa.laura, "comite_unidad")
    pagina = laura.get(f"{RUTA}/{rosa}/baja")
    assert pagina.sopa.select_one("main a[href='/ipo/f/comite_unidad/']") is not None
    mala = laura.enviar(pagina.forma("form.media"), dia="31/02/2026")
    assert mala.codigo == 409 and mala.sopa.select_one("#dia")["value"] == "31/02/2026"
    hecha = laura.seguir(laura.enviar(pagina.forma("form.media"), dia="31/01/2026"))
    assert "ya no está en el directorio" in hecha.avisos[0] and f"p-{rosa}" not in hecha.texto
    bajas = laura.get(RUTA, bajas="si")
    assert "Dejó el cargo el 31/01/2026" in bajas.visible
    laura.enviar(bajas.forma("form[action$='/reactivar']"))
    assert Persona.get(Persona.id == de_folio(rosa)).baja_en is None and f"p-{rosa}" in laura.get(RUTA).texto


def test_quien_integra_un_organo_no_se_da_de_baja_y_hay_liga(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    organo = casa.metepec.referencias.organo
    save_integrante(casa.laura.actor, vigente.foto.catalogo, find_organo(casa.laura.actor, de_folio(organo)), {
        "persona": casa.metepec.referencias.persona, "puesto": "vocal", "desde": "01/01/2025"})
    ruta = f"{RUTA}/{casa.metepec.referencias.persona}/baja"
    pagina = laura.get(ruta)
    assert pagina.sopa.select_one(f".resumen a[href='/ipo/organos/{organo}']") is not None
    assert pagina.sopa.select_one("form.media") is None
    assert laura.post(ruta, {"dia": "31/01/2026"}).codigo == 409


@pytest.mark.parametrize("quien", ["gabriela", "nadia"])
def test_a_quien_no_lo_lleva_no_le_existe(quien: str, sitio: Sitio) -> None:
    visitante, rosa = sitio.de(getattr(sitio.casa, quien)), sitio.casa.metepec.referencias.persona
    assert visitante.get(RUTA).codigo == visitante.get(f"{RUTA}/{rosa}/baja").codigo == 404
    assert visitante.post(f"{RUTA}/{rosa}/reactivar").codigo == 404


def test_la_de_otra_institucion_no_existe_y_sin_testigo_nada(sitio: Sitio) -> None:
    laura, ajena = sitio.de(sitio.casa.laura), sitio.casa.toluca.referencias.persona
    assert laura.get(f"{RUTA}/{ajena}/baja").codigo == 404 == laura.post(f"{RUTA}/{ajena}/baja", {"dia": "31/01/2026"}).codigo
    suya = sitio.casa.metepec.referencias.persona
    assert laura.post(f"{RUTA}/{suya}/baja", {"dia": "31/01/2026"}, ficha=False).codigo == 400
    assert laura.get(f"{RUTA}/{suya}/reactivar").codigo == 405
    assert Persona.get(Persona.id == de_folio(suya)).baja_en is None


def test_sin_nadie_se_dice_por_donde_empezar(sitio: Sitio) -> None:
    Persona.delete().execute()
    assert "Todavía no hay personas" in sitio.de(sitio.casa.laura).get(RUTA).visible
