"""Las pantallas de observaciones: se hace desde el registro, se contesta, se cierra, y el tablero lo dice."""

import pytest

from models.folios import a_folio, nuevo_id
from models.mensajes import Entrada, Mensaje, Observacion
from models.usuarios import Asignacion
from tests.cliente import Sitio, Visitante
from tests.elenco import CLAVE
from tests.escenario import observar, publicar
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

RUTA = "/ipo/observaciones"
TEXTO = "El monto no coincide con el convenio firmado."


def hacer(sitio: Sitio, laura: Visitante, registro: int, **campos: str) -> Pagina:
    detalle = laura.get(sitio.url(f"detalle?id={a_folio(registro)}"))
    liga = next(a for a in detalle.sopa.select("main a") if a.text == "Hacer una observación")
    return laura.enviar(laura.get(str(liga["href"])).forma("form.media"), **{"texto": TEXTO} | campos)


def test_se_hace_desde_el_registro_se_contesta_y_se_cierra(sitio: Sitio) -> None:
    casa = sitio.casa
    laura, julieta = sitio.de(casa.laura), sitio.de(casa.julieta)
    registro = casa.capturar(casa.julieta)
    hecha = laura.seguir(hacer(sitio, laura, registro, campo="convenio", dias="3"))
    assert "se envió a quienes lo llevan" in hecha.avisos[0] and TEXTO in hecha.visible and "3 días hábiles" in hecha.visible
    assert "1 observación abierta" in julieta.get("/ipo/tablero").visible
    detalle = julieta.get(sitio.url(f"detalle?id={a_folio(registro)}"))
    liga = detalle.sopa.select_one(".observaciones a")
    assert "1 observación sin cerrar" in detalle.visible and "Hacer una observación" not in detalle.visible
    ficha = julieta.get(str(liga["href"]))
    atendida = julieta.seguir(julieta.enviar(ficha.forma("form[action$=responder]"), texto="Ya se corrigió el monto."))
    assert "Atendida el" in atendida.visible and not atendida.sopa.select("form[action$=cerrar]")
    assert "1 observación atendida falta por cerrar" in laura.get("/ipo/tablero").visible
    ficha = laura.get(str(liga["href"]))
    cerrada = laura.seguir(laura.enviar(ficha.forma("form[action$=cerrar]")))
    assert "Cerrada el" in cerrada.visible and not cerrada.sopa.select("form[action$=responder]")
    reabierta = laura.seguir(laura.enviar(cerrada.forma("form[action$=reabrir]"), texto="Sigue sin coincidir.", dias="2"))
    assert "Sigue sin coincidir." in reabierta.visible and "2 días hábiles" in reabierta.visible


def test_desde_el_buzon_se_llega_a_la_observacion(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    observar(casa, casa.laura, a_folio(casa.capturar(casa.julieta)))
    bandeja = julieta.get("/ipo/mensajes")
    assert bandeja.sopa.select_one(".bandeja .sello.a").text == "Observación"
    ficha = julieta.seguir(julieta.get(str(bandeja.sopa.select_one(".bandeja a")["href"])))
    assert "El monto no coincide" in ficha.visible and ficha.sopa.select_one(".barra .cuenta") is None


def test_el_garante_elige_institucion_formato_y_folio_publico(sitio: Sitio) -> None:
    casa, gabriela = sitio.casa, sitio.de(sitio.casa.gabriela)
    registro = publicar(sitio, casa.julieta, casa.laura)
    elegir = gabriela.get(f"{RUTA}/nueva")
    assert elegir.sopa.select_one("select[name=institucion]")
    hoja = gabriela.get(f"{RUTA}/nueva", institucion="metepec", formato=CLAVE, registro=a_folio(registro))
    gabriela.seguir(gabriela.enviar(hoja.forma("form.media"), texto=TEXTO))
    assert Observacion.get().sujeto_id == casa.metepec.id and Observacion.get().origen == "garante"
    lista = gabriela.get(RUTA)
    assert "H. Ayuntamiento de Metepec" in lista.visible and len(lista.sopa.select("tbody tr")) == 1
    assert "1 observación abierta" in gabriela.get("/ipo/tablero").visible


def test_el_garante_no_alcanza_lo_que_no_es_publico(sitio: Sitio) -> None:
    casa, gabriela = sitio.casa, sitio.de(sitio.casa.gabriela)
    for folio in (a_folio(casa.capturar(casa.julieta)), a_folio(nuevo_id()), "nada"):
        assert gabriela.get(f"{RUTA}/nueva", institucion="metepec", formato=CLAVE, registro=folio).codigo == 404
    assert gabriela.get(f"{RUTA}/nueva", institucion="metepec", formato="votaciones").codigo == 404


@pytest.mark.parametrize("campos", [
    {"texto": ""}, {"texto": "x" * 5001}, {"dias": "0"}, {"dias": "61"}, {"dias": "٣"}, {"campo": "nada"}])
def test_con_un_error_vuelve_lo_escrito(campos: dict[str, str], sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    pagina = hacer(sitio, laura, sitio.casa.capturar(sitio.casa.julieta), **campos)
    assert pagina.codigo == 422 and pagina.errores
    if "texto" not in campos:
        assert pagina.sopa.select_one("#texto").text.strip() == TEXTO
    assert not Observacion.select().exists()


def test_una_respuesta_vacia_o_un_motivo_vacio_se_dicen(sitio: Sitio) -> None:
    casa = sitio.casa
    folio = observar(casa, casa.laura)
    pagina = sitio.de(casa.julieta).post(f"{RUTA}/{folio}/responder", {"texto": " "})
    assert pagina.codigo == 422 and "Escriba la respuesta" in pagina.errores
    sitio.de(casa.laura).post(f"{RUTA}/{folio}/cerrar")
    pagina = sitio.de(casa.laura).post(f"{RUTA}/{folio}/reabrir", {"texto": "", "dias": "3"})
    assert pagina.codigo == 422 and "por qué se reabre" in pagina.errores
    assert Observacion.get().situacion == "cerrada"


def test_lo_ajeno_no_existe_y_quien_no_la_hizo_no_la_cierra(sitio: Sitio) -> None:
    casa = sitio.casa
    folio = observar(casa, casa.laura, a_folio(casa.capturar(casa.julieta)))
    for persona in (casa.beto, casa.nadia, casa.ramiro, casa.ines, casa.gabriela):
        visitante = sitio.de(persona)
        assert visitante.get(f"{RUTA}/{folio}").codigo == 404
        for acto in ("responder", "cerrar", "reabrir"):
            assert visitante.post(f"{RUTA}/{folio}/{acto}", {"texto": "Hola.", "dias": "3"}).codigo == 404
    for persona in (casa.julieta, casa.ernesto):
        assert "Solo quien hizo" in sitio.de(persona).post(f"{RUTA}/{folio}/cerrar").errores
    assert Observacion.get().situacion == "abierta" and Mensaje.select().count() == 1


def test_sin_testigo_o_con_get_no_se_hace_nada(sitio: Sitio) -> None:
    casa = sitio.casa
    laura, folio = sitio.de(casa.laura), observar(casa, casa.laura)
    datos = {"formato": CLAVE, "texto": TEXTO, "dias": "3"}
    assert laura.post(f"{RUTA}/nueva", datos, ficha=False).codigo == 400
    laura.get(f"{RUTA}/nueva", **datos)
    assert laura.post(f"{RUTA}/{folio}/cerrar", ficha=False).codigo == 400
    assert laura.get(f"{RUTA}/{folio}/cerrar").codigo == 405
    assert Observacion.select().count() == 1 and Observacion.get().situacion == "abierta"


def test_quien_captura_no_las_hace(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    assert julieta.get(f"{RUTA}/nueva").codigo == 404
    assert julieta.post(f"{RUTA}/nueva", {"formato": CLAVE, "texto": TEXTO, "dias": "3"}).codigo == 404
    assert not Observacion.select().exists()


def test_los_filtros_y_lo_vacio(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    assert "No hay observaciones abiertas" in laura.get(RUTA).visible
    observar(casa, casa.laura)
    assert len(laura.get(RUTA).sopa.select("tbody tr")) == 1
    for consulta in ({"situacion": "cerrada"}, {"formato": "padrones"}, {"vencidas": "si"}):
        assert "Ninguna coincide" in laura.get(RUTA, **consulta).visible
    for consulta in ({"situacion": "nada"}, {"formato": "nada"}, {"desde": "2026-99-99_x"}, {"desde": "2020-01-01_nada"}):
        assert laura.get(RUTA, **consulta).codigo == 200


def test_quien_ya_no_lleva_el_formato_conserva_lo_que_recibio_y_no_contesta(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    folio = observar(casa, casa.laura, a_folio(casa.capturar(casa.julieta)))
    Asignacion.delete().where(Asignacion.usuario_id == casa.julieta.id).execute()
    pagina = julieta.get(f"/ipo/mensajes/{a_folio(Entrada.get(Entrada.usuario_id == casa.julieta.id).id)}")
    assert "El monto no coincide" in pagina.visible and not pagina.sopa.select("form[action$=responder]")
    assert julieta.get(f"{RUTA}/{folio}").codigo == 404
