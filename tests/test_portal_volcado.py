"""``/datos/volcado.zip``: el último, entero o por partes, con su huella; y mientras no haya, cuándo lo habrá."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from models.presentacion.fechas import fecha_y_hora
from models.volcado.deposito import Deposito, Volcado
from tests.bases import Base
from tests.portal_prep import Visita, visitar_con_catalogo_propio
from tests.volcado_prep import hacer, taller_de

visita = pytest.fixture(visitar_con_catalogo_propio)

RUTA = "/datos/volcado.zip"

Hacer = Callable[[], Volcado]


@pytest.fixture
def volcar(visita: Visita, base_propia: Base, tmp_path: Path) -> Hacer:
    """Hace el volcado y lo deja donde el portal lo busca."""
    taller = taller_de(base_propia, tmp_path)
    poner(visita, taller.deposito)
    return lambda: hacer(taller)


def poner(visita: Visita, deposito: Deposito) -> None:
    visita.app.extensions["portal"] = replace(visita.app.extensions["portal"], deposito=deposito)


def test_se_baja_entero_con_su_nombre_su_fecha_y_su_huella(visita: Visita, volcar: Hacer) -> None:
    visita.publicar()
    volcado = volcar()
    respuesta = visita.get(RUTA)
    assert respuesta.status_code == 200 and respuesta.content_type == "application/zip"
    assert hashlib.sha256(respuesta.data).hexdigest() == volcado.sha256 == respuesta.headers["ETag"].strip('"')
    assert respuesta.content_length == volcado.bytes and respuesta.headers["Accept-Ranges"] == "bytes"
    nombre = respuesta.headers["Content-Disposition"].partition("filename=")[2].strip('"')
    assert nombre.startswith("ipomex-20") and respuesta.headers["Access-Control-Allow-Origin"] == "*"
    assert visita.get(f"{RUTA}.sha256").text == f"{volcado.sha256}  {nombre}\n"
    descriptor = visita.get("/datos/datapackage.json").get_json()
    assert {recurso["name"] for recurso in descriptor["resources"]} >= {"convenios", "instituciones", "diccionario"}


@pytest.mark.parametrize("ruta", [RUTA, f"{RUTA}.sha256", "/datos/datapackage.json"])
def test_al_servidor_le_llegan_bytes(visita: Visita, volcar: Hacer, ruta: str) -> None:
    """Lo que pasa directo no lo convierte nadie: un texto tiraría la conexión."""
    volcar()
    trozos, estado, _ = run_wsgi_app(visita.app.wsgi_app, create_environ(ruta))
    llegan = list(trozos)
    getattr(trozos, "close", lambda: None)()
    assert estado == "200 OK" and llegan and all(isinstance(trozo, bytes) for trozo in llegan)


def test_lo_que_ya_se_tiene_cuesta_un_304_y_el_de_la_noche_siguiente_no(visita: Visita, volcar: Hacer) -> None:
    volcar()
    respuesta = visita.get(RUTA)
    huella, fecha = respuesta.headers["ETag"], respuesta.headers["Last-Modified"]
    for ruta in (RUTA, f"{RUTA}.sha256", "/datos/datapackage.json"):
        assert visita.get(ruta, headers={"If-None-Match": huella}).status_code == 304
    assert visita.get(RUTA, headers={"If-Modified-Since": fecha}).status_code == 304
    visita.publicar()
    volcar()
    for ruta in (RUTA, f"{RUTA}.sha256", "/datos/datapackage.json"):
        assert visita.get(ruta, headers={"If-None-Match": huella}).status_code == 200


def test_una_descarga_cortada_sigue_donde_iba(visita: Visita, volcar: Hacer) -> None:
    volcado = volcar()
    entero, huella = visita.get(RUTA).data, visita.get(RUTA).headers["ETag"]
    parte = visita.get(RUTA, headers={"Range": "bytes=100-", "If-Range": huella})
    assert parte.status_code == 206 and parte.data == entero[100:]
    assert parte.headers["Content-Range"] == f"bytes 100-{volcado.bytes - 1}/{volcado.bytes}"
    assert visita.get(RUTA, headers={"Range": "bytes=-10"}).data == entero[-10:]
    assert visita.get(RUTA, headers={"Range": f"bytes={volcado.bytes}-"}).status_code == 416
    for ajeno in ("letras=0-9", "bytes=0-0,5-5", "bytes=9-1", "bytes=--", "x" * 5000):
        assert visita.get(RUTA, headers={"Range": ajeno}).status_code in (200, 206, 416)
    visita.publicar()
    volcar()
    nuevo = visita.get(RUTA, headers={"Range": "bytes=100-", "If-Range": huella})
    assert nuevo.status_code == 200 and nuevo.data != entero, "de otro volcado no se pegan dos mitades"


def test_la_pagina_de_datos_dice_de_cuando_es_y_cuando_deja_de_estar_lo_retirado(visita: Visita, volcar: Hacer) -> None:
    antes = visita.texto("/datos")
    assert "todavía no hay ninguno" in antes and "desde las 01:00 horas" in antes and "volcado.zip" not in antes
    volcado = volcar()
    despues = visita.texto("/datos")
    assert f"Todo lo publicado el {fecha_y_hora(volcado.creado)}" in despues and "en el siguiente" in despues
    enlaces = {str(a["href"]) for a in visita.sopa("/datos").select("a[href*=volcado], a[href*=datapackage]")}
    assert enlaces == {RUTA, f"{RUTA}.sha256", "/datos/datapackage.json"}
    poner(visita, Deposito(volcado.ruta.parent / "otra"))
    assert "en un solo archivo" not in visita.texto("/datos"), "sin volcado ni hora no se ofrece"


def test_head_dice_lo_mismo_sin_el_cuerpo(visita: Visita, volcar: Hacer) -> None:
    volcado = volcar()
    respuesta = visita.app.test_client().head(RUTA, buffered=True)
    assert (respuesta.status_code, respuesta.data, respuesta.content_length) == (200, b"", volcado.bytes)


@pytest.mark.parametrize("ruta", [RUTA, f"{RUTA}.sha256", "/datos/datapackage.json"])
def test_mientras_no_hay_dice_cuando_lo_habra(visita: Visita, tmp_path: Path, ruta: str) -> None:
    assert visita.get(ruta).status_code == 404, "sin carpeta"
    poner(visita, Deposito(tmp_path / "nada", hora=2))
    respuesta = visita.get(ruta)
    dicho = respuesta.get_json()["detail"] if ruta.endswith(".json") else respuesta.text
    assert respuesta.status_code == 404 and "desde las 02:00 horas" in dicho and "/datos/licitaciones.csv" in dicho
