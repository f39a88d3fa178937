"""Descargar un archivo: solo si es público ahora, y sin que el navegador pueda ejecutarlo."""

import hashlib

import pytest

from models.adjuntos import PubArchivo
from models.folios import a_folio, de_folio
from tests.elenco import CLAVE
from tests.fabrica import pdf
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

NOMBRE = 'Convenio "firmado" ñ.pdf'


def enlace(visita: Visita, folio: str) -> str:
    """La dirección del convenio en la página de su registro."""
    return str(visita.sopa(f"/metepec/{CLAVE}/r/{folio}").select_one("dd a.archivo")["href"])


def test_se_descarga_con_su_nombre_y_sin_ejecutarse(visita: Visita) -> None:
    archivo = visita.subir(NOMBRE)
    respuesta = visita.get(enlace(visita, visita.publicar(convenio=archivo)))
    assert respuesta.data == pdf(NOMBRE)
    assert respuesta.content_type == "application/pdf"
    assert respuesta.headers["Content-Disposition"] == (
        "attachment; filename=\"Convenio _firmado_ _.pdf\"; filename*=UTF-8''Convenio%20%22firmado%22%20%C3%B1.pdf")
    assert respuesta.headers["X-Content-Type-Options"] == "nosniff"
    assert respuesta.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert respuesta.headers["ETag"] == f'"{hashlib.sha256(pdf(NOMBRE)).hexdigest()}"'
    assert respuesta.headers["Cache-Control"] == "public, no-cache"


def test_la_pagina_dice_su_tamano(visita: Visita) -> None:
    folio = visita.publicar(convenio=visita.subir(NOMBRE))
    assert f"{NOMBRE} PDF, {len(pdf(NOMBRE))} bytes" in visita.texto(f"/metepec/{CLAVE}/r/{folio}")


def test_el_nombre_de_la_direccion_no_decide_nada(visita: Visita) -> None:
    archivo = visita.subir(NOMBRE)
    visita.publicar(convenio=archivo)
    respuesta = visita.get(f"/metepec/archivo/{archivo}/virus.exe")
    assert respuesta.status_code == 200
    assert "virus" not in str(respuesta.headers)


def test_condicional_y_por_partes(visita: Visita) -> None:
    archivo = visita.subir(NOMBRE)
    ruta = enlace(visita, visita.publicar(convenio=archivo))
    huella = visita.get(ruta).headers["ETag"]
    sin_cambios = visita.get(ruta, headers={"If-None-Match": huella})
    assert (sin_cambios.status_code, sin_cambios.data) == (304, b"")
    parte = visita.get(ruta, headers={"Range": "bytes=0-7"})
    assert (parte.status_code, parte.data) == (206, pdf(NOMBRE)[:8])
    cabeza = visita.app.test_client().head(ruta, buffered=True)
    assert (cabeza.status_code, cabeza.data) == (200, b"")
    assert int(cabeza.headers["Content-Length"]) == len(pdf(NOMBRE))


def test_el_de_un_borrador_no_existe(visita: Visita) -> None:
    archivo = visita.subir(NOMBRE)
    visita.casa.capturar(visita.casa.laura, convenio=archivo)
    assert visita.get(f"/metepec/archivo/{archivo}/x.pdf").status_code == 404


def test_al_retirar_el_registro_su_archivo_desaparece_aunque_alguien_lo_tenga_guardado(visita: Visita) -> None:
    archivo = visita.subir(NOMBRE)
    folio = visita.publicar(convenio=archivo)
    ruta = enlace(visita, folio)
    huella = visita.get(ruta).headers["ETag"]
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    assert visita.get(ruta, headers={"If-None-Match": huella}).status_code == 410


def test_el_de_otra_institucion_no_sale_por_esta(visita: Visita) -> None:
    archivo = visita.subir(NOMBRE, visita.casa.ramiro)
    visita.publicar(persona=visita.casa.ramiro, convenio=archivo)
    assert visita.get(f"/toluca/archivo/{archivo}/x.pdf").status_code == 200
    assert visita.get(f"/metepec/archivo/{archivo}/x.pdf").status_code == 404


def test_un_folio_mal_hecho_es_404(visita: Visita) -> None:
    for folio in ("x", "0" * 14, "----", a_folio(2**62), "a" * 40):
        assert visita.get(f"/metepec/archivo/{folio}/x.pdf").status_code == 404, folio


def test_si_falta_en_el_disco_lo_dice_solo_de_ese(visita: Visita, caplog: pytest.LogCaptureFixture) -> None:
    archivo = visita.subir(NOMBRE)
    ruta = enlace(visita, visita.publicar(convenio=archivo))
    visita.almacen.ruta(PubArchivo.get(PubArchivo.archivo_id == de_folio(archivo)).sha256).unlink()
    respuesta = visita.get(ruta)
    assert respuesta.status_code == 404
    assert "no se encuentra por ahora" in respuesta.text
    assert "falta en el almacén" in caplog.text
