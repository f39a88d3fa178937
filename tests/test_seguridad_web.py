"""Lo que toda respuesta lleva y lo que ninguna dice: cabeceras, testigos, lecturas que no escriben y fallas discretas."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from admin_views.estatico import url_estatica
from admin_views.oficina import csrf
from models.domain.permissions import Rol
from models.folios import a_folio, nuevo_id
from models.reloj import ahora
from models.servicio.apuntes import EnJson
from models.usuarios import Usuario
from tests.bases import RAIZ
from tests.cliente import SECRETO, Sitio, Visitante
from tests.elenco import CLAVE
from tests.pagina import Pagina
from tests.plano import Plano, Renglon, leer
from tests.retrato import retratar_todo

pytest_plugins = "tests.sitio"

POLITICA = ("default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self' 'nonce-N'; img-src 'self' data:; "
            "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
SIEMPRE = {
    "Content-Security-Policy": POLITICA, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin", "X-Peticion": "NUMERO",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}
OFICINA = SIEMPRE | HTML | {"Cache-Control": "private, no-store", "Vary": "Cookie"}
PORTAL = SIEMPRE | HTML | {"Content-Language": "es-MX"}
INTERIORES = re.compile(
    r"Traceback|File \"|site-packages|\.py\b|sqlite|psycopg|peewee|werkzeug|jinja|SELECT |INSERT |UPDATE |"
    r"\breg_|\bpub_\w|sujeto_id|KeyError|TypeError|Exception", re.I)


def cabeceras(pagina: Pagina) -> dict[str, str]:
    """Todas, con lo que cambia en cada petición puesto en letras."""
    fijas = {nombre: valor for nombre, valor in pagina.cabeceras.items()
             if nombre not in ("Content-Length", "Date")}
    fijas["Content-Security-Policy"] = re.sub(r"nonce-[\w-]{22}", "nonce-N", fijas["Content-Security-Policy"])
    fijas["X-Peticion"] = re.sub(r"^[0-9a-f]{16}$", "NUMERO", fijas["X-Peticion"])
    if "ETag" in fijas:
        fijas["ETag"] = re.sub(r'^"[0-9a-f]{32}"$', "HUELLA", fijas["ETag"])
    if "Last-Modified" in fijas:  # solo se dice si el último cambio no es de hace un instante
        assert parsedate_to_datetime(fijas.pop("Last-Modified")) <= datetime.now(UTC)
    if "Set-Cookie" in fijas:
        fijas["Set-Cookie"] = re.sub(r"=[\w.-]+;", "=VALOR;", fijas["Set-Cookie"], count=1)
    return fijas


# --- cabeceras, exactas ---

def test_cabeceras_de_la_oficina(sitio: Sitio) -> None:
    laura, anonimo = sitio.de(sitio.casa.laura), sitio.anonimo()
    registro = a_folio(sitio.casa.capturar(sitio.casa.julieta))
    editar = sitio.url(f"editar?id={registro}")
    assert cabeceras(laura.get("/ipo/tablero")) == OFICINA
    assert cabeceras(anonimo.get("/ipo/tablero")) == OFICINA | {"Location": "/ipo?sigue=/ipo/tablero?"}
    for codigo, pagina in (
            (400, laura.post("/ipo/salir", ficha=False)), (404, laura.get("/ipo/f/nada/")),
            (409, laura.post(editar, {"nota": "Otra.", "version": "77"})),
            (422, laura.post(editar, {"ejercicio": "no", "version": "1"}))):
        assert (pagina.codigo, cabeceras(pagina)) == (codigo, OFICINA)
    negado = laura.pedir("PUT", "/ipo/tablero")
    assert negado.codigo == 405 and set(negado.cabeceras["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_la_cookie_no_la_lee_el_guion_ni_la_manda_otro_sitio(sitio: Sitio) -> None:
    assert cabeceras(sitio.anonimo().get("/ipo")) == OFICINA | {"Set-Cookie": "ipomex=VALOR; HttpOnly; Path=/; SameSite=Lax"}
    with sitio.con(https=True) as seguro:
        pagina = seguro.anonimo().get("/ipo")
        assert cabeceras(pagina) == OFICINA | {
            "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
            "Set-Cookie": "__Host-ipomex=VALOR; Secure; HttpOnly; Path=/; SameSite=Lax"}


SEGUN_COMPRIMA = {"Vary": "Accept-Encoding"}
"""Lo del portal que mide bastante se comprime, y por nada más cambia."""


def test_cabeceras_del_portal(sitio: Sitio) -> None:
    anonimo = sitio.anonimo()
    assert cabeceras(anonimo.get("/")) == PORTAL | SEGUN_COMPRIMA | {
        "Cache-Control": "public, no-cache", "ETag": "HUELLA"}
    assert cabeceras(anonimo.get("/nadie/")) == PORTAL | SEGUN_COMPRIMA | {"Cache-Control": "no-cache"}
    movido = cabeceras(anonimo.get("/ipo/portal/metepec.web"))
    assert movido == PORTAL | {"Cache-Control": "no-cache", "Location": "/metepec/"}


def test_cabeceras_de_lo_estatico(sitio: Sitio) -> None:
    anonimo = sitio.anonimo()
    hoja = cabeceras(anonimo.get(url_estatica("oficina.css")))
    assert {nombre: hoja[nombre] for nombre in SIEMPRE} == SIEMPRE
    assert hoja["Cache-Control"] == "public, max-age=31536000, immutable" and "Set-Cookie" not in hoja
    assert cabeceras(anonimo.get("/estatico/portal.css")) == SIEMPRE | SEGUN_COMPRIMA | {
        "Content-Type": "text/css; charset=utf-8", "Content-Language": "es-MX", "Cache-Control": "public, no-cache",
        "ETag": "HUELLA"}


def test_hasta_con_la_base_rota_hay_pagina_y_cabeceras(sitio: Sitio) -> None:
    laura, anonimo = sitio.de(sitio.casa.laura), sitio.anonimo()
    sitio.estropear()
    for visitante in (laura, anonimo):
        rota = visitante.get("/ipo/tablero")
        assert (rota.codigo, cabeceras(rota)) == (500, {**OFICINA, "Vary": rota.cabeceras.get("Vary", "Cookie")})
        assert rota.cabeceras["X-Peticion"] in rota.texto, "el número de la falla, para reportarla"
    assert cabeceras(anonimo.get("/")) == PORTAL | SEGUN_COMPRIMA | {"Cache-Control": "no-cache"}
    assert (anonimo.get("/salud").codigo, anonimo.get("/salud").texto) == (503, '{"estado":"mal"}\n')


def test_el_nonce_es_otro_en_cada_respuesta(sitio: Sitio) -> None:
    vistos = {re.findall(r"nonce-([\w-]+)", sitio.anonimo().get(ruta).cabeceras["Content-Security-Policy"])[0]
              for ruta in ("/ipo", "/", "/nadie/", "/ipo") for _ in range(5)}
    assert len(vistos) == 20 and all(len(nonce) == 22 for nonce in vistos)


def test_lo_de_la_oficina_no_se_guarda_y_lo_del_portal_no_cambia_con_quien_mira(sitio: Sitio) -> None:
    laura, anonimo = sitio.de(sitio.casa.laura), sitio.anonimo()
    for ruta in ("/", "/metepec/", f"/metepec/{CLAVE}/", "/buscar?q=agua", "/instituciones.csv"):
        de_ella, de_nadie = laura.get(ruta), anonimo.get(ruta)
        assert de_ella.cuerpo == de_nadie.cuerpo
        assert "Set-Cookie" not in de_ella.cabeceras and "Cookie" not in de_ella.cabeceras.get("Vary", "")


# --- testigo en todo envío, y ninguna lectura escribe ---

def test_todo_envio_sin_su_testigo_se_rechaza(sitio: Sitio) -> None:
    plano = Plano(sitio)
    de_otra_sesion = sitio.anonimo().get("/ipo").ficha
    envios = [(renglon, _quien_puede(renglon)) for renglon in leer()
              if "POST" in renglon.metodos and "405" not in renglon.esperado.values()]
    assert len({renglon.endpoint for renglon, _ in envios}) == sum(
        "POST" in regla.methods for regla in sitio.app.url_map.iter_rules())
    visitantes = {quien: plano.visitante(quien) for _, quien in envios}
    antes = retratar_todo()
    for renglon, quien in envios:
        ruta = plano.direccion(renglon.ruta, renglon.caso)
        for datos in ({}, {"csrf_token": "falso"}, {"csrf_token": de_otra_sesion}):
            for visitante in (visitantes[quien], plano.anonimo):
                assert visitante.post(ruta, datos, ficha=False).codigo == 400, ruta
    assert retratar_todo() == antes


def _quien_puede(renglon: Renglon) -> str:
    """Quien llegaría más lejos con ese envío: alguien para quien la ruta existe o, si para nadie, la Unidad."""
    return next((quien for quien, codigo in renglon.esperado.items() if codigo not in ("404", "entrada")), "unidad")


def test_nada_esta_exento_del_testigo_ni_despues_de_andar_por_todos_lados(sitio: Sitio) -> None:
    plano = Plano(sitio)
    for renglon in _de_lectura():
        plano.visitante("unidad").get(plano.direccion(renglon.ruta, renglon.caso))
    assert (csrf._exempt_views, csrf._exempt_blueprints) == (set(), set())
    assert sitio.app.config["WTF_CSRF_METHODS"] == {"POST", "PUT", "PATCH", "DELETE"}
    assert sitio.app.config.get("WTF_CSRF_ENABLED", True) and sitio.app.config["WTF_CSRF_CHECK_DEFAULT"]


@pytest.mark.parametrize("quien", ["unidad", "anonimo"])
def test_leer_no_escribe(quien: str, sitio: Sitio) -> None:
    """GET, HEAD y OPTIONS en todas las rutas: la base queda igual, salvo la hora en que se vio la sesión y lo ya leído."""
    menos = frozenset({"sesion", "buzon"})
    plano = Plano(sitio)
    visitante = plano.visitante(quien)
    antes = retratar_todo(menos=menos)
    assert len(antes) > 100 and len(_de_lectura()) > 40
    for renglon in _de_lectura():
        ruta = plano.direccion(renglon.ruta, renglon.caso)
        for metodo in ("GET", "HEAD", "OPTIONS"):
            visitante.pedir(metodo, ruta, data={"acto": "borrar", "nota": "no es un envío", "motivo": "no lo es"})
    assert retratar_todo(menos=menos) == antes


def _de_lectura() -> list[Renglon]:
    return [renglon for renglon in leer() if "GET" in renglon.metodos]


# --- lo que ninguna respuesta dice ---

def _fallas(sitio: Sitio) -> Iterator[Pagina]:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    registro = a_folio(sitio.casa.capturar(sitio.casa.laura))
    yield laura.post("/ipo/salir", ficha=False)
    yield laura.post(sitio.url("acciones"), {"acto": "publicar'; DROP TABLE acto; --"})
    yield julieta.post(sitio.url("acciones"), {"acto": "publicar", "sel": f"{registro}:1"})
    yield laura.get(sitio.url("detalle?id=%00"))
    yield laura.get("/ipo/f/..%2f..%2fapp.py/")
    yield laura.pedir("DELETE", sitio.url())
    yield laura.post(sitio.url(f"editar?id={registro}"), {"version": "9"})
    yield laura.post(sitio.url("nuevo"), {"ejercicio": "x" * 3000, "convenio": "..", "area_responsable": "1 OR 1=1"})
    yield laura.get("/ipo/estatico/x/../../oficina.py")
    yield laura.get("/metepec/licitaciones/r/00000000000000")
    sitio.estropear()
    yield laura.get("/ipo/tablero")
    yield laura.get("/metepec/")


def test_ninguna_falla_ensena_el_interior(sitio: Sitio) -> None:
    fallas = list(_fallas(sitio))
    assert {pagina.codigo for pagina in fallas} == {400, 403, 404, 405, 409, 422, 500}
    for pagina in fallas:
        dicho = pagina.visible.replace("1 OR 1=1", "")
        assert not (hallado := INTERIORES.search(dicho)), f"{pagina.codigo} {pagina.ruta}: {hallado}"


def test_el_cuerpo_demasiado_grande_se_dice(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    pagina = julieta.post(sitio.url("nuevo"), {"convenio__subir": ("grande.pdf", b"%PDF-" + b"0" * 31 * 1024 * 1024)})
    assert pagina.codigo == 413 and "Cada archivo puede pesar hasta 25 MB" in pagina.visible
    muchos = julieta.pedir("POST", "/ipo", data=b"a&" * 600_000, content_type="application/x-www-form-urlencoded")
    assert muchos.codigo == 413


def test_la_bitacora_no_guarda_lo_tecleado(sitio: Sitio, bitacora: Callable[[], str]) -> None:
    canarios = {"contrasena": "canario-amarillo-77", "curp": "CANA770101HMCNRR09", "buscado": "canarioenlabusqueda"}
    laura, anonimo = sitio.de(sitio.casa.laura), sitio.anonimo()
    anonimo.entrar("canario.usuario", canarios["contrasena"])
    laura.capturar(sitio.casa.laura, nota=f"CURP {canarios['curp']}")
    laura.get(sitio.url(), q=canarios["buscado"])
    laura.get("/buscar", q=canarios["buscado"])
    sitio.estropear()
    assert laura.post(sitio.url("nuevo"), {"nota": canarios["curp"]}).codigo == 500
    anonimo.entrar_a_ciegas("canario.usuario", canarios["contrasena"])
    apuntado = bitacora()
    assert "file is not a database" in apuntado, "la falla sí se apunta, con su causa"
    assert not [canario for canario in [*canarios.values(), "canario.usuario"] if canario in apuntado]
    assert laura.cookie not in apuntado and all(json.loads(renglon) for renglon in apuntado.splitlines())


@pytest.fixture
def bitacora() -> Iterator[Callable[[], str]]:
    """Lo que la casa apunta mientras dura la prueba, en sus renglones JSON."""
    renglones: list[str] = []

    class Cuaderno(logging.Handler):
        def emit(self, apunte: logging.LogRecord) -> None:
            if apunte.name.startswith("ipomex"):
                renglones.append(EnJson().format(apunte))

    cuaderno, raiz = Cuaderno(), logging.getLogger("ipomex")
    antes = raiz.level
    raiz.addHandler(cuaderno)
    raiz.setLevel(logging.DEBUG)
    yield lambda: "\n".join(renglones)
    raiz.removeHandler(cuaderno)
    raiz.setLevel(antes)


# --- anfitrión y secretos ---

def test_un_anfitrion_ajeno_no_pasa_ni_aparece(sitio: Sitio) -> None:
    with sitio.con(anfitriones=("ipomex.org.mx",)) as publico:
        anonimo = publico.anonimo()
        for ruta in ("/", "/ipo", "/salud", "/metepec"):
            pagina = anonimo.pedir("GET", ruta, headers={"Host": "malo.example"})
            assert pagina.codigo == 400 and "malo" not in pagina.texto and "Location" not in pagina.cabeceras
        bueno = {"Host": "IPOMEX.org.mx:8080", "X-Forwarded-Host": "malo.example", "X-Forwarded-Proto": "https",
                 "Forwarded": "host=malo.example", "X-Original-URL": "/ipo/tablero", "X-Rewrite-URL": "/ipo/tablero"}
        for ruta in ("/", "/ipo", "/ipo/tablero", "/metepec", "/metepec.json", "/ipo/portal/metepec.web"):
            pagina = anonimo.pedir("GET", ruta, headers=bueno)
            assert pagina.codigo in (200, 301, 302, 308)
            assert "malo" not in pagina.texto + pagina.lleva_a


@pytest.mark.parametrize("secreto", [None, "x" * 31])
def test_en_produccion_no_arranca_sin_un_secreto_de_verdad(secreto: str | None, tmp_path: Path) -> None:
    variables = {nombre: valor for nombre, valor in os.environ.items() if not nombre.startswith("IPOMEX_")}
    variables |= {"IPOMEX_DATOS": str(tmp_path / "datos"), "IPOMEX_PUERTO": "0"}
    if secreto is not None:
        variables["IPOMEX_SECRETO"] = secreto
    hecho = subprocess.run([sys.executable, "app.py"], cwd=RAIZ, env=variables, capture_output=True, text=True, timeout=60)
    assert hecho.returncode == 2 and "IPOMEX_SECRETO" in hecho.stderr and "Traceback" not in hecho.stderr
    assert not (tmp_path / "datos" / "ipomex.db").exists()


@pytest.mark.parametrize("variables, codigo, dice", [
    ({}, 0, "Sin faltas"), ({"IPOMEX_SECRETO": "x" * 31}, 2, "IPOMEX_SECRETO es muy corto"),
    ({"IPOMEX_PUERTO": "ocho"}, 2, "IPOMEX_PUERTO debe ser un número"),
])
def test_una_orden_no_pide_secreto_y_dice_sin_traza_lo_que_esta_mal(
        variables: dict[str, str], codigo: int, dice: str, tmp_path: Path) -> None:
    entorno = {nombre: valor for nombre, valor in os.environ.items() if not nombre.startswith("IPOMEX_")}
    hecho = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "catalogo", "revisar"], cwd=RAIZ, capture_output=True, text=True,
        timeout=60, env=entorno | {"IPOMEX_DATOS": str(tmp_path)} | variables)
    assert (hecho.returncode, "Traceback" in hecho.stderr) == (codigo, False)
    assert dice in hecho.stdout + hecho.stderr


def test_al_rotar_el_secreto_nadie_sale_y_lo_nuevo_se_firma_con_el_nuevo(sitio: Sitio) -> None:
    nuevo, laura = "otro-secreto-igual-de-largo-y-secreto", sitio.de(sitio.casa.laura)
    with sitio.con(secretos=(nuevo, SECRETO)) as rotado:
        ella = Visitante(rotado, rotado.app.test_client())
        ella.cookie, ella.ficha = laura.cookie, laura.ficha
        assert ella.get("/ipo/tablero").codigo == 200
        assert ella.post("/ipo/contrasena", {"nueva": "una", "repetida": "otra"}).codigo == 400
        reciente = rotado.anonimo()
        reciente.get("/ipo")
        firmada = reciente.cookie
    with sitio.con(secretos=(nuevo,)) as sin_el_viejo:
        ella = Visitante(sin_el_viejo, sin_el_viejo.app.test_client())
        ella.cookie = laura.cookie
        assert ella.get("/ipo/tablero").codigo == 302
        ella.cookie = firmada
        assert "Set-Cookie" not in ella.get("/ipo").cabeceras, "la reconoce: no hace otra"


def test_una_base_con_cuentas_de_demostracion_no_se_ensena_en_produccion(sitio: Sitio) -> None:
    Usuario.create(id=nuevo_id(), usuario="demo", nombre="De ejemplo", rol=Rol.GARANTE, sujeto_id=None, contrasena="x",
                   de_demostracion=True, creado_en=ahora())
    assert "De ejemplo" not in sitio.anonimo().get("/ipo").texto
    with sitio.con(nombre="demo") as demo:
        assert "De ejemplo" in demo.anonimo().get("/ipo").texto
