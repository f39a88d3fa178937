"""Verificación: se lee lo no publicado, nada se cambia, y cada lectura queda apuntada a la vista de la institución."""

import pytest

from models.domain.errores import NoExiste, NoPermitido
from models.domain.permissions import Permiso
from models.domain.verificados import PAGINA, count_sin_publicar, lecturas_de, read_lista, read_registro
from models.folios import a_folio
from models.lecturas import Lectura
from models.usuarios import Usuario
from tests.cliente import Sitio
from tests.elenco import CLAVE, Casa
from tests.escenario import publicar

pytest_plugins = "tests.sitio"


def test_se_lee_lo_que_no_es_publico_y_cada_lectura_queda_apuntada(casa: Casa) -> None:
    gabriela, metepec, tabla = casa.gabriela.actor, casa.metepec.sujeto, casa.tabla()
    rojo, publico, de_toluca = casa.capturar(casa.julieta), casa.capturar(casa.julieta), casa.capturar(casa.ines)
    casa.hacer(casa.laura, "publicar", publico)
    casa.hacer(casa.laura, "borrar", casa.capturar(casa.beto))
    assert count_sin_publicar(gabriela, metepec) == {CLAVE: 1} and not Lectura.select().exists(), "contar no es leer"
    assert [fila.id for fila in read_lista(gabriela, metepec, tabla)] == [rojo]
    assert read_registro(gabriela, metepec, tabla, rojo).id == rojo
    for ajeno in (publico, de_toluca, 5):
        with pytest.raises(NoExiste):
            read_registro(gabriela, metepec, tabla, ajeno)
    uno, lista = lecturas_de(casa.laura.actor, casa.metepec.id)
    assert (lista.registro_id, lista.cuantos, uno.registro_id, uno.por_nombre) == (None, 1, rojo, "Gabriela Ruiz")
    assert uno.titulo and lecturas_de(casa.ramiro.actor, casa.toluca.id) == []
    assert casa.fila(rojo).version == 1


def test_por_paginas_y_sin_repetir(casa: Casa) -> None:
    ids = {casa.capturar(casa.julieta) for _ in range(PAGINA + 3)}
    primera = read_lista(casa.gabriela.actor, casa.metepec.sujeto, casa.tabla())
    segunda = read_lista(casa.gabriela.actor, casa.metepec.sujeto, casa.tabla(), primera[-1].id)
    assert len(primera) == PAGINA and {fila.id for fila in [*primera, *segunda]} == ids


@pytest.mark.parametrize("permisos", ["", "sujetos catalogo soporte"])
def test_pide_su_permiso(permisos: str, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    casa.gabriela.usuario.permisos = permisos
    for quien in (casa.gabriela, casa.laura, casa.ramiro, casa.julieta):
        for leer in (lambda a: read_lista(a, casa.metepec.sujeto, casa.tabla()),
                     lambda a: read_registro(a, casa.metepec.sujeto, casa.tabla(), registro),
                     lambda a: count_sin_publicar(a, casa.metepec.sujeto)):
            with pytest.raises(NoPermitido):
                leer(quien.actor)
    for quien in (casa.gabriela, casa.ramiro, casa.ernesto, casa.julieta):
        with pytest.raises(NoExiste):
            lecturas_de(quien.actor, casa.metepec.id)
    assert not Lectura.select().exists()


def test_en_pantalla_se_lee_y_la_unidad_ve_quien_leyo(sitio: Sitio) -> None:
    casa, gabriela, laura = sitio.casa, sitio.de(sitio.casa.gabriela), sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.julieta)
    publicar(sitio, casa.julieta, casa.laura)
    assert "Nadie los ha leído" in laura.get("/ipo/lecturas").visible
    ficha = gabriela.get("/ipo/sujetos/metepec")
    formatos = gabriela.get(str(ficha.sopa.select_one("a[href$='/sin-publicar']")["href"]))
    lista = gabriela.get(str(formatos.sopa.select_one("td.principal a")["href"]))
    assert len(lista.sopa.select("td.principal a")) == 1
    detalle = gabriela.get(str(lista.sopa.select_one("td.principal a")["href"]))
    assert detalle.codigo == 200 and "Esta lectura quedó apuntada" in detalle.visible
    assert not detalle.sopa.select("main form"), "no se cambia nada"
    suyas = laura.get("/ipo/lecturas").visible
    assert suyas.count("Gabriela Ruiz") == 2 and "la lista, con 1 registro" in suyas and a_folio(registro) in suyas
    assert "/ipo/lecturas" in laura.get("/ipo/configuracion").texto


def test_quien_no_verifica_no_ve_nada(sitio: Sitio) -> None:
    casa = sitio.casa
    folio = a_folio(casa.capturar(casa.julieta))
    rutas = ["/ipo/sujetos/metepec/sin-publicar", f"/ipo/sujetos/metepec/sin-publicar/{CLAVE}",
             f"/ipo/sujetos/metepec/sin-publicar/{CLAVE}/{folio}"]
    for persona in (casa.laura, casa.ramiro, casa.julieta):
        assert {sitio.de(persona).get(ruta).codigo for ruta in rutas} == {404}
    for persona in (casa.julieta, casa.ernesto, casa.gabriela):
        assert sitio.de(persona).get("/ipo/lecturas").codigo == 404
    gabriela = sitio.de(casa.gabriela)
    for mala in ("/ipo/sujetos/toluca/sin-publicar/convenios/" + folio, "/ipo/sujetos/metepec/sin-publicar/nada",
                 "/ipo/sujetos/nadie/sin-publicar", rutas[1] + "?desde=x", rutas[1] + "/x"):
        assert gabriela.get(mala).codigo == 404, mala
    assert gabriela.post(rutas[2]).codigo == 405
    Usuario.update(permisos=Permiso.SUJETOS).where(Usuario.id == casa.gabriela.id).execute()
    assert {gabriela.get(ruta).codigo for ruta in rutas} == {404}
    assert "sin-publicar" not in gabriela.get("/ipo/sujetos/metepec").texto and not Lectura.select().exists()
