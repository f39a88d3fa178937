"""El padrón en pantalla: dar de alta con su carta, corregir, cambiar de siglas, extinguir, reactivar y desbloquear."""

import datetime as dt

import pytest

from admin_views.rutas import CLASES
from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import set_activo
from models.domain.permissions import PIDE
from models.domain.prorrogas import Pedida, grant
from models.folios import a_folio
from models.sujetos import ActoDeSujeto, SujetoObligado
from models.usuarios import Usuario
from tests.cliente import Sitio, Visitante
from tests.elenco import CONTRASENA
from tests.escenario import publicar
from tests.pagina import Pagina
from tests.plano import DIRECCIONES

pytest_plugins = "tests.sitio"

NUEVA = {"nombre": "H. Ayuntamiento de Malinalco", "nombre_corto": "Malinalco", "poder": "municipal",
         "municipio": "Malinalco", "siglas": "malinalco", "titular": "Rosa Juárez"}
MOTIVO = "Decreto 210 de la LXI Legislatura."


def gabriela(sitio: Sitio) -> Visitante:
    return sitio.de(sitio.casa.gabriela)


def alta(sitio: Sitio, **cambios: str) -> Pagina:
    garante = gabriela(sitio)
    return garante.enviar(garante.get("/ipo/sujetos/nuevo").forma("form.media"), **NUEVA | cambios)


def hacer(sitio: Sitio, acto: str, siglas: str = "metepec", **campos: str) -> Pagina:
    garante = gabriela(sitio)
    forma = garante.get(f"/ipo/sujetos/{siglas}/editar").forma(f"form[action$='/{acto}']")
    return garante.enviar(forma, **campos)


def portal(sitio: Sitio, ruta: str) -> str:
    return sitio.portal.test_client().get(ruta).get_data(as_text=True)


# --- el alta y su carta ---

def test_la_carta_se_ve_una_vez_y_con_ella_se_entra(sitio: Sitio) -> None:
    hecha = alta(sitio)
    assert hecha.codigo == 200 and "no-store" in hecha.cabeceras["Cache-Control"]
    direccion, usuario, temporal = (codigo.text for codigo in hecha.sopa.select(".carta .entrega code"))
    assert (direccion, usuario) == ("http://localhost/ipo", "unidad.malinalco")
    assert "H. Ayuntamiento de Malinalco" in hecha.visible and "Rosa Juárez" in hecha.visible and "Vence el" in hecha.visible
    for ruta in ("/ipo/sujetos", "/ipo/sujetos/malinalco", "/ipo/sujetos/malinalco/editar"):
        assert temporal not in gabriela(sitio).get(ruta).texto, "no se vuelve a ver"
    rosa = sitio.anonimo()
    assert rosa.entrar("unidad.malinalco", temporal).codigo == 302
    assert rosa.get("/ipo/tablero").lleva_a == "/ipo/contrasena"
    assert "Malinalco" in portal(sitio, "/malinalco/") and "malinalco" in portal(sitio, "/instituciones")


@pytest.mark.parametrize("cambio, dice", [
    ({"siglas": "ipo"}, "reservada"), ({"nombre": ""}, "Falta el nombre"), ({"poder": "x"}, "clase"),
    ({"siglas": "toluca"}, "ya son, o fueron"), ({"usuario": "unidad.toluca"}, "Ya existe"), ({"titular": "a\x00"}, "Unidad")])
def test_un_alta_con_error_vuelve_con_lo_tecleado(cambio: dict[str, str], dice: str, sitio: Sitio) -> None:
    pagina = alta(sitio, **cambio)
    assert pagina.codigo == 422 and dice in pagina.sopa.select_one("[role=alert]").text
    assert pagina.sopa.select_one("#municipio")["value"] == "Malinalco"
    assert SujetoObligado.select().count() == 2


# --- la lista y la página de cada una ---

def test_la_lista_busca_filtra_ordena_y_dice_quien_la_lleva(sitio: Sitio) -> None:
    garante = gabriela(sitio)
    filas = [fila["data-siglas"] for fila in garante.get("/ipo/sujetos").sopa.select("tr[data-siglas]")]
    assert filas == ["metepec", "toluca"]
    pagina = garante.get("/ipo/sujetos", q="TÓLUCA", poder="municipal")
    assert [f["data-siglas"] for f in pagina.sopa.select("tr[data-siglas]")] == ["toluca"]
    assert "Ramiro Vilchis" in pagina.visible
    al_reves = garante.get("/ipo/sujetos", orden="-siglas")
    assert al_reves.sopa.select_one("tr[data-siglas]")["data-siglas"] == "toluca"
    assert al_reves.sopa.select_one("th[aria-sort=descending]") is not None
    assert "Ninguna coincide" in garante.get("/ipo/sujetos", q="zzz").visible
    assert "2 instituciones" in garante.get("/ipo/sujetos?poder=%00&situacion=x&orden=%27&desde=zz").visible


def test_la_pagina_dice_quien_la_lleva_y_lo_que_se_ha_hecho(sitio: Sitio) -> None:
    hacer(sitio, "editar", nombre="Ayuntamiento de Metepec")
    pagina = gabriela(sitio).get("/ipo/sujetos/metepec")
    assert "Laura Nava" in pagina.visible and "Julieta Mondragón" in pagina.visible
    assert "Nombre: «H. Ayuntamiento de Metepec» → «Ayuntamiento de Metepec»" in pagina.visible
    assert "Gabriela Ruiz, hoy" in pagina.visible and not pagina.sopa.select("a[href^='/ipo/f/']")


# --- corregir, siglas, extinguir ---

def test_lo_corregido_se_lee_en_el_portal(sitio: Sitio) -> None:
    guardada = gabriela(sitio).seguir(hacer(sitio, "editar", nombre="Ayuntamiento de Metepec"))
    assert "ya se lee en el portal" in guardada.avisos[0] and "Ayuntamiento de Metepec" in portal(sitio, "/metepec/")
    mala = hacer(sitio, "editar", nombre="x")
    assert mala.codigo == 422 and mala.sopa.select_one("#nombre")["value"] == "x"


def test_las_direcciones_de_antes_llevan_a_las_nuevas_en_las_dos_caras(sitio: Sitio) -> None:
    publicar(sitio, sitio.casa.julieta, sitio.casa.laura)
    assert gabriela(sitio).seguir(hacer(sitio, "siglas", nuevas="ayto-metepec")).codigo == 200
    for resto in ("/", "/convenios/", "/convenios.csv", ".json"):
        vieja = sitio.portal.test_client().get(f"/metepec{resto}")
        assert (vieja.status_code, vieja.headers["Location"]) == (301, f"/ayto-metepec{resto}")
    for resto in ("", "/editar"):
        vieja_oficina = gabriela(sitio).get(f"/ipo/sujetos/metepec{resto}")
        assert (vieja_oficina.codigo, vieja_oficina.lleva_a) == (301, f"/ipo/sujetos/ayto-metepec{resto}")
    assert "Antes: metepec" in gabriela(sitio).get("/ipo/sujetos/ayto-metepec").visible
    assert hacer(sitio, "siglas", "ayto-metepec", nuevas="Con Espacios").codigo == 422
    assert sitio.de(sitio.casa.laura).get("/ipo/tablero").codigo == 200


def test_una_extinta_lo_dice_en_el_portal_y_su_gente_solo_lee(sitio: Sitio) -> None:
    casa = sitio.casa
    publicar(sitio, casa.julieta, casa.laura)
    rojo = casa.capturar(casa.julieta)
    assert "extinta" in gabriela(sitio).seguir(hacer(sitio, "extinguir", dia="15/03/2026", motivo=MOTIVO)).avisos[0]
    for ruta in ("/metepec/", "/metepec/convenios/"):
        assert "Esta institución se extinguió el 15/03/2026." in portal(sitio, ruta) and MOTIVO in portal(sitio, ruta)
    assert "extinguió" not in portal(sitio, "/toluca/") and '"extinta_desde": "2026-03-15"' in portal(sitio, "/metepec.json")
    for persona in (casa.laura, casa.julieta):
        visitante = sitio.de(persona)
        assert "se extinguió el 15/03/2026" in visitante.get("/ipo/tablero").visible
        assert visitante.get(sitio.url()).codigo == 200, "lo suyo se puede leer"
        publicarlo = {"acto": "publicar", "sel": f"{a_folio(rojo)}:1"}
        for ruta, datos in ((sitio.url("nuevo"), {}), (sitio.url("acciones"), publicarlo),
                            ("/ipo/configuracion", {"domicilio": "x"})):
            assert visitante.post(ruta, datos).codigo in (403, 404), ruta
    assert casa.fila(rojo).estado == "capturado"
    assert sitio.de(casa.laura).post("/ipo/salir").codigo == 302, "salir sí se puede"


def test_se_reactiva_con_su_razon(sitio: Sitio) -> None:
    hacer(sitio, "extinguir", dia="15/03/2026", motivo=MOTIVO)
    corta = hacer(sitio, "reactivar", motivo="sí")
    assert corta.codigo == 422 and "motivo" in corta.visible
    assert "reactivada" in gabriela(sitio).seguir(hacer(sitio, "reactivar", motivo="Sentencia firme del tribunal.")).avisos[0]
    assert "extinguió" not in portal(sitio, "/metepec/")
    assert sitio.de(sitio.casa.julieta).get(sitio.url("nuevo")).codigo == 200


@pytest.mark.parametrize("campos", [
    {"dia": "31/02/2026", "motivo": MOTIVO}, {"dia": "", "motivo": MOTIVO}, {"dia": "01/01/2199", "motivo": MOTIVO},
    {"dia": "15/03/2026", "motivo": "no"}])
def test_una_extincion_mal_dicha_vuelve_con_lo_tecleado(campos: dict[str, str], sitio: Sitio) -> None:
    pagina = hacer(sitio, "extinguir", **campos)
    assert pagina.codigo == 422 and pagina.sopa.select_one("#motivo").text == campos["motivo"]
    assert SujetoObligado.get(SujetoObligado.siglas == "metepec").activo


# --- soporte ---

def test_soporte_desbloquea_desde_la_pagina(sitio: Sitio) -> None:
    casa, garante = sitio.casa, gabriela(sitio)
    assert not garante.get("/ipo/sujetos/metepec").sopa.select("form[action*='/desbloquear/']")
    set_activo(casa.beto.usuario, False)
    forma = garante.get("/ipo/sujetos/metepec").forma("form[action*='/desbloquear/']")
    assert "Beto Sámano puede volver a entrar." in garante.seguir(garante.enviar(forma)).avisos
    assert sitio.anonimo().entrar("capt2.metepec", CONTRASENA).codigo == 302
    assert garante.post(f"/ipo/sujetos/metepec/desbloquear/{a_folio(casa.ines.id)}").codigo == 404, "es de otra institución"


# --- quién no ---

@pytest.mark.parametrize("permisos", ["", "sujetos", "catalogo", "verificacion", "soporte"])
def test_cada_pantalla_pide_su_permiso(permisos: str, sitio: Sitio) -> None:
    """Toda ruta del garante que pide un permiso responde 404 a quien no lo tiene, y no a quien sí."""
    casa, formato = sitio.casa, vigente.foto.catalogo.por_clave["convenios"]
    [prorroga] = grant(casa.gabriela.actor, [formato], Pedida("todas", 2026, "T2", dt.date(2026, 8, 31), MOTIVO))
    lugares = {"siglas": "metepec", "cuenta": a_folio(casa.beto.id), "ausencia": a_folio(prorroga.id),
               "registro": a_folio(casa.capturar(casa.julieta)), "formato": "convenios"}
    Usuario.update(permisos=permisos).where(Usuario.id == casa.gabriela.id).execute()
    garante = sitio.de(casa.gabriela, otra_vez=True)
    vistas = 0
    for endpoint, clase in CLASES.items():
        if clase.nombre != "garante":
            continue
        ruta = DIRECCIONES[f"oficina {endpoint}"].format_map(lugares)
        codigo = garante.get(ruta).codigo
        codigo = garante.post(ruta).codigo if codigo == 405 else codigo
        permitida = clase.permiso is None or PIDE[clase.permiso] in permisos
        assert (codigo != 404) == permitida, (endpoint, codigo)
        vistas += 1
    assert vistas >= 6


def test_la_puerta_es_solo_del_garante_y_pide_testigo(sitio: Sitio) -> None:
    casa = sitio.casa
    for ruta in ("/ipo/sujetos", "/ipo/sujetos/nuevo", "/ipo/sujetos/metepec", "/ipo/sujetos/metepec/editar"):
        assert sitio.de(casa.laura).get(ruta).codigo == sitio.de(casa.julieta).get(ruta).codigo == 404
        assert sitio.anonimo().get(ruta).codigo == 302
    garante = gabriela(sitio)
    beto = a_folio(casa.beto.id)
    for ruta in ("nuevo", "metepec/editar", "metepec/siglas", "metepec/extinguir", f"metepec/desbloquear/{beto}"):
        assert garante.post(f"/ipo/sujetos/{ruta}", NUEVA, ficha=False).codigo == 400
    for ruta in ("metepec/siglas", "metepec/extinguir", "metepec/reactivar"):
        assert garante.get(f"/ipo/sujetos/{ruta}").codigo == 405
    assert "/ipo/sujetos" not in sitio.de(casa.laura).get("/ipo/tablero").texto
    assert SujetoObligado.select().count() == 2 and not ActoDeSujeto.select().exists()
