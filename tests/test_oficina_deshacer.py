"""El botón «Deshacer»: en el aviso de lo que se acaba de hacer y, por un día, en el registro."""

import pytest

from tests.cliente import Sitio, Visitante, folio
from tests.elenco import Persona
from tests.pagina import Pagina
from tests.test_oficina_actos import aceptar, estados, marcar

pytest_plugins = "tests.sitio"

BOTON = "form.deshacer"


def devolver(sitio: Sitio, persona: Persona, *registros: int) -> tuple[Visitante, Pagina]:
    visitante = sitio.de(persona)
    return visitante, aceptar(visitante, marcar(visitante, "devolver", *registros), motivo="Falta la firma.")


def test_en_el_aviso_se_deshace_todo_el_lote(sitio: Sitio) -> None:
    casa = sitio.casa
    uno, dos = casa.capturar(casa.julieta), casa.capturar(casa.julieta)
    casa.hacer(casa.ernesto, "revisar", dos)
    laura, hecha = devolver(sitio, casa.laura, uno, dos)
    assert hecha.avisos == ["Devolver con motivo: hecho con 2 convenios."]
    assert "¿Se equivocó? Puede deshacer la devolución" in hecha.visible
    vuelta = laura.seguir(laura.enviar(hecha.forma(BOTON)))
    assert vuelta.avisos == ["Deshecho: 2 convenios como antes."] and estados(sitio, uno, dos) == ["capturado", "revisado"]
    assert not laura.get(sitio.url()).sopa.select(BOTON), "el aviso se ve una vez"


def test_en_el_registro_se_ofrece_a_quien_lo_hizo(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    laura, _ = devolver(sitio, casa.laura, registro)
    ver = sitio.url(f"detalle?id={folio(registro)}")
    assert not sitio.de(casa.ernesto).get(ver).sopa.select(BOTON)
    pagina = laura.get(ver)
    assert "Puede deshacer la devolución hasta el" in pagina.visible
    detalle = laura.seguir(laura.enviar(pagina.forma(BOTON)))
    assert detalle.ruta == ver and detalle.avisos == ["Deshecho: 1 convenio como antes."] and not detalle.sopa.select(BOTON)
    assert "Deshizo la devolución" in laura.get(sitio.url(f"historial?id={folio(registro)}")).visible


def test_si_alguien_lo_toco_se_dice_y_no_se_deshace(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    laura, hecha = devolver(sitio, casa.laura, registro)
    casa.editar(casa.julieta, registro, nota="Ya corregí.")
    vuelta = laura.seguir(laura.enviar(hecha.forma(BOTON)))
    assert vuelta.avisos == ["1 convenio sin deshacer. Cambió después, o ya no está a tiempo de deshacerse."]
    assert casa.fila(registro).nota == "Ya corregí."


def test_lo_borrado_se_deshace_o_se_recupera_de_la_papelera(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    uno, dos = casa.capturar(casa.julieta), casa.capturar(casa.julieta)
    hecha = aceptar(julieta, marcar(julieta, "borrar", uno, dos))
    papelera = julieta.get(sitio.url("?estado=borrado"))
    assert set(papelera.folios) == {folio(uno), folio(dos)} and "De aquí se recupera" in papelera.visible
    [boton] = papelera.sopa.select(f"tr[data-folio='{folio(uno)}'] button[name=sel]")
    confirmar = julieta.seguir(julieta.enviar(papelera.forma("form[data-lote]"), sel=str(boton["value"]), acto="recuperar"))
    aceptar(julieta, confirmar)
    assert estados(sitio, uno, dos) == ["capturado", "borrado"]
    vuelta = julieta.seguir(julieta.enviar(hecha.forma(BOTON)))
    assert vuelta.avisos[0] == "Deshecho: 1 convenio como antes." and estados(sitio, uno, dos) == ["capturado"] * 2


def test_publicar_no_se_deshace_aqui(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    hecha = aceptar(laura, marcar(laura, "retirar", _publico(sitio)), motivo="Se publicó por error.")
    assert not hecha.sopa.select(BOTON) and casa is not None


def _publico(sitio: Sitio) -> int:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", registro)
    return registro


@pytest.mark.parametrize("quien", ["ernesto", "beto", "nadia", "gabriela", "ramiro"])
def test_el_lote_y_el_registro_de_otra_persona_no_se_deshacen(quien: str, sitio: Sitio) -> None:
    casa, otra = sitio.casa, sitio.de(getattr(sitio.casa, quien))
    registro = casa.capturar(casa.julieta)
    _, hecha = devolver(sitio, casa.laura, registro)
    assert otra.post(sitio.url("deshacer"), {"lote": hecha.forma(BOTON).campos["lote"]}).codigo == 404
    esperado = 302 if quien == "ernesto" else 404
    assert otra.post(sitio.url("deshacer"), {"id": folio(registro)}).codigo == esperado
    assert estados(sitio, registro) == ["devuelto"]


def test_con_get_sin_testigo_o_con_basura_no_pasa_nada(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    laura, hecha = devolver(sitio, casa.laura, registro)
    datos = dict(hecha.forma(BOTON).campos)
    assert laura.get(sitio.url("deshacer"), **datos).codigo == 405
    assert laura.post(sitio.url("deshacer"), {"lote": datos["lote"]}, ficha=False).codigo == 400
    assert laura.post(sitio.url("deshacer", "padrones"), {"lote": datos["lote"]}).codigo == 404
    for malo in ("", "x", "0" * 14, "\x00"):
        assert laura.post(sitio.url("deshacer"), {"lote": malo}).codigo == 404
    assert estados(sitio, registro) == ["devuelto"]
