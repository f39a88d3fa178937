"""La entrada: lo que ve quien llega, quien se equivoca y quien ya entró."""

import pytest

from models.usuarios import Usuario
from tests.cliente import Sitio
from tests.elenco import CONTRASENA

pytest_plugins = "tests.sitio"


def test_dice_que_es_y_a_quien_pedirle_la_contrasena(sitio: Sitio) -> None:
    pagina = sitio.anonimo().get("/ipo")
    assert pagina.sopa.h1.text == "Entrar a IPOMEX"
    assert "La Unidad de Información de su institución, o Infoem, le da una nueva." in pagina.visible
    assert "Cuentas de esta demostración" not in pagina.visible
    assert pagina.sopa.select_one("input[name=contrasena]")["type"] == "password"


def test_la_demostracion_ensena_sus_cuentas(sitio: Sitio) -> None:
    Usuario.update(de_demostracion=True).execute()
    with sitio.con(nombre="demo") as demo:
        pagina = demo.anonimo().get("/ipo")
        assert "Cuentas de esta demostración" in pagina.visible and "capt1.metepec" in pagina.texto
        assert pagina.sopa.select_one("p.demo") is not None


@pytest.mark.parametrize("usuario", ["unidad.metepec", " Unidad.Metepec ", "UNIDAD.METEPEC"])
def test_el_usuario_se_teclea_como_sea(usuario: str, sitio: Sitio) -> None:
    visitante = sitio.anonimo()
    tablero = visitante.seguir(visitante.entrar(usuario))
    assert tablero.sopa.h1.text == "Tablero" and "Laura Nava" in tablero.visible


def test_al_equivocarse_vuelve_el_usuario_y_no_la_contrasena(sitio: Sitio) -> None:
    pagina = sitio.anonimo().entrar("Unidad.Metepec", "no es esta", sigue="/ipo/formatos")
    campos = pagina.forma("form[action='/ipo']").campos
    assert pagina.codigo == 401 and pagina.sopa.title.text.startswith("Error: ")
    assert (campos["usuario"], campos["contrasena"], campos["sigue"]) == ("Unidad.Metepec", "", "/ipo/formatos")
    assert "no coinciden. Revise mayúsculas" in pagina.errores and "no es esta" not in pagina.texto


def test_quien_ya_entro_va_a_su_tablero(sitio: Sitio) -> None:
    assert sitio.de(sitio.casa.laura).get("/ipo").lleva_a == "/ipo/tablero"
    assert sitio.anonimo().get("/ipo/").codigo in (200, 308)


def test_despues_de_entrar_sigue_en_lo_que_pidio(sitio: Sitio) -> None:
    anonimo = sitio.anonimo()
    entrada = anonimo.seguir(anonimo.get(sitio.url("?estado=revisado")))
    hecha = anonimo.enviar(entrada.forma("form[action='/ipo']"), usuario="unidad.metepec", contrasena=CONTRASENA)
    assert anonimo.seguir(hecha).sopa.h1.text == "Convenios"


def test_lo_enviado_sin_sesion_no_se_hace_y_lleva_a_entrar(sitio: Sitio) -> None:
    anonimo = sitio.anonimo()
    anonimo.ficha = anonimo.get("/ipo").ficha
    assert anonimo.post(sitio.url("nuevo"), {"nota": "x"}).lleva_a.startswith(f"/ipo?sigue={sitio.url('nuevo')}")
    assert sitio.casa.tabla().trabajo.select().count() == 0
