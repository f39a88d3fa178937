"""El documento de OpenAPI vale para el validador de la norma, dice lo que se contesta de verdad, y resiste a schemathesis."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from fracciones_config import load_catalogo
from models.esquemas import buscador
from models.esquemas.interfaz import CON_LOS_DIAS, filters_of
from models.esquemas.openapi import Editor, build_openapi
from models.reloj import hoy
from portal.busqueda_pedida import PARAMETROS
from portal.peticion import PROPIOS
from tests.bases import CATALOGO
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar
from tests.servidor import Sitio

pytest_plugins = "tests.navegador"
visita = pytest.fixture(visitar)

CATALOGO_REAL = load_catalogo(CATALOGO)
EDITOR = Editor("IPOMEX", "Infoem", "https://www.infoem.org.mx", "Libre Uso MX", "https://datos.gob.mx/libreusomx")
DOCUMENTO = build_openapi(CATALOGO_REAL, "https://ipomex.ejemplo.mx", EDITOR)


def esquema_de(documento: dict[str, Any], camino: str) -> Draft202012Validator:
    """El validador de lo que contesta un camino con 200, con las referencias del documento."""
    registro = Registry().with_resource("urn:doc", DRAFT202012.create_resource(documento))
    lugar = camino.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
    apunta = f"urn:doc#/paths/{lugar}/get/responses/200/content/application~1json/schema"
    return Draft202012Validator({"$ref": apunta}, registry=registro, format_checker=FormatChecker())


def test_el_documento_vale_para_el_validador_de_la_norma() -> None:
    validate(DOCUMENTO, cls=OpenAPIV31SpecValidator)
    assert DOCUMENTO["openapi"] == "3.1.0" and len(DOCUMENTO["paths"]) == 3 * len(CATALOGO_REAL.activos) + 6


def test_uno_mal_hecho_no_vale() -> None:
    with pytest.raises(Exception, match="responses|path"):
        validate({**DOCUMENTO, "paths": {"/x": {"get": {"parameters": [{"name": "x", "in": "path"}]}}}},
                 cls=OpenAPIV31SpecValidator)


def test_hay_un_esquema_por_formato_y_su_ejemplo_lo_cumple() -> None:
    for formato in CATALOGO_REAL.activos:
        esquema = DOCUMENTO["components"]["schemas"][f"registro_{formato.clave}"]
        Draft202012Validator.check_schema(esquema)
        for camino in (f"/registros/{formato.clave}", f"/registros/{formato.clave}/{{siglas}}/{{folio}}"):
            ejemplo = DOCUMENTO["paths"][camino]["get"]["responses"]["200"]["content"]["application/json"]["example"]
            assert [falta.message for falta in esquema_de(DOCUMENTO, camino).iter_errors(ejemplo)] == [], formato.clave


def test_todo_parametro_es_de_la_interfaz_o_de_una_columna() -> None:
    for formato in CATALOGO_REAL.activos:
        nombres = [parametro.nombre for parametro in filters_of(formato)]
        assert len(nombres) == len(set(nombres)), formato.clave
        for nombre in nombres:
            de_columna = nombre.removesuffix("_desde").removesuffix("_hasta")
            assert nombre in PROPIOS or {nombre, de_columna} & formato.por_nombre.keys(), (formato.clave, nombre)


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_todo_filtro_que_se_documenta_se_acepta(visita: Visita) -> None:
    for formato in CATALOGO_REAL.activos:
        consulta = {p.nombre: un_valor(p.esquema) for p in filters_of(formato)}
        for nombre in ("cursor", "q", "desde", "al"):
            del consulta[nombre]
        de_un_dia = {nombre: valor for nombre, valor in consulta.items() if nombre in CON_LOS_DIAS}
        for una in (consulta, {**de_un_dia, "desde": "2026-03-01"}, {**de_un_dia, "al": "2026-03-01"}):
            respuesta = visita.get(f"/api/v1/registros/{formato.clave}", query_string=una)
            assert respuesta.status_code == 200, (formato.clave, una, respuesta.text)


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_de_un_numero_se_acepta_hasta_donde_se_dice_y_ni_uno_mas(visita: Visita) -> None:
    limites = [(formato.clave, p) for formato in CATALOGO_REAL.activos for p in filters_of(formato)
               if p.esquema.get("type") == "integer" and p.nombre.endswith(("_desde", "_hasta"))]
    for clave, parametro in limites:
        menor, mayor = parametro.esquema["minimum"], parametro.esquema["maximum"]
        for valor, codigo in ((menor, 200), (mayor, 200), (menor - 1, 422), (mayor + 1, 422)):
            respuesta = visita.get(f"/api/v1/registros/{clave}?{parametro.nombre}={valor}")
            assert respuesta.status_code == codigo, (clave, parametro.nombre, valor)
    assert len(limites) > 5


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_la_busqueda_contesta_lo_que_dice_y_recibe_los_parametros_de_la_pagina(visita: Visita) -> None:
    assert {uno.nombre for uno in buscador.PARAMETROS} == {*PARAMETROS, "antes"} and "/buscar.json" in DOCUMENTO["paths"]
    visita.publicar(denominacion_convenio="Plantar ahuehuetes"), visita.publicar()
    documento = json.loads(visita.get("/api/openapi.json").data)
    assert documento["paths"][buscador.RUTA]["servers"] == [{"url": "http://localhost"}]
    validador = esquema_de(documento, buscador.RUTA)
    ejemplos = {uno.nombre: uno.esquema["examples"][0] for uno in buscador.PARAMETROS if "examples" in uno.esquema}
    for consulta in ({"q": "ahuehuetes"}, {"institucion": "metepec", "orden": "recientes"}, {}, ejemplos):
        respuesta = visita.get(buscador.RUTA, query_string=consulta)
        assert respuesta.status_code == 200, (consulta, respuesta.text)
        assert [falta.message for falta in validador.iter_errors(json.loads(respuesta.data))] == [], consulta
    assert len(json.loads(visita.get("/buscar.json?q=ahuehuetes").data)["resultados"]) == 1
    for mala, codigo in (("ejercicio=x", 400), ("institucion=nadie", 404), ("orden=x", 404)):
        respuesta = visita.get(f"/buscar.json?{mala}")
        assert respuesta.status_code == codigo and str(codigo) in documento["paths"][buscador.RUTA]["get"]["responses"]


def un_valor(esquema: dict[str, Any]) -> str:
    return str((esquema.get("examples") or esquema.get("enum") or [esquema.get("minimum")])[0])


def test_lo_que_contesta_cumple_lo_que_dice(visita: Visita) -> None:
    """Con un archivo, un vacío con razón, una tabla y lo vigente, por los mismos caminos que un programa."""
    folio = visita.publicar(convenio=visita.subir("convenio firmado.pdf"))
    visita.publicar("marco_normativo")
    documento = json.loads(visita.get("/api/openapi.json").data)
    assert documento["servers"] == [{"url": "http://localhost/api/v1"}]
    for camino, ruta in (
            ("/instituciones", "/instituciones"), ("/instituciones/{siglas}", "/instituciones/metepec"),
            ("/formatos", "/formatos"), ("/formatos/{clave}", f"/formatos/{CLAVE}"),
            ("/cambios", "/cambios?institucion=metepec"),
            (f"/registros/{CLAVE}/{{siglas}}/{{folio}}/versiones", f"/registros/{CLAVE}/metepec/{folio}/versiones"),
            (f"/registros/{CLAVE}", f"/registros/{CLAVE}"), (f"/registros/{CLAVE}", f"/registros/{CLAVE}?al={hoy()}"),
            (f"/registros/{CLAVE}", f"/registros/{CLAVE}?desde=2026-01-01"),
            ("/registros/marco_normativo", "/registros/marco_normativo"),
            (f"/registros/{CLAVE}/{{siglas}}/{{folio}}", f"/registros/{CLAVE}/metepec/{folio}")):
        cuerpo = json.loads(visita.get(f"/api/v1{ruta}").data)
        assert [falta.message for falta in esquema_de(documento, camino).iter_errors(cuerpo)] == [], ruta
        assert cuerpo.get("registros", [1]), "no se probó ninguno"


def test_los_errores_cumplen_el_suyo(visita: Visita) -> None:
    folio = visita.publicar()
    visita.hacer("retirar", folio, motivo="Estaba dos veces.")
    validador = Draft202012Validator(DOCUMENTO["components"]["schemas"]["problema"], format_checker=FormatChecker())
    for ruta in ("/registros/nada", f"/registros/{CLAVE}/metepec/{folio}", f"/registros/{CLAVE}?x=1"):
        respuesta = visita.get(f"/api/v1{ruta}")
        assert [f.message for f in validador.iter_errors(json.loads(respuesta.data))] == []
        assert f"error_{respuesta.status_code}" in DOCUMENTO["components"]["responses"]


# --- schemathesis, contra el sistema de verdad ---

ALGUNOS = r"^/(instituciones|formatos|buscar|registros/(licitaciones|marco_normativo))"
"""Con todos los formatos tarda minutos: eso lo hace «make schemathesis»."""


def schemathesis(direccion: str, carpeta: Path, *opciones: str) -> subprocess.CompletedProcess[str]:
    """``positive_data_acceptance`` no se pide: un cursor inventado tiene buena forma y aun así no es de nadie."""
    orden = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{direccion}/api/openapi.json", "--no-color",
             "--warnings", "off", "--phases", "examples,coverage,fuzzing", "--generation-deterministic",
             "--exclude-checks", "positive_data_acceptance", *opciones]
    return subprocess.run(orden, cwd=carpeta, capture_output=True, text=True, timeout=900)


def test_schemathesis_no_encuentra_nada(sitio_servido: Sitio, tmp_path: Path) -> None:
    hecho = schemathesis(sitio_servido.direccion, tmp_path, "--max-examples", "5", "--include-path-regex", ALGUNOS)
    assert hecho.returncode == 0, hecho.stdout[-4000:] + hecho.stderr[-1000:]
    assert "11 selected" in hecho.stdout and "No issues found" in hecho.stdout, hecho.stdout[-1500:]


@pytest.mark.skipif(not os.environ.get("SCHEMATHESIS"), reason="Todos los formatos: make schemathesis")
def test_schemathesis_con_todos_los_formatos(sitio_servido: Sitio, tmp_path: Path) -> None:
    hecho = schemathesis(sitio_servido.direccion, tmp_path, "--max-examples", os.environ["SCHEMATHESIS"])
    assert hecho.returncode == 0, hecho.stdout[-4000:] + hecho.stderr[-1000:]


def test_se_arma_una_vez_y_cambia_con_la_direccion(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    primera = visita.get("/api/openapi.json")
    assert primera.content_type == "application/vnd.oai.openapi+json;version=3.1"
    armados: list[Callable[..., Any]] = []
    monkeypatch.setattr("portal.api.documento.build_openapi", lambda *a: armados.append(a) or DOCUMENTO)
    assert visita.get("/api/openapi.json").data == primera.data and not armados
    assert visita.get("/api/openapi.json", headers={"Host": "otro.mx"}).status_code == 200 and len(armados) == 1
