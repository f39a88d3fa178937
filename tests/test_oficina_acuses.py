"""Los acuses en pantalla, los segundos para deshacer una publicación, y publicar en una fecha fijada."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest

from models.presentacion.fechas import fecha as fecha_escrita
from models.reloj import ahora, hoy
from models.tareas import Lote, Trabajo
from models.trabajos.trabajador import attend_all
from tests.cliente import Sitio, Visitante, folio
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"


@pytest.fixture
def con_gracia(sitio: Sitio) -> Iterator[Sitio]:
    """Como en producción: treinta segundos antes de que la ciudadanía lo vea."""
    entorno = sitio.app.extensions["entorno"]
    sitio.app.extensions["entorno"] = entorno.con(deshacer=30)
    yield sitio
    sitio.app.extensions["entorno"] = entorno


def publicar(laura: Visitante, registro: int, **campos: str) -> Pagina:
    """Laura marca el registro, pide publicarlo y confirma; da la respuesta, sin seguirla."""
    congelado = laura.post(laura.sitio.url("acciones"), {"acto": "publicar", "sel": f"{folio(registro)}:1"})
    return laura.enviar(laura.seguir(congelado).forma("form.angosta"), **campos)


def vence() -> None:
    Trabajo.update(arriendo=ahora() - 1).where(Trabajo.estado == "pendiente").execute()


def test_al_publicar_hay_treinta_segundos_para_deshacer(con_gracia: Sitio) -> None:
    casa, laura = con_gracia.casa, con_gracia.de(con_gracia.casa.laura)
    registro = casa.capturar(casa.julieta)
    lista = laura.seguir(publicar(laura, registro))
    aviso = lista.sopa.select_one(".por-salir")
    assert aviso is not None and "1 convenio sale al portal en 30 segundos" in " ".join(aviso.text.split())
    assert casa.publica(registro) is None, "la ciudadanía todavía no lo ve"
    assert laura.get("/ipo/tablero").sopa.select_one(".por-salir") is not None, "se puede deshacer desde cualquier página"
    assert con_gracia.de(casa.ernesto).get("/ipo/tablero").sopa.select_one(".por-salir") is None
    hecho = laura.seguir(laura.enviar(lista.forma("form[action$='/deshacer']")))
    assert hecho.avisos == ["Se deshizo. Nada se publicó y los registros quedaron como estaban."]
    assert hecho.sopa.select_one(".por-salir") is None and casa.fila(registro).estado == "capturado"
    vence()
    assert attend_all("prueba") == 0 and casa.publica(registro) is None


def test_pasados_los_segundos_sale_y_el_acuse_lo_dice(con_gracia: Sitio) -> None:
    casa, laura = con_gracia.casa, con_gracia.de(con_gracia.casa.laura)
    registro = casa.capturar(casa.julieta)
    lista = laura.seguir(publicar(laura, registro))
    deshacer = lista.forma("form[action$='/deshacer']")
    vence()
    assert attend_all("prueba") == 1 and casa.publica(registro) is not None
    tarde = laura.seguir(laura.enviar(deshacer))
    assert tarde.avisos == ["Ya no se puede deshacer. Si fue un error, retírelo del portal."]
    acuse = laura.get(f"/ipo/acuses/{folio(Lote.get().id)}")
    assert "Comprobada: coincide con lo que se publicó" in acuse.visible and "Hecho" in acuse.visible
    assert Lote.get().huella in acuse.texto and casa.laura.usuario.nombre in acuse.visible
    assert casa.metepec.sujeto.nombre in acuse.visible and acuse.sopa.select_one("[data-imprimir]") is not None


def test_si_lo_cambian_mientras_espera_se_dice_que_no_salio(con_gracia: Sitio) -> None:
    casa, laura = con_gracia.casa, con_gracia.de(con_gracia.casa.laura)
    registro = casa.capturar(casa.julieta)
    lista = laura.seguir(publicar(laura, registro))
    casa.editar(casa.julieta, registro, objetivo="Otro")
    vence()
    attend_all("prueba")
    estado = json.loads(laura.get(str(lista.sopa.select_one(".por-salir")["data-avance-de"])).texto)
    assert estado == {"estado": "terminado", "hecho": 1, "total": 1, "fuera": 1}
    acuse = laura.get(str(lista.sopa.select_one(".por-salir a")["href"]))
    assert "Cambió después de que usted lo vio." in acuse.visible and "No se hizo con ninguno" in acuse.visible


def test_se_publica_en_la_fecha_que_se_fije(con_gracia: Sitio) -> None:
    casa, laura = con_gracia.casa, con_gracia.de(con_gracia.casa.laura)
    registro = casa.capturar(casa.julieta)
    for fecha, dice in (("31/02/2027", "febrero"), ("01/01/2020", "ya pasaron")):
        mal = publicar(laura, registro, fecha=fecha)
        assert mal.codigo == 422 and dice in mal.errores and mal.forma("form.angosta").campos["fecha"] == fecha
    dia = fecha_escrita(hoy() + dt.timedelta(days=60))
    lejos = publicar(laura, registro, fecha=dia, hora="9:00")
    assert f"1 convenio sale al portal el {dia}, 09:00." in laura.seguir(lejos).visible
    assert f"1 convenio sale al portal el {dia}, 09:00." in con_gracia.de(casa.ernesto).get(con_gracia.url()).visible
    [confirmado] = Lote.select().where(Lote.confirmado_en.is_null(False))
    acuse = laura.get(f"/ipo/acuses/{folio(confirmado.id)}")
    assert f"Saldrá el {dia}, 09:00" in acuse.visible
    laura.enviar(acuse.forma("form[action$='/deshacer']"))
    assert "Deshecho" in laura.get(acuse.ruta).visible and casa.publica(registro) is None


def test_lo_que_se_hace_en_el_acto_deja_su_acuse(sitio: Sitio) -> None:
    casa, ernesto = sitio.casa, sitio.de(sitio.casa.ernesto)
    registro = casa.capturar(casa.julieta)
    congelado = ernesto.post(sitio.url("acciones"), {"acto": "devolver", "sel": f"{folio(registro)}:1"})
    lista = ernesto.seguir(ernesto.enviar(ernesto.seguir(congelado).forma("form.angosta"), motivo="Falta la firma."))
    acuse = ernesto.get(str(lista.sopa.select_one(".tras-aviso a")["href"]))
    assert "Acuse: devolver con motivo" in acuse.visible and "Falta la firma." in acuse.visible
    for persona, codigo in ((casa.laura, 200), (casa.julieta, 404), (casa.ramiro, 404), (casa.gabriela, 404)):
        assert sitio.de(persona).get(acuse.ruta).codigo == codigo
    assert sitio.anonimo().get(acuse.ruta).codigo == 302 and sitio.de(casa.laura).get("/ipo/acuses/nada").codigo == 404


def test_la_lista_dice_todos_los_de_la_institucion_a_la_unidad(sitio: Sitio) -> None:
    casa, laura, ernesto = sitio.casa, sitio.de(sitio.casa.laura), sitio.de(sitio.casa.ernesto)
    assert "Todavía no hay acuses" in laura.get("/ipo/acuses").visible
    publicar(laura, casa.capturar(casa.julieta))
    assert len(laura.get("/ipo/acuses").sopa.select("tbody tr")) == 1
    assert len(laura.get("/ipo/acuses", formato="padrones").sopa.select("tbody tr")) == 0
    assert "Todavía no hay acuses" in ernesto.get("/ipo/acuses").visible
    assert sitio.de(casa.gabriela).get("/ipo/acuses").codigo == 404


def test_deshacer_no_es_de_otros_ni_con_get_ni_sin_testigo(con_gracia: Sitio) -> None:
    casa, laura = con_gracia.casa, con_gracia.de(con_gracia.casa.laura)
    publicar(laura, casa.capturar(casa.julieta))
    ruta = f"/ipo/avance/{folio(Trabajo.get().id)}/deshacer"
    for persona in (casa.ernesto, casa.ramiro, casa.gabriela):
        assert con_gracia.de(persona).post(ruta).codigo == 404
    assert laura.get(ruta).codigo == 405 and laura.post(ruta, ficha=False).codigo == 400
    assert Trabajo.get().estado == "pendiente"
