"""«Mis borradores», lo que el formulario guarda solo, y la hoja que llega dos veces."""

import json
from typing import Any

import pytest

from models.borradores import Borrador
from models.domain.borradores import ENTRE, TAMANO_MAXIMO
from models.folios import a_folio, de_folio
from tests.cliente import Sitio, Visitante, folio
from tests.elenco import Persona
from tests.pagina import Forma, Pagina

pytest_plugins = "tests.sitio"


def hoja(pagina: Pagina) -> Forma:
    return pagina.forma("form[data-captura]")


def teclear(visitante: Visitante, forma: Forma, **campos: Any) -> Pagina:
    """Lo que ``captura.js`` manda solo mientras se teclea."""
    Borrador.update(cambiado_en=Borrador.cambiado_en - 2 * ENTRE).execute()
    return visitante.post(str(forma.etiqueta["data-borrador"]), {**forma.campos.to_dict(), **campos})


def nueva(sitio: Sitio, persona: Persona) -> tuple[Visitante, Forma]:
    visitante = sitio.de(persona)
    return visitante, hoja(visitante.get(sitio.url("nuevo")))


# --- funciona ---

def test_lo_tecleado_se_recupera_igual_y_al_guardar_se_va(sitio: Sitio) -> None:
    julieta, forma = nueva(sitio, sitio.casa.julieta)
    datos = {"objetivo": "Plantar encinos", "monto_recursos": "mucho", "contrapartes-0-nombre": "DIF",
             "contrapartes-1-nombre": "Cruz Roja", "convenio__causa": "reservado"}
    guardado = teclear(julieta, forma, **datos)
    assert guardado.codigo == 200 and json.loads(guardado.texto)["hora"]
    otra_vez = julieta.get(sitio.url("nuevo"))
    assert "Tiene un borrador sin guardar" in otra_vez.visible and hoja(otra_vez).campos["objetivo"] == ""
    recuperada = julieta.get(str(otra_vez.sopa.select_one(".borrador a")["href"]))
    campos = hoja(recuperada).campos
    assert {nombre: campos[nombre] for nombre in datos} == datos, "hasta lo mal escrito vuelve tal cual"
    assert campos["envio"] == forma.campos["envio"], "sigue siendo la misma hoja"
    hecho = julieta.enviar(hoja(recuperada), monto_recursos="100", convenio__motivo="Acuerdo CT-1.")
    assert hecho.codigo == 302 and not Borrador.select().exists()
    assert "Tiene un borrador" not in julieta.get(sitio.url("nuevo")).visible


def test_el_de_un_registro_dice_si_cambio_y_al_guardar_no_pisa(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta, objetivo="El de antes")
    editar = sitio.url(f"editar?id={folio(registro)}")
    teclear(julieta, hoja(julieta.get(editar)), objetivo="El de Julieta")
    casa.editar(casa.ernesto, registro, objetivo="El de Ernesto")
    assert "El registro cambió después de que usted empezó" in julieta.get("/ipo/borradores").visible
    recuperada = julieta.get(str(julieta.get(editar).sopa.select_one(".borrador a")["href"]))
    assert "El registro cambió después" in recuperada.visible and hoja(recuperada).campos["version"] == "1"
    choque = julieta.enviar(hoja(recuperada))
    assert choque.codigo == 409 and "El de Ernesto" in choque.visible and "El de Julieta" in choque.visible
    assert julieta.enviar(hoja(choque)).codigo == 302 and not Borrador.select().exists()


def test_mis_borradores_dice_que_son_y_se_descartan(sitio: Sitio) -> None:
    casa = sitio.casa
    julieta, forma = nueva(sitio, casa.julieta)
    registro = casa.capturar(casa.julieta, denominacion_convenio="Reforestación")
    teclear(julieta, forma, denominacion_convenio="Alumbrado")
    teclear(julieta, hoja(julieta.get(sitio.url(f"editar?id={folio(registro)}"))), objetivo="Otro")
    lista = julieta.get("/ipo/borradores")
    assert {h2.text for h2 in lista.sopa.select("section h2")} >= {"Alumbrado"}
    assert "Registro nuevo · " in lista.visible and "Cambios a un registro · " in lista.visible
    for pantalla in ("/ipo/tablero", sitio.url()):
        assert "2 borradores sin guardar" in julieta.get(pantalla).visible
    seccion = next(s for s in lista.sopa.select("section") if s.h2.text == "Alumbrado")
    hecho = julieta.post(str(seccion.form["action"]))
    assert julieta.seguir(hecho).avisos == ["Se descartó el borrador."] and Borrador.select().count() == 1
    assert "1 borrador sin guardar" in julieta.get("/ipo/tablero").visible


def test_si_el_registro_ya_no_se_edita_lo_escrito_se_puede_leer(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    teclear(julieta, hoja(julieta.get(sitio.url(f"editar?id={folio(registro)}"))), objetivo="Lo que iba escribiendo")
    casa.hacer(casa.laura, "borrar", registro)
    lista = julieta.get("/ipo/borradores")
    assert "ya no se puede editar" in lista.visible and "Lo que iba escribiendo" in lista.visible
    assert not lista.sopa.find("a", string=lambda t: bool(t) and t.startswith("Recuperar"))


def test_dos_hojas_nuevas_son_dos_borradores(sitio: Sitio) -> None:
    julieta, una = nueva(sitio, sitio.casa.julieta)
    _, otra = nueva(sitio, sitio.casa.julieta)
    teclear(julieta, una, objetivo="Una")
    teclear(julieta, otra, objetivo="Otra")
    assert Borrador.select().count() == 2 and "Ver los 2" in julieta.get(sitio.url("nuevo")).visible
    assert julieta.enviar(una, objetivo="Una").codigo == 302
    assert [json.loads(b.campos)[0] for b in Borrador.select()] != [] and Borrador.select().count() == 1


def test_ni_el_testigo_ni_lo_ajeno_al_formato_se_guarda(sitio: Sitio) -> None:
    julieta, forma = nueva(sitio, sitio.casa.julieta)
    teclear(julieta, forma, objetivo="Uno", contrasena="secreta", estado="publicado")
    dicho = Borrador.get().campos
    assert "Uno" in dicho and not any(secreto in dicho for secreto in ("secreta", "publicado", julieta.ficha, "csrf"))


def test_dice_por_que_no_se_guardo(sitio: Sitio) -> None:
    julieta, forma = nueva(sitio, sitio.casa.julieta)
    largo = teclear(julieta, forma, objetivo="x" * TAMANO_MAXIMO)
    assert largo.codigo == 409 and "demasiado largo" in json.loads(largo.texto)["error"]
    assert teclear(julieta, forma, objetivo="Uno").codigo == 200
    pronto = julieta.post(str(forma.etiqueta["data-borrador"]), {**forma.campos.to_dict(), "objetivo": "Dos"})
    assert (pronto.codigo, pronto.cabeceras["Retry-After"]) == (429, "1")


# --- la hoja que llega dos veces ---

def test_editar_dos_veces_con_la_misma_hoja_es_editar_una(sitio_de_cada: Sitio) -> None:
    sitio = sitio_de_cada
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    forma = hoja(julieta.get(sitio.url(f"editar?id={folio(registro)}")))
    primera, segunda = (julieta.enviar(forma, nota="Doble clic") for _ in range(2))
    assert (primera.codigo, primera.lleva_a) == (segunda.codigo, segunda.lleva_a) == (302, segunda.lleva_a)
    assert casa.fila(registro).version == 2
    assert julieta.enviar(forma, nota="Volví atrás y corregí").codigo == 302
    assert (casa.fila(registro).version, casa.fila(registro).nota) == (3, "Volví atrás y corregí")


# --- las demás preguntas ---

@pytest.mark.parametrize("quien", ["beto", "laura", "nadia", "gabriela", "ines"])
def test_el_de_otra_persona_no_existe(quien: str, sitio: Sitio) -> None:
    julieta, forma = nueva(sitio, sitio.casa.julieta)
    teclear(julieta, forma, objetivo="De Julieta")
    suyo, otra = a_folio(Borrador.get().id), sitio.de(getattr(sitio.casa, quien))
    assert otra.post(f"/ipo/borradores/{suyo}/descartar").codigo == 404
    if quien not in ("nadia", "gabriela"):
        assert otra.get(sitio.url(f"nuevo?borrador={suyo}")).codigo == 404
    if quien != "gabriela":
        assert "De Julieta" not in otra.get("/ipo/borradores").visible
    assert Borrador.select().count() == 1


def test_el_de_otra_hoja_no_se_abre_aqui(sitio: Sitio) -> None:
    casa = sitio.casa
    julieta, forma = nueva(sitio, casa.julieta)
    teclear(julieta, forma, objetivo="De una hoja nueva")
    suyo, registro = a_folio(Borrador.get().id), casa.capturar(casa.julieta)
    assert julieta.get(sitio.url(f"editar?id={folio(registro)}&borrador={suyo}")).codigo == 404
    assert julieta.get(sitio.url(f"nuevo?borrador={suyo}", "licitaciones")).codigo == 404
    for malo in ("x", "0" * 14):
        assert julieta.get(sitio.url(f"nuevo?borrador={malo}")).codigo == 404
    assert de_folio(suyo) == Borrador.get().id


def test_sin_testigo_con_get_o_mal_hecho_no_se_guarda(sitio: Sitio) -> None:
    julieta, forma = nueva(sitio, sitio.casa.julieta)
    ruta = str(forma.etiqueta["data-borrador"])
    assert julieta.post(ruta, {"envio": "a" * 32, "objetivo": "Uno"}, ficha=False).codigo == 400
    assert julieta.get(ruta).codigo == 405
    for envio in ("", "corto", "ñ" * 32, "a" * 33):
        assert julieta.post(ruta, {"envio": envio, "objetivo": "Uno"}).codigo == 404
    for clave in ("votaciones", "reservas_territoriales", "nada"):
        assert julieta.post(f"/ipo/borradores/{clave}/guardar", {"envio": "a" * 32}).codigo == 404
    assert not Borrador.select().exists()


def test_si_la_sesion_termino_al_guardar_se_regresa_a_la_hoja(sitio: Sitio) -> None:
    """Sin JavaScript, y con la sesión vencida: la entrada lleva de vuelta a la misma hoja."""
    anonimo = sitio.anonimo()
    anonimo.ficha = anonimo.get("/ipo").ficha
    rechazado = anonimo.post(sitio.url("nuevo"), {"objetivo": "Uno"})
    assert rechazado.codigo == 302 and "sigue=/ipo/f/convenios/nuevo" in rechazado.lleva_a
    assert "sigue=" not in anonimo.post(sitio.url("acciones"), {"acto": "borrar"}).lleva_a
