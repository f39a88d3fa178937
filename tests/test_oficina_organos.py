"""Las pantallas de órganos colegiados: se arman aquí, los publica la Unidad, y el portal los enseña."""

import pytest

from models.maestros import Organo
from models.organos import OrganoIntegrante, OrganoSesion
from tests.cliente import Sitio, Visitante
from tests.fabrica import pdf
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

RUTA = "/ipo/organos"


def alta(quien: Visitante, **campos: str) -> str:
    """Da de alta un órgano desde su formulario; da la dirección de su ficha."""
    datos = {"nombre": "Comité de Información", "tipo": "comite_transparencia"} | campos
    hecho = quien.enviar(quien.get(f"{RUTA}/nuevo").forma("form.media"), **datos)
    assert hecho.codigo == 302, hecho.errores
    return hecho.lleva_a


def agregar(quien: Visitante, ficha: str, que: str, **campos: object) -> Pagina:
    return quien.enviar(quien.get(f"{ficha}/{que}/nuevo").forma("form.media"), **campos)


def sesionar(sitio: Sitio, quien: Visitante, ficha: str, **campos: object) -> Pagina:
    datos = {"numero": "Primera", "tipo": "ordinaria", "fecha": "14/05/2026", "orden_dia": "Lista\nAcuerdos"}
    return agregar(quien, ficha, "sesiones", **datos | campos)


def ver(sitio: Sitio, ruta: str) -> tuple[int, str]:
    respuesta = sitio.portal.test_client().get(ruta)
    return respuesta.status_code, respuesta.get_data(as_text=True)


def test_de_la_oficina_al_portal(sitio: Sitio) -> None:
    julieta, laura = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.laura)
    ficha = alta(julieta, objeto="Decide qué información es reservada.")
    folio = ficha.rpartition("/")[2]
    assert agregar(julieta, ficha, "integrantes", persona=sitio.casa.metepec.referencias.persona, puesto="presidente",
                   desde="01/02/2025").codigo == 302
    assert sesionar(sitio, julieta, ficha, acta__subir=("acta.pdf", pdf("Acta"))).codigo == 302
    assert "Lo publica la Unidad" in julieta.get(ficha).visible
    assert ver(sitio, f"/metepec/organos/{folio}")[0] == 404
    hecha = laura.seguir(laura.enviar(laura.get(ficha).forma("form[action$='/publicar']")))
    assert hecha.avisos == ["Publicado: la ciudadanía ya lo lee así."] and "Público desde" in hecha.visible
    codigo, portal = ver(sitio, f"/metepec/organos/{folio}")
    assert codigo == 200 and "Rosa Elena Villanueva" in portal and "Presidente o presidenta" in portal
    assert "14/05/2026" in portal
    assert "Comité de Información" in ver(sitio, "/metepec/")[1] and "acta.pdf" in ver(sitio, "/metepec/organos.json")[1]
    acta = next(parte for parte in portal.split('"') if parte.startswith("/metepec/archivo/"))
    with sitio.portal.test_client().get(acta, buffered=True) as bajada:
        assert bajada.get_data() == pdf("Acta")


def test_lo_mal_escrito_vuelve_con_lo_tecleado_y_el_acta_no_se_pide_dos_veces(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    ficha = alta(laura)
    mala = sesionar(sitio, laura, ficha, fecha="31/02/2026", acta__subir=("acta.pdf", pdf("Acta")))
    assert mala.codigo == 422 and "febrero de 2026 tiene 28 días" in mala.errores and "Ya está: acta.pdf" in mala.visible
    assert laura.enviar(mala.forma("form.media"), fecha="28/02/2026").codigo == 302
    assert OrganoSesion.get().acta and "acta.pdf" in OrganoSesion.get().acta
    html = sesionar(sitio, laura, ficha, numero="Otra", acta__subir=("acta.pdf", b"<html>no</html>"))
    assert html.codigo == 422 and "no es un PDF" in html.errores and OrganoSesion.select().count() == 1


def test_se_corrige_se_dice_hasta_cuando_y_se_quita_lo_anotado_por_error(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    ficha = alta(laura)
    agregar(laura, ficha, "integrantes", persona=sitio.casa.metepec.referencias.persona, puesto="vocal", desde="01/02/2025")
    liga = str(laura.get(ficha).sopa.select_one("td.fin a[href*='/integrantes/']")["href"])
    assert laura.enviar(laura.get(liga).forma("form.media"), hasta="31/12/2025").codigo == 302
    pagina = laura.get(ficha)
    assert "31/12/2025" in pagina.visible and str(OrganoIntegrante.get().hasta) == "2025-12-31"
    laura.enviar(pagina.forma("form[action$='/quitar']"))
    assert not OrganoIntegrante.select().exists() and "Quitó a Rosa Elena Villanueva" in laura.get(ficha).visible


def test_la_baja_dice_quien_lo_usa_con_ligas(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    casa.capturar(casa.julieta, "acuerdos_actas")
    ruta = f"{RUTA}/{casa.metepec.referencias.organo}/baja"
    pagina = laura.get(ruta)
    liga = pagina.sopa.select_one("main a[href='/ipo/f/acuerdos_actas/']")
    assert liga.text == "1 registro de Acuerdos y actas (órgano que sesionó)"
    assert "Borrarlo" not in pagina.visible
    mala = laura.enviar(pagina.forma("form.media"), dia="ayer")
    assert mala.codigo == 422 and mala.sopa.select_one("#dia")["value"] == "ayer"
    assert "en uso" in laura.enviar(pagina.forma("form.media"), borrar="si").errores
    hecha = laura.seguir(laura.enviar(pagina.forma("form.media"), dia="31/01/2026"))
    assert "Dejó de funcionar el 31/01/2026" in hecha.visible and "Agregar sesión" not in hecha.visible
    opciones = laura.get(sitio.url("nuevo", "acuerdos_actas")).sopa.select("select[name=organo_colegiado] option")
    assert [o.text for o in opciones] == ["Elija…"]


def test_el_que_nadie_usa_se_borra(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    ficha = alta(laura, nombre="De prueba")
    assert "Se borró" in laura.seguir(laura.enviar(laura.get(f"{ficha}/baja").forma("form.media"), borrar="si")).avisos[0]
    assert not Organo.select().where(Organo.nombre == "De prueba").exists()


def test_traer_lleva_las_sesiones_a_su_formato(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    sesionar(sitio, laura, f"{RUTA}/{sitio.casa.metepec.referencias.organo}")

    def traer() -> str:
        lista = laura.get(sitio.url("", "acuerdos_actas"))
        assert "Traer de Órganos colegiados" in lista.visible
        return laura.seguir(laura.enviar(lista.forma("form[action$='/traer']"))).avisos[0]

    assert traer() == "Se trajeron 1 registro nuevo de los órganos colegiados. Quedan sin revisar."
    assert traer() == "No hubo nada nuevo que traer de los órganos colegiados."


@pytest.mark.parametrize("quien", ["gabriela", "nadia", "ramiro"])
def test_a_quien_no_le_toca_no_existen(quien: str, sitio: Sitio) -> None:
    visitante, organo = sitio.de(getattr(sitio.casa, quien)), sitio.casa.metepec.referencias.organo
    for ruta in (f"{RUTA}/{organo}", f"{RUTA}/{organo}/datos", f"{RUTA}/{organo}/sesiones/nuevo", f"{RUTA}/{organo}/baja"):
        assert visitante.get(ruta).codigo == 404, ruta
    assert visitante.post(f"{RUTA}/{organo}/publicar").codigo == 404


def test_con_get_o_sin_testigo_no_se_hace_nada(sitio: Sitio) -> None:
    laura, organo = sitio.de(sitio.casa.laura), sitio.casa.metepec.referencias.organo
    assert laura.get(f"{RUTA}/{organo}/publicar").codigo == 405
    for ruta in ("publicar", "retirar", "baja", "datos", "sesiones/nuevo"):
        assert laura.post(f"{RUTA}/{organo}/{ruta}", {"nombre": "X"}, ficha=False).codigo == 400
    assert laura.post(f"{RUTA}/nuevo", {"nombre": "X", "tipo": "otro"}, ficha=False).codigo == 400


def test_sin_organos_se_dice_por_donde_empezar(sitio: Sitio) -> None:
    Organo.delete().execute()
    assert "Empiece por los que toda institución tiene" in sitio.de(sitio.casa.laura).get(RUTA).visible
    assert "todavía no publica sus órganos" in ver(sitio, "/metepec/organos/")[1]


def test_un_guion_hostil_no_se_ejecuta_en_ninguna_cara(sitio: Sitio) -> None:
    laura, malo = sitio.de(sitio.casa.laura), "<script>alert(1)</script>"
    laura.texto_ajeno = True
    ficha = alta(laura, nombre=malo, objeto=malo, sesiona=malo)
    sesionar(sitio, laura, ficha, numero=malo, orden_dia=malo)
    laura.enviar(laura.get(ficha).forma("form[action$='/publicar']"))
    for ruta in ("/metepec/", "/metepec/organos/", f"/metepec/organos/{ficha.rpartition('/')[2]}"):
        codigo, html = ver(sitio, ruta)
        assert codigo == 200 and malo not in html
    laura.texto_ajeno = False
