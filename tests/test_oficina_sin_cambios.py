"""La pantalla de «sin cambios»: se marcan varios de una vez, y el portal dice la fecha en que se confirmó."""

import pytest

from models.domain.sin_cambios import confirm
from models.folios import a_folio
from models.presentacion.fechas import fecha
from models.reloj import hoy
from models.sin_cambios import Confirmacion
from tests.cliente import Sitio, Visitante
from tests.elenco import CLAVE
from tests.escenario import publicar, ultimo_cerrado
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

RUTA = "/ipo/sin-cambios"
OTRO = "padrones"


def con_publicados(sitio: Sitio, *claves: str) -> None:
    """Un registro público de hace años en cada formato: los periodos de este año se deben."""
    for clave in claves:
        publicar(sitio, sitio.casa.julieta, sitio.casa.laura, clave, ejercicio="2023", periodo="T1")


def marca(sitio: Sitio, clave: str = CLAVE) -> str:
    periodo = ultimo_cerrado(sitio.casa.tabla(clave).formato)
    return f"{clave}:{periodo.ejercicio}:{periodo.clave}"


def proponer(sitio: Sitio) -> str:
    """Julieta lo propone; da el folio."""
    con_publicados(sitio, CLAVE)
    _, ejercicio, periodo = marca(sitio).split(":")
    return a_folio(confirm(sitio.casa.julieta.actor, sitio.casa.tabla(), int(ejercicio), periodo).id)


def decidir(laura: Visitante, acto: str, **campos: str) -> Pagina:
    return laura.seguir(laura.enviar(laura.get(RUTA).forma(f"form[action$='/{acto}']"), **campos))


def portal(sitio: Sitio, clave: str = CLAVE) -> str:
    return sitio.portal.test_client().get(f"/metepec/{clave}/").get_data(as_text=True)


def test_la_unidad_marca_varios_y_la_ciudadania_lee_la_fecha(sitio: Sitio) -> None:
    con_publicados(sitio, CLAVE, OTRO)
    laura = sitio.de(sitio.casa.laura)
    forma = laura.get(RUTA).forma("form[data-lote]")
    hecha = laura.seguir(laura.enviar(forma, sel=[marca(sitio), marca(sitio, OTRO)]))
    assert "2 formatos sin cambios" in hecha.avisos[0]
    for clave in (CLAVE, OTRO):
        assert "Confirmado sin cambios el" in portal(sitio, clave) and fecha(hoy()) in portal(sitio, clave)
    assert marca(sitio) not in {str(c["value"]) for c in laura.get(RUTA).sopa.select("input[name=sel]")}


def test_quien_captura_propone_y_la_unidad_aprueba_y_revoca(sitio: Sitio) -> None:
    con_publicados(sitio, CLAVE)
    julieta, laura = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.laura)
    pagina = julieta.get(RUTA)
    assert "Proponer que siguen igual" in pagina.visible and "Confirmar que siguen igual" not in pagina.visible
    propuesta = julieta.seguir(julieta.enviar(pagina.forma("form[data-lote]"), sel=marca(sitio)))
    assert "1 propuesta espera su decisión" in laura.get("/ipo/faltantes").visible
    assert "Falta que la Unidad" in propuesta.avisos[0] and "Aprobar y publicar" not in propuesta.visible
    assert "Confirmado sin cambios" not in portal(sitio)
    assert "Aprobado" in decidir(laura, "aprobar").avisos[0] and "Confirmado sin cambios" in portal(sitio)
    assert "Revocado" in decidir(laura, "revocar", motivo="Sí se firmó uno.").avisos[0]
    assert "Confirmado sin cambios" not in portal(sitio)


def test_lo_devuelto_dice_por_que(sitio: Sitio) -> None:
    proponer(sitio)
    decidir(sitio.de(sitio.casa.laura), "devolver", motivo="Se firmó uno en julio.")
    assert "Se firmó uno en julio." in sitio.de(sitio.casa.julieta).get(RUTA).visible


def test_con_cambios_sin_publicar_no_se_marca_y_lleva_a_la_lista(sitio: Sitio) -> None:
    con_publicados(sitio, CLAVE)
    sitio.casa.capturar(sitio.casa.beto)
    laura = sitio.de(sitio.casa.laura)
    pagina = laura.get(RUTA)
    assert not pagina.sopa.select("input[name=sel]") and "1 registro con cambios sin publicar" in pagina.visible
    hecha = laura.post(RUTA, {"sel": marca(sitio)})
    assert hecha.codigo == 422 and "con cambios sin publicar" in hecha.errores and not Confirmacion.select().exists()


def test_se_llega_desde_lo_que_falta_y_desde_la_lista_del_formato(sitio: Sitio) -> None:
    con_publicados(sitio, CLAVE, OTRO)
    laura = sitio.de(sitio.casa.laura)
    fila = next(f for f in laura.get("/ipo/faltantes").sopa.select("tbody tr") if "Convenios" in f.text)
    boton = next(a for a in fila.select("a.btn") if a.text.startswith("Sin cambios"))
    solo = laura.get(str(boton["href"]))
    assert solo.sopa.select_one("main h2").text == "Convenios"
    assert {str(c["value"]).split(":")[0] for c in solo.sopa.select("input[name=sel]")} == {CLAVE}
    assert laura.get(sitio.url()).sopa.select_one(f".mas a[href='{RUTA}?formato={CLAVE}']") is not None


def test_sin_nada_que_confirmar_dice_que_sigue(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.laura).get(RUTA)
    assert "Nada que confirmar" in pagina.visible and pagina.sopa.select_one("main a[href='/ipo/faltantes']")


@pytest.mark.parametrize("sel", ["", [], "convenios", "convenios:2026", "convenios:٢٠٢٦:T1", "convenios:2026:'", "convenios::"])
def test_lo_mal_marcado_no_hace_nada(sel: str | list[str], sitio: Sitio) -> None:
    con_publicados(sitio, CLAVE)
    assert sitio.de(sitio.casa.laura).post(RUTA, {"sel": sel}).codigo in (404, 422)
    assert not Confirmacion.select().exists()


def test_un_formato_ajeno_no_existe(sitio: Sitio) -> None:
    con_publicados(sitio, CLAVE)
    assert sitio.de(sitio.casa.nadia).post(RUTA, {"sel": marca(sitio)}).codigo == 404
    assert sitio.de(sitio.casa.gabriela).get(RUTA).codigo == 404
    assert sitio.de(sitio.casa.ramiro).post(RUTA, {"sel": marca(sitio)}).codigo == 422, "Toluca no tiene nada público"
    assert not Confirmacion.select().exists()


def test_quien_no_es_la_unidad_no_decide_y_sin_testigo_nadie(sitio: Sitio) -> None:
    casa, ruta = sitio.casa, f"{RUTA}/{proponer(sitio)}/aprobar"
    assert "Solo la Unidad" in sitio.de(casa.ernesto).seguir(sitio.de(casa.ernesto).post(ruta)).avisos[0]
    assert sitio.de(casa.ramiro).post(ruta).codigo == 404
    assert sitio.de(casa.laura).post(ruta, ficha=False).codigo == 400
    assert sitio.de(casa.laura).post(RUTA, {"sel": marca(sitio)}, ficha=False).codigo == 400
    assert sitio.de(casa.laura).get(ruta).codigo == 405
    assert Confirmacion.get().situacion == "propuesta"
