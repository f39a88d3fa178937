"""El catálogo que leen los recolectores, y los metadatos de cada CSV: lo que cada norma exige, contra lo que de verdad se baja.

No hay a la mano un validador de DCAT ni de CSV on the Web: los esquemas de aquí son lo obligatorio de cada norma, a mano.
"""

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from fracciones_config import load_catalogo
from fracciones_config.formato import Periodicidad
from models.esquemas import table_schema
from models.esquemas.catalogo import CADA, SIN_FECHA_FIJA, Contacto, Entero, Indice
from models.esquemas.csvw import TIPOS
from models.esquemas.dataset import Contexto
from models.esquemas.dcat import CONTEXTO, build_dcat
from models.esquemas.pod import build_data_json
from tests.bases import CATALOGO
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

BASE = "http://localhost"
_TEXTO = {"type": "string", "minLength": 1}
_DIRECCION = {"type": "string", "pattern": "^https?://[^ ]+$"}

POD: dict[str, Any] = {
    "type": "object", "required": ["conformsTo", "dataset"],
    "properties": {
        "conformsTo": {"const": "https://project-open-data.cio.gov/v1.1/schema"},
        "@type": {"const": "dcat:Catalog"}, "@context": _DIRECCION, "describedBy": _DIRECCION,
        "dataset": {"type": "array", "minItems": 1, "items": {
            "type": "object",
            "required": ["title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier",
                         "accessLevel", "license"],
            "properties": {
                "@type": {"const": "dcat:Dataset"}, "title": _TEXTO, "description": _TEXTO,
                "keyword": {"type": "array", "minItems": 1, "items": _TEXTO}, "identifier": _TEXTO,
                "modified": {"type": "string", "format": "date-time"},
                "publisher": {"type": "object", "required": ["name"], "properties": {"name": _TEXTO}},
                "contactPoint": {"type": "object", "required": ["fn", "hasEmail"],
                                 "properties": {"fn": _TEXTO, "hasEmail": {"type": "string", "pattern": "^mailto:.+@.+$"}}},
                "accessLevel": {"enum": ["public", "restricted public", "non-public"]}, "license": _DIRECCION,
                "temporal": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
                "landingPage": _DIRECCION,
                "accrualPeriodicity": {"type": "string", "pattern": "^(irregular|R/P[0-9]+[DMY])$"},
                "language": {"type": "array", "items": {"const": "es-MX"}}, "describedBy": _DIRECCION,
                "describedByType": {"type": "string", "pattern": "^[a-z]+/[a-z.+-]+$"},
                "distribution": {"type": "array", "minItems": 1, "items": {
                    "type": "object", "required": ["downloadURL", "mediaType"],
                    "properties": {"@type": {"const": "dcat:Distribution"}, "downloadURL": _DIRECCION, "title": _TEXTO,
                                   "mediaType": {"type": "string", "pattern": "^[a-z]+/[a-z.+-]+$"}}}}}}}}}
"""Lo que exige POD 1.1 (sin ``bureauCode`` ni ``programCode``, que son del gobierno de Estados Unidos) y cómo."""


def leer(visita: Visita, ruta: str, tipo: str) -> Any:
    respuesta = visita.get(ruta)
    assert (respuesta.status_code, respuesta.content_type) == (200, tipo), ruta
    assert respuesta.headers["Access-Control-Allow-Origin"] == "*" and respuesta.headers["ETag"]
    assert visita.get(ruta, headers={"If-None-Match": respuesta.headers["ETag"]}).status_code == 304
    return json.loads(respuesta.data)


def con_correo(visita: Visita, correo: str = "datos@garante.ejemplo.mx") -> None:
    ventanilla = visita.app.extensions["portal"]
    visita.app.extensions["portal"] = replace(ventanilla, marca=replace(ventanilla.marca, garante_correo=correo))


# --- data.json ---

def test_data_json_cumple_lo_que_pod_exige_y_lo_que_dice_se_baja(visita: Visita) -> None:
    con_correo(visita)
    visita.publicar(), visita.publicar(ejercicio="2024"), visita.publicar("marco_normativo")
    dicho = leer(visita, "/data.json", "application/json")
    assert [falta.message for falta in Draft202012Validator(POD, format_checker=FormatChecker()).iter_errors(dicho)] == []
    suyos = {uno["identifier"]: uno for uno in dicho["dataset"]}
    assert suyos.keys() == {f"{BASE}/diccionario/{CLAVE}", f"{BASE}/diccionario/marco_normativo"}, "solo lo que tiene algo"
    convenios, marco = suyos[f"{BASE}/diccionario/{CLAVE}"], suyos[f"{BASE}/diccionario/marco_normativo"]
    assert convenios["temporal"] == "2024-01-01/2026-12-31" and convenios["accrualPeriodicity"] == "R/P3M"
    assert "temporal" not in marco and marco["accrualPeriodicity"] == "irregular"
    for conjunto in suyos.values():
        for ruta in (conjunto["landingPage"], conjunto["describedBy"]):
            assert visita.get(ruta.removeprefix(BASE)).status_code == 200
        for archivo in conjunto["distribution"]:
            bajado = visita.get(archivo["downloadURL"].removeprefix(BASE))
            assert bajado.status_code == 200 and bajado.content_type.startswith(archivo["mediaType"])


def test_cada_institucion_tiene_el_suyo_anio_por_anio(visita: Visita) -> None:
    con_correo(visita)
    visita.publicar(), visita.publicar(ejercicio="2025"), visita.publicar("marco_normativo")
    visita.publicar(persona=visita.casa.ramiro)
    dicho = leer(visita, "/metepec/data.json", "application/json")
    assert dicho["@id"] == f"{BASE}/metepec/data.json"
    suyos = {uno["identifier"]: uno for uno in dicho["dataset"]}
    assert suyos.keys() == {f"{BASE}/metepec/{ruta}/" for ruta in (f"{CLAVE}/2026", f"{CLAVE}/2025", "marco_normativo")}
    assert suyos[f"{BASE}/metepec/{CLAVE}/2026/"]["temporal"] == "2026-10-01/2026-12-31", "solo el periodo que hay"
    for conjunto in suyos.values():
        assert conjunto["publisher"]["name"] == conjunto["contactPoint"]["fn"] == "H. Ayuntamiento de Metepec"
        for archivo in conjunto["distribution"]:
            assert visita.get(archivo["downloadURL"].removeprefix(BASE)).status_code == 200
    partes = leer(visita, "/datos/catalogo.jsonld", "application/ld+json")["dcat:catalog"]
    assert [parte["@id"] for parte in partes] == [f"{BASE}/{siglas}/catalogo.jsonld" for siglas in ("metepec", "toluca")]
    for parte in partes:
        suyo = leer(visita, parte["@id"].removeprefix(BASE), "application/ld+json")
        assert suyo["@id"] == parte["@id"] and suyo["dct:publisher"] == parte["dct:publisher"] and suyo["dcat:dataset"]
    assert visita.get("/nadie/data.json").status_code == visita.get("/nadie/catalogo.jsonld").status_code == 404
    assert visita.get("/METEPEC/data.json").headers["Location"] == "/metepec/data.json"


def test_sin_nada_publicado_el_catalogo_va_vacio_y_sin_correo_no_lo_inventa(visita: Visita) -> None:
    assert leer(visita, "/data.json", "application/json")["dataset"] == []
    assert leer(visita, "/datos/catalogo.jsonld", "application/ld+json")["dcat:dataset"] == []
    visita.publicar()
    [conjunto] = leer(visita, "/data.json", "application/json")["dataset"]
    assert "hasEmail" not in conjunto["contactPoint"] and conjunto["contactPoint"]["fn"]


def test_lo_que_se_retira_deja_el_catalogo(visita: Visita) -> None:
    folio = visita.publicar()
    antes = visita.get("/data.json").headers["ETag"]
    visita.hacer("retirar", folio, motivo="Estaba dos veces.")
    assert leer(visita, "/data.json", "application/json")["dataset"] == []
    assert visita.get("/data.json", headers={"If-None-Match": antes}).status_code == 200


def test_cada_periodicidad_tiene_como_decirse() -> None:
    assert CADA.keys() | {"por_periodo_sesiones"} == set(get_args(Periodicidad)) and len(SIN_FECHA_FIJA) == 2


# --- DCAT ---

def _valor(uno: Any) -> str:
    return str(uno.get("@value") or uno.get("@id") or "") if isinstance(uno, dict) else str(uno)


EXIGE = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher", "dct:license", "foaf:homepage"),
    "dcat:Dataset": ("dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dct:modified", "dcat:distribution",
                     "dct:identifier", "dct:accrualPeriodicity"),
    "dcat:Distribution": ("dcat:accessURL", "dcat:downloadURL", "dcat:mediaType", "dct:license"),
    "dcat:DataService": ("dct:title", "dcat:endpointURL", "dcat:endpointDescription"),
    "foaf:Agent": ("foaf:name",), "vcard:Organization": ("vcard:fn",), "dct:Location": ("dct:title",),
    "dct:PeriodOfTime": ("dcat:startDate", "dcat:endDate"), "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue")}
"""Clase → lo obligatorio de DCAT-AP 3, y lo que además siempre sabemos."""


def nodos(uno: Any) -> list[dict[str, Any]]:
    """Todos los que tienen clase, por dentro."""
    hijos = uno.values() if isinstance(uno, dict) else uno if isinstance(uno, list) else []
    propios = [uno] if isinstance(uno, dict) and "@type" in uno and "@value" not in uno else []
    return [*propios, *(nodo for hijo in hijos for nodo in nodos(hijo))]


def test_el_catalogo_en_dcat_trae_lo_obligatorio_de_cada_clase(visita: Visita) -> None:
    con_correo(visita)
    visita.publicar(), visita.publicar("marco_normativo")
    dicho = leer(visita, "/datos/catalogo.jsonld", "application/ld+json")
    assert dicho["@context"] == CONTEXTO and all(isinstance(valor, str) for valor in CONTEXTO.values()), "no pide nada afuera"
    clases = set()
    for nodo in nodos(dicho):
        clases.add(nodo["@type"])
        for obligado in EXIGE[nodo["@type"]]:
            valores = nodo[obligado] if isinstance(nodo[obligado], list) else [nodo[obligado]]
            assert valores and all(isinstance(v, dict) and "@type" in v and "@value" not in v or _valor(v) for v in valores)
        assert all(llave.startswith("@") or llave.partition(":")[0] in CONTEXTO for llave in nodo), nodo.keys()
    assert clases == EXIGE.keys() - {"spdx:Checksum"}, "todas, menos la huella del volcado: aquí no se ha hecho"
    assert len(dicho["dcat:dataset"]) == 2 and len(dicho["dcat:catalog"]) == 1
    for conjunto in dicho["dcat:dataset"]:
        assert len(conjunto["dcat:distribution"]) == 3
        for archivo in conjunto["dcat:distribution"]:
            assert visita.get(archivo["dcat:downloadURL"]["@id"].removeprefix(BASE)).status_code == 200
            if archivo["dcat:downloadURL"]["@id"].endswith(".csv"):
                assert visita.get(archivo["dct:conformsTo"]["@id"].removeprefix(BASE)).status_code == 200
    servicio = dicho["dcat:service"]["dcat:endpointDescription"]["@id"]
    assert visita.get(servicio.removeprefix(BASE)).status_code == 200


def test_con_volcado_el_catalogo_dice_su_huella_y_cuanto_pesa() -> None:
    entero = Entero(f"{BASE}/datos/volcado.zip", 12_345, "ab" * 32, "2026-03-01T02:00:00-06:00")
    contexto = Contexto("IPOMEX", "Infoem", "Estado de México", "https://datos.gob.mx/libreusomx", BASE)
    indice = Indice("Datos", "Todo", contexto, Contacto("Infoem", "datos@garante.ejemplo.mx"), (), entero)
    [suyo] = build_dcat(indice)["dcat:dataset"]
    [archivo] = suyo["dcat:distribution"]
    assert archivo["dcat:byteSize"]["@value"] == "12345" and archivo["spdx:checksum"]["spdx:checksumValue"] == "ab" * 32
    [pod] = build_data_json(indice)["dataset"]
    assert Draft202012Validator(POD, format_checker=FormatChecker()).is_valid(build_data_json(indice))
    assert pod["distribution"][0]["mediaType"] == "application/zip" and pod["modified"] == entero.modificado


def test_la_pagina_de_datos_lleva_a_los_catalogos(visita: Visita) -> None:
    enlaces = {a["href"] for a in visita.sopa("/datos").main.select("a[href]")}
    assert {"/data.json", "/datos/catalogo.jsonld"} <= enlaces
    [anunciado] = visita.sopa("/datos").select('link[rel=alternate][type="application/ld+json"]')
    assert anunciado["href"] == "/datos/catalogo.jsonld"


# --- CSV on the Web ---

FORMAS = {"gYear": r"[0-9]{4}", "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "integer": r"-?[0-9]+",
          "decimal": r"-?[0-9]+(\.[0-9]+)?", "boolean": "true|false",
          "dateTimeStamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})",
          "time": "[0-9]{2}:[0-9]{2}", "anyURI": "https?://.+", "string": "(?s).*"}


@pytest.mark.parametrize("donde", [f"/metepec/{CLAVE}", f"/metepec/{CLAVE}/2026", f"/datos/{CLAVE}", f"/datos/{CLAVE}/2026"])
@pytest.mark.parametrize("cual", [".csv", ".tabla_contrapartes.csv"])
@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_los_metadatos_dicen_el_csv_que_de_verdad_se_baja(visita: Visita, donde: str, cual: str) -> None:
    folio = visita.publicar(convenio=visita.subir("convenio.pdf"))
    dicho = leer(visita, f"{donde}{cual}-metadata.json", "application/csvm+json")
    assert dicho["@context"][0] == "http://www.w3.org/ns/csvw" and dicho["url"] == f"{BASE}{donde}{cual}"
    bajado = visita.get(dicho["url"].removeprefix(BASE))
    assert f'<{dicho["url"]}-metadata.json>; rel="describedby"; type="application/csvm+json"' in bajado.headers["Link"]
    encabezado, *filas = csv.reader(io.StringIO(bajado.text, newline=""))
    columnas = dicho["tableSchema"]["columns"]
    assert encabezado == [columna["titles"] for columna in columnas] and filas
    nombres = [columna["name"] for columna in columnas]
    assert len(set(nombres)) == len(nombres) and all(re.fullmatch("[A-Za-z][A-Za-z0-9_]*", nombre) for nombre in nombres)
    assert set(dicho["tableSchema"]["primaryKey"]) <= set(nombres)
    for columna, celda in ((columna, celda) for fila in filas for columna, celda in zip(columnas, fila, strict=True)):
        tipo = columna["datatype"] if isinstance(columna["datatype"], str) else columna["datatype"]["base"]
        assert celda or not columna.get("required"), columna["name"]
        assert not celda or re.fullmatch(FORMAS[tipo], celda), (columna["name"], tipo, celda)
        forma = columna["datatype"].get("format") if isinstance(columna["datatype"], dict) and tipo == "string" else None
        assert not celda or not forma or re.fullmatch(forma, celda), (columna["name"], forma, celda)
    if cual == ".csv":
        suya = {columna["name"]: celda for columna, celda in zip(columnas, filas[0], strict=True)}
        assert dicho["tableSchema"]["aboutUrl"].format(**suya) == f"{BASE}/metepec/{CLAVE}/r/{folio}"


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_los_de_todos_los_formatos_dicen_su_encabezado(visita: Visita) -> None:
    formatos = [formato["clave"] for formato in json.loads(visita.get("/api/v1/formatos").data)["formatos"]]
    for clave in formatos:
        dicho = json.loads(visita.get(f"/datos/{clave}.csv-metadata.json").data)
        assert visita.get(f"/datos/{clave}.csv").text.strip().split(",") == [
            columna["titles"] for columna in dicho["tableSchema"]["columns"]], clave
    assert len(formatos) > 50


def test_todo_tipo_de_table_schema_tiene_el_suyo() -> None:
    campos = [campo for formato in load_catalogo(CATALOGO).formatos for campo in table_schema(formato)["fields"]]
    assert {campo["type"] for campo in campos} <= TIPOS.keys() and len(campos) > 1000


def test_con_filtros_los_metadatos_no_son_de_esa_direccion(visita: Visita) -> None:
    visita.publicar()
    for ruta in (f"/metepec/{CLAVE}.csv?periodo=T4", f"/datos/{CLAVE}.csv?para=excel", f"/datos/{CLAVE}.xlsx"):
        assert "csvm+json" not in visita.get(ruta).headers["Link"], ruta


@pytest.mark.parametrize("ruta", [
    "/datos/nada.csv-metadata.json", f"/datos/{CLAVE}/1999.csv-metadata.json", f"/datos/{CLAVE}.tabla_nota.csv-metadata.json",
    f"/nadie/{CLAVE}.csv-metadata.json", f"/metepec/{CLAVE}.tabla_nada.csv-metadata.json", f"/datos/{CLAVE}.xlsx-metadata.json",
    f"/metepec/{CLAVE}/9999.csv-metadata.json"])
def test_lo_que_no_existe_no_tiene_metadatos(visita: Visita, ruta: str) -> None:
    respuesta = visita.get(ruta)
    assert respuesta.status_code == 404 and respuesta.content_type == "application/problem+json"


def test_los_nombres_viejos_llevan_al_de_hoy(visita: Visita) -> None:
    respuesta = visita.get("/datos/CONVENIOS/2026.csv-metadata.json")
    assert (respuesta.status_code, respuesta.headers["Location"]) == (301, f"/datos/{CLAVE}/2026.csv-metadata.json")
    respuesta = visita.get("/METEPEC/convenios.tabla_contrapartes.csv-metadata.json")
    assert respuesta.headers["Location"] == f"/metepec/{CLAVE}.tabla_contrapartes.csv-metadata.json"
