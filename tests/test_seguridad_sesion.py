"""Entrar, salir y todo lo que mata una sesión, visto desde el navegador. Las reglas del freno: ``test_entrada.py``."""

import re

import pytest

from admin_views.entrada import _es_de_casa
from models.domain.cuentas import create_cuenta, reset_contrasena, set_activo
from models.domain.permissions import Rol
from models.domain.sesiones import OCIO, TOTAL
from models.reloj import ahora
from models.usuarios import Intento, Sesion, Usuario
from tests.cliente import Sitio, Visitante
from tests.elenco import CONTRASENA
from tests.escenario import publicar

pytest_plugins = "tests.sitio"

NUEVA = "cuatro palabras muy distintas"
DE_FUERA = ("//malo.example", "/\\malo.example", "\\\\malo.example", "https:malo.example", "https://malo.example/ipo",
            "javascript:alert(1)", "/ipo\r\nSet-Cookie: a=b", "/ipo\t//malo", " //malo.example", "http://[", "//[malo",
            "/ipo@malo.example", "ipo", "", "/", "/metepec/", "/ipo/\x00")


def adentro(visitante: Visitante) -> bool:
    """Si el tablero le contesta."""
    return visitante.get("/ipo/tablero").codigo == 200


def copia_de(visitante: Visitante) -> Visitante:
    """Otro navegador con la misma cookie, como si se la hubieran robado."""
    otro = visitante.sitio.anonimo()
    otro.cookie, otro.ficha = visitante.cookie, visitante.ficha
    return otro


def test_al_entrar_la_cookie_es_otra_y_la_de_antes_no_sirve(sitio: Sitio) -> None:
    visitante = sitio.anonimo()
    visitante.get("/ipo")
    plantada = visitante.cookie
    visitante.entrar("unidad.metepec")
    assert visitante.cookie != plantada and adentro(visitante)
    atacante = sitio.anonimo()
    atacante.cookie = plantada
    assert not adentro(atacante)


def test_la_cookie_copiada_no_revive_despues_de_salir(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    robada = copia_de(laura)
    assert adentro(robada)
    salida = laura.enviar(laura.get("/ipo/tablero").forma("form[action='/ipo/salir']"))
    assert laura.seguir(salida).avisos == ["Salió del sistema."]
    assert not adentro(robada) and not adentro(laura)
    assert robada.get("/ipo/tablero").lleva_a == "/ipo?sigue=/ipo/tablero?"


def test_una_cookie_mal_firmada_no_es_nadie(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    cuerpo, _, firma = laura.cookie.rpartition(".")
    torcida = f"{cuerpo}.{'A' if firma[0] != 'A' else 'B'}{firma[1:]}"
    for cookie in (torcida, f"x{laura.cookie}", "x", "", "eyJfdXNlcl9pZCI6IjEifQ.a.b", laura.cookie.replace(".", "")):
        otro = sitio.anonimo()
        otro.cookie = cookie
        assert not adentro(otro)


def test_cambiar_la_contrasena_cierra_las_demas_sesiones_y_sigue_en_la_suya(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    en_otra_maquina = copia_de(laura)
    forma = laura.get("/ipo/contrasena").forma()
    hecha = laura.enviar(forma, actual=CONTRASENA, nueva=NUEVA, repetida=NUEVA)
    assert laura.seguir(hecha).avisos == ["Su contraseña quedó cambiada."]
    assert adentro(laura) and not adentro(en_otra_maquina)
    assert sitio.anonimo().entrar("unidad.metepec").codigo == 401


@pytest.mark.parametrize("actual, nueva, repetida, dice", [
    ("no es esta", NUEVA, NUEVA, "La contraseña actual no coincide."),
    (CONTRASENA, NUEVA, "otra cosa", "no son iguales"),
    (CONTRASENA, "corta", "corta", "al menos 12 caracteres"),
    (CONTRASENA, "unidad.metepec1", "unidad.metepec1", "muy fácil"),
])
def test_si_no_se_puede_cambiar_se_dice_y_la_sesion_sigue(
    actual: str, nueva: str, repetida: str, dice: str, sitio: Sitio,
) -> None:
    laura = sitio.de(sitio.casa.laura)
    pagina = laura.enviar(laura.get("/ipo/contrasena").forma(), actual=actual, nueva=nueva, repetida=repetida)
    assert pagina.codigo == 400 and dice in pagina.errores and pagina.sopa.title.text.startswith("Error: ")
    assert nueva not in pagina.texto and adentro(laura)


@pytest.mark.parametrize("mata", [
    lambda cuenta: set_activo(cuenta, False),
    lambda cuenta: reset_contrasena(cuenta),
    lambda cuenta: Usuario.update(hasta=ahora() - 1).where(Usuario.id == cuenta.id).execute(),
    lambda cuenta: Usuario.delete().where(Usuario.id == cuenta.id).execute(),
    lambda cuenta: Sesion.update(vista=ahora() - OCIO).execute(),
    lambda cuenta: Sesion.update(creada=ahora() - TOTAL).execute(),
    lambda cuenta: Sesion.update(vista=ahora() + OCIO + 60_000).execute(),
], ids=["bloquearla", "otra contraseña", "fin de la suplencia", "sin cuenta", "una hora sin uso", "doce horas", "del futuro"])
def test_lo_que_mata_una_sesion(mata: object, sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    assert adentro(laura) and callable(mata)
    mata(sitio.casa.laura.usuario)
    assert laura.get("/ipo/tablero").lleva_a.startswith("/ipo?sigue=")
    assert laura.post(sitio.url("nuevo"), {"nota": "ya no"}).lleva_a.startswith("/ipo?sigue=")
    assert sitio.casa.tabla().trabajo.select().count() == 0
    assert laura.get("/ipo").codigo == 200


def test_cambiar_de_papel_o_de_asignacion_vale_en_la_peticion_siguiente(sitio: Sitio) -> None:
    casa = sitio.casa
    ernesto = sitio.de(casa.ernesto)
    registro = publicar(sitio, casa.julieta, casa.laura)
    assert len(ernesto.get(sitio.url()).folios) == 1
    Usuario.update(rol=Rol.CAPTURISTA).where(Usuario.id == casa.ernesto.id).execute()
    assert ernesto.get(sitio.url()).folios == [], "ya solo ve lo que está a su cargo"
    casa.tabla().trabajo.update(a_cargo_de=casa.ernesto.id).where(casa.tabla().trabajo.id == registro).execute()
    assert len(ernesto.get(sitio.url()).folios) == 1
    Usuario.update(rol=Rol.GARANTE, sujeto_id=None).where(Usuario.id == casa.ernesto.id).execute()
    assert ernesto.get(sitio.url()).codigo == 404


# --- la primera vez ---

def test_la_primera_vez_no_hay_mas_pagina_que_la_de_cambiarla(sitio: Sitio) -> None:
    _, temporal = create_cuenta("capt9.metepec", "Nueva Persona", Rol.CAPTURISTA, sitio.casa.metepec.id)
    nueva = sitio.anonimo()
    pagina = nueva.seguir(nueva.seguir(nueva.entrar("capt9.metepec", temporal)))
    assert "sirve una sola vez" in pagina.visible
    nueva.ficha = pagina.ficha
    for ruta in ("/ipo/tablero", "/ipo/formatos", sitio.url(), sitio.url("exportar"), "/ipo/avance/x"):
        assert nueva.get(ruta).lleva_a == "/ipo/contrasena"
        assert nueva.post(sitio.url("nuevo"), {"nota": "antes de cambiarla"}).lleva_a == "/ipo/contrasena"
    hecha = nueva.enviar(pagina.forma("main form"), actual=temporal, nueva=NUEVA, repetida=NUEVA)
    assert hecha.lleva_a == "/ipo/tablero" and adentro(nueva)
    assert sitio.anonimo().entrar("capt9.metepec", temporal).codigo == 401, "la de un solo uso ya no sirve"


# --- el freno y lo que no se dice ---

def test_el_freno_dice_cuanto_esperar_y_no_frena_a_los_demas(sitio: Sitio) -> None:
    terco = sitio.anonimo()
    codigos = [terco.entrar("unidad.metepec", f"intento {i}").codigo for i in range(6)]
    assert codigos == [401] * 5 + [429]
    frenada = terco.entrar("unidad.metepec", CONTRASENA)
    assert frenada.codigo == 429 and int(frenada.cabeceras["Retry-After"]) > 0
    assert "Demasiados intentos. Espere" in frenada.errores
    assert sitio.anonimo().entrar("unidad.toluca").codigo == 302
    Intento.update(instante=Intento.instante - 16 * 60_000).execute()
    assert sitio.anonimo().entrar("unidad.metepec").codigo == 302


def test_el_rechazo_es_el_mismo_exista_o_no_la_cuenta(sitio: Sitio) -> None:
    def cuerpo(usuario: str) -> str:
        pagina = sitio.anonimo().entrar(usuario, "una que no es")
        assert pagina.codigo == 401
        return re.sub(r"nonce=\"[^\"]+\"|name=\"csrf_token\" value=\"[^\"]+\"|value=\"[a-z0-9.]+\"", "", pagina.texto)

    set_activo(sitio.casa.nadia.usuario, False)
    assert cuerpo("unidad.metepec") == cuerpo("nadie.metepec") == cuerpo("admin2.metepec")


@pytest.mark.parametrize("usuario, contrasena", [
    ("", ""), ("unidad.metepec", ""), ("unidad.metepec\x00", "x" * 1000), ("\x00", "\x00"), ("x" * 100_000, "x" * 500_000),
    ("' OR '1'='1", "' OR '1'='1"), ("ñandú😀", "😀"),
])
def test_lo_que_sea_que_tecleen_se_contesta(usuario: str, contrasena: str, sitio_de_cada: Sitio) -> None:
    anonimo = sitio_de_cada.anonimo()
    assert anonimo.entrar(usuario, contrasena).codigo == 401
    assert not adentro(anonimo)


# --- a dónde sigue ---

def test_ningun_destino_de_fuera_parece_de_casa() -> None:
    assert [destino for destino in DE_FUERA if _es_de_casa(destino)] == []
    assert all(map(_es_de_casa, ("/ipo", "/ipo/", "/ipo/tablero", "/ipo/f/convenios/?q=a%20b&estado=revisado")))


@pytest.mark.parametrize("sigue", ["//malo.example", "http://[", "/\\malo.example", "/ipo\r\nSet-Cookie: a=b"])
def test_al_entrar_no_sigue_a_ningun_otro_lugar(sigue: str, sitio: Sitio) -> None:
    hecha = sitio.anonimo().entrar("unidad.metepec", sigue=sigue)
    assert hecha.lleva_a == "/ipo/tablero" and "a=b" not in str(hecha.cabeceras)


def test_sigue_a_lo_que_se_habia_pedido(sitio: Sitio) -> None:
    anonimo = sitio.anonimo()
    pedida = sitio.url("editar?id=0am0") + "&de=ñ"
    entrada = anonimo.seguir(anonimo.get(pedida))
    hecha = anonimo.enviar(entrada.forma(), usuario="unidad.metepec", contrasena=CONTRASENA)
    assert hecha.lleva_a == sitio.url("editar?id=0am0") + "&de=%C3%B1"
