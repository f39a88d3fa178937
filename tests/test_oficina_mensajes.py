"""Las pantallas de mensajes: escribir, leer, contestar, buscar; y que la barra diga cuánto falta por leer."""

import pytest

from models.base import db
from models.folios import a_folio, nuevo_id
from models.mensajes import Entrada, Mensaje
from models.usuarios import Usuario
from tests.cliente import Sitio, Visitante
from tests.elenco import Persona
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

RUTA = "/ipo/mensajes"


def escribir(visitante: Visitante, *para: Persona | str, **campos: str) -> Pagina:
    destinos = [p if isinstance(p, str) else f"persona:{a_folio(p.id)}" for p in para]
    forma = visitante.get(f"{RUTA}/nuevo").forma("form.media")
    return visitante.enviar(forma, **{"para": destinos, "asunto": "Cierre", "texto": "Falta el convenio 3."} | campos)


def abrir(visitante: Visitante, asunto: str = "Cierre") -> Pagina:
    liga = next(a for a in visitante.get(RUTA).sopa.select(".bandeja a") if a.text == asunto)
    return visitante.get(str(liga["href"]))


def sin_leer(visitante: Visitante, ruta: str = "/ipo/tablero") -> str:
    cuenta = visitante.get(ruta).sopa.select_one(".barra .cuenta")
    return str(cuenta.find(string=True)) if cuenta else ""


def test_se_escribe_la_barra_lo_dice_se_abre_y_se_contesta(sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    assert "Se envió a 1 persona." in laura.seguir(escribir(laura, sitio.casa.julieta)).avisos[0]
    assert sin_leer(julieta) == "1" and sin_leer(laura) == ""
    abierto = abrir(julieta)
    assert "Falta el convenio 3." in abierto.visible
    assert abierto.sopa.select_one(".barra .cuenta") is None, "al abrirlo ya no cuenta"
    contestado = julieta.seguir(julieta.enviar(abierto.forma("form.media"), texto="Hoy lo subo."))
    assert "Su respuesta se envió." in contestado.avisos[0] and "Hoy lo subo." in contestado.visible
    assert sin_leer(laura) == "1" and "Hoy lo subo." in abrir(laura).visible


def test_se_deja_sin_leer_y_se_marca_todo(sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    escribir(laura, sitio.casa.julieta)
    julieta.enviar(abrir(julieta).forma("form[action$='sin-leer']"))
    assert sin_leer(julieta) == "1"
    julieta.enviar(julieta.get(RUTA).forma("form[action$='leer-todo']"))
    assert sin_leer(julieta) == ""


def test_el_formulario_solo_ofrece_a_quien_se_le_puede_escribir(sitio: Sitio) -> None:
    casa = sitio.casa
    de_julieta = sitio.de(casa.julieta).get(f"{RUTA}/nuevo")
    assert "Ernesto Peña" in de_julieta.visible and "Laura Nava" in de_julieta.visible
    for ajeno in ("Beto", "Nadia", "Ramiro", "garante"):
        assert ajeno not in de_julieta.visible
    de_gabriela = sitio.de(casa.gabriela).get(f"{RUTA}/nuevo")
    assert "Todas las Unidades" in de_gabriela.visible and "H. Ayuntamiento de Toluca" in de_gabriela.visible
    assert "Julieta" not in de_gabriela.visible


@pytest.mark.parametrize("campos", [
    {"asunto": ""}, {"texto": " "}, {"texto": "z" * 5001}, {"asunto": "a\x00b"}, {"para": "persona:nadie"}, {"para": ""},
])
def test_con_un_error_vuelve_lo_escrito(campos: dict[str, str], sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    pagina = escribir(laura, sitio.casa.julieta, **campos)
    assert pagina.codigo == 422 and pagina.errores
    if "asunto" not in campos:
        assert pagina.sopa.select_one("#asunto")["value"] == "Cierre"
    if "texto" not in campos:
        assert pagina.sopa.select_one("#texto").text.strip() == "Falta el convenio 3."
    if "para" not in campos:
        assert pagina.sopa.select_one(f"input[value='persona:{a_folio(sitio.casa.julieta.id)}'][checked]")
    assert not Entrada.select().exists()


def test_una_respuesta_vacia_se_dice_y_lo_demas_queda(sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    escribir(laura, sitio.casa.julieta)
    pagina = julieta.enviar(abrir(julieta).forma("form.media"), texto="y" * 5001)
    assert pagina.codigo == 422 and "5,001" in pagina.errores and len(pagina.sopa.select_one("#texto").text) > 5000
    assert Mensaje.select().count() == 1


def test_lo_ajeno_no_se_abre_ni_se_contesta(sitio: Sitio) -> None:
    casa = sitio.casa
    escribir(sitio.de(casa.laura), casa.julieta)
    for entrada in Entrada.select():
        for persona in (casa.beto, casa.ramiro, casa.gabriela):
            visitante = sitio.de(persona)
            assert visitante.get(f"{RUTA}/{a_folio(entrada.id)}").codigo == 404
            assert visitante.get(f"{RUTA}/{a_folio(entrada.hilo_id)}").codigo == 404
            assert visitante.post(f"{RUTA}/{a_folio(entrada.id)}/responder", {"texto": "Hola a todos."}).codigo == 404
            assert visitante.post(f"{RUTA}/{a_folio(entrada.id)}/sin-leer").codigo == 404
    assert Mensaje.select().count() == 1


def test_sin_testigo_o_con_get_no_se_envia(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    datos = {"para": f"persona:{a_folio(sitio.casa.julieta.id)}", "asunto": "Cierre", "texto": "Hola.",
             "envio": a_folio(nuevo_id())}
    assert laura.post(f"{RUTA}/nuevo", datos, ficha=False).codigo == 400
    laura.get(f"{RUTA}/nuevo", **datos)
    assert not Entrada.select().exists()
    escribir(laura, sitio.casa.julieta)
    folio = a_folio(Entrada.get(Entrada.usuario_id == sitio.casa.julieta.id).id)
    julieta = sitio.de(sitio.casa.julieta)
    assert julieta.get(f"{RUTA}/{folio}/responder").codigo == 405
    assert julieta.post(f"{RUTA}/{folio}/responder", {"texto": "Hola."}, ficha=False).codigo == 400
    assert julieta.post(f"{RUTA}/leer-todo", ficha=False).codigo == 400


def test_se_busca_y_se_filtra_y_lo_vacio_se_explica(sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    assert "Todavía no hay nada aquí" in julieta.get(RUTA).visible
    escribir(laura, sitio.casa.julieta, asunto="Revisión del directorio")
    escribir(laura, sitio.casa.julieta, asunto="Otra cosa")
    assert [a.text for a in julieta.get(RUTA, q="revision").sopa.select(".bandeja a")] == ["Revisión del directorio"]
    assert "Nada coincide" in julieta.get(RUTA, q="zzz").visible
    assert "No ha enviado" in julieta.get(RUTA, carpeta="enviados").visible
    assert len(laura.get(RUTA, carpeta="enviados").sopa.select(".bandeja li")) == 2
    assert julieta.get(RUTA, carpeta="nada").codigo == 200


def test_lo_que_alguien_escribe_nunca_es_codigo(sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    julieta.texto_ajeno = True
    escribir(laura, sitio.casa.julieta, asunto="<script>alert(1)</script>", texto="<img src=x onerror=alert(1)> {{7*7}}")
    for pagina in (julieta.get(RUTA), abrir(julieta, "<script>alert(1)</script>")):
        assert not pagina.sopa.select("main script, main img") and "<script>alert(1)</script>" in pagina.visible


# --- las preferencias ---

def test_cada_quien_pone_su_correo_y_lo_quita(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)

    def guardado() -> tuple[str | None, bool]:
        cuenta = Usuario.get(Usuario.id == sitio.casa.julieta.id)
        return cuenta.correo, cuenta.resumen is not False

    forma = julieta.get(f"{RUTA}/preferencias").forma("form.media")
    assert guardado() == (None, True)
    julieta.enviar(forma, correo=" julieta@metepec.gob.mx ")
    assert guardado() == ("julieta@metepec.gob.mx", True)
    julieta.enviar(forma, correo="julieta@metepec.gob.mx", resumen=None)
    assert guardado() == ("julieta@metepec.gob.mx", False)
    for malo in ("sin arroba", "dos@a.mx, tres@a.mx", "a@b\r\nBcc: x@y.mx", "x" * 300 + "@a.mx"):
        pagina = julieta.enviar(forma, correo=malo)
        assert pagina.codigo == 422 and pagina.errores
    assert guardado() == ("julieta@metepec.gob.mx", False)
    julieta.enviar(forma, correo="")
    assert guardado()[0] is None
    assert Usuario.select().where(Usuario.correo.is_null(False)).count() == 0


# --- lo que cuesta ---

def test_la_cuenta_de_sin_leer_es_una_consulta_por_pagina(sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    for _ in range(3):
        escribir(laura, sitio.casa.julieta)
    for ruta in ("/ipo/tablero", "/ipo/formatos", "/ipo/mensajes", sitio.url()):
        consultas = al_buzon(julieta, ruta)
        assert sum("COUNT" in sql for sql in consultas) == 1, consultas
        assert len(consultas) == (2 if ruta == RUTA else 1), consultas


def al_buzon(visitante: Visitante, ruta: str) -> list[str]:
    """Las consultas al buzón que hace una página."""
    hechas: list[str] = []
    ejecutar = db.obj.execute_sql

    def espiar(sql: str, *args: object, **kwargs: object) -> object:
        hechas.append(sql)
        return ejecutar(sql, *args, **kwargs)

    db.obj.execute_sql = espiar
    try:
        assert visitante.get(ruta).codigo == 200
    finally:
        del db.obj.execute_sql
    return [sql for sql in hechas if '"buzon"' in sql]


@pytest.mark.parametrize("cuantos", [1, 20])
def test_la_bandeja_hace_las_mismas_consultas_con_uno_que_con_veinte(cuantos: int, sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    for i in range(cuantos):
        escribir(laura, sitio.casa.julieta, asunto=f"Asunto {i}")
    assert len(al_buzon(julieta, RUTA)) == 2
