"""Desde la lista de un formato: lo publicado, en su libro oficial de SIPOT, y qué no cabe en él. Solo quien publica."""

import io

import openpyxl  # type: ignore[import-untyped]

from models.hojas.disposicion import CAUSAS
from tests.cliente import Sitio
from tests.elenco import CLAVE
from tests.escenario import publicar

pytest_plugins = "tests.sitio"

RUTA = f"/ipo/f/{CLAVE}/sipot?ejercicio=2026"


def libro_de(contenido: bytes) -> dict[str, object]:
    """Título → lo que dice el primer renglón de la hoja principal."""
    hoja = openpyxl.load_workbook(io.BytesIO(contenido))["Reporte de Formatos"]
    return {" ".join(str(titulo.value).split()): valor.value for titulo, valor in zip(hoja[7], hoja[8], strict=True)}


def test_la_unidad_baja_lo_publicado_y_sabe_que_no_cabe(sitio: Sitio) -> None:
    casa = sitio.casa
    publicar(sitio, casa.julieta, casa.laura, denominacion_convenio="Convenio de agua")
    casa.capturar(casa.julieta, denominacion_convenio="Este no se ha publicado")
    unidad = sitio.de(casa.laura)
    assert "Lo publicado en 2026, en el libro de SIPOT" in unidad.get(sitio.url()).texto
    respuesta = unidad.get(RUTA)
    assert respuesta.codigo == 200 and "sipot-convenios-metepec-2026.xlsx" in respuesta.cabeceras["Content-Disposition"]
    dicho = libro_de(respuesta.cuerpo)
    assert dicho["Denominación del convenio"] == "Convenio de agua" and dicho["Ejercicio"] == 2026
    assert str(dicho["Hipervínculo al documento, en su caso, a la versión pública"]).startswith("http")
    informe = unidad.get(f"{RUTA}&que=informe")
    assert informe.cabeceras["Content-Type"].startswith("text/plain") and "libro oficial" in informe.texto
    assert CAUSAS["no_aplica"] not in informe.texto


def test_de_un_anio_sin_nada_o_que_no_se_entiende(sitio: Sitio) -> None:
    unidad = sitio.de(sitio.casa.laura)
    for ejercicio in ("1999", "0", "abcd", "٢٠٢٦", "99999"):
        assert unidad.get(f"/ipo/f/{CLAVE}/sipot?ejercicio={ejercicio}").codigo == 200


def test_quien_no_publica_ni_lo_ve(sitio: Sitio) -> None:
    casa = sitio.casa
    for persona in (casa.julieta, casa.ernesto):
        assert sitio.de(persona).get(RUTA).codigo == 404
        assert "libro de SIPOT" not in sitio.de(persona).get(sitio.url()).texto
    publicar(sitio, casa.julieta, casa.laura, denominacion_convenio="De Metepec")
    assert libro_de(sitio.de(casa.ramiro).get(RUTA).cuerpo)["Ejercicio"] is None, "cada Unidad ve lo suyo"


def test_un_formato_sin_libro_oficial_no_lo_ofrece(sitio: Sitio) -> None:
    unidad = sitio.de(sitio.casa.laura)
    assert unidad.get("/ipo/f/solicitudes/sipot").codigo == 404


def test_solo_se_lee(sitio: Sitio) -> None:
    assert sitio.de(sitio.casa.laura).post(RUTA, {}).codigo == 405
