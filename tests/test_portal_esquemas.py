"""Los esquemas dicen lo que de verdad se descarga: se leen con los validadores de cada norma, no con los nuestros."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, Schema
from jsonschema import Draft202012Validator, FormatChecker

from fracciones_config import Formato, TipoCampo, load_catalogo
from models.domain.contexto import ContextoDeSujeto
from models.domain.protegidos import build_protegido
from models.domain.validation import canonico, validar
from models.domain.workflow import guardar
from models.esquemas import json_schema, table_schema, table_schema_de_tabla
from models.esquemas.registro import example_of_registro
from models.folios import a_folio, nuevo_id
from models.formatos import build_tabla, column_name
from models.hojas.disposicion import tablas_de
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.jsones import to_registros
from models.hojas.salidas.juntos import write_juntos
from models.hojas.salidas.renglones import Bloque, Titular
from models.hojas.salidas.subtablas import write_subtabla
from models.hojas.salidas.tablas_csv import PROGRAMAS, write_csv
from models.publicados import FilaPublica
from models.reloj import ahora
from tests.bases import CATALOGO
from tests.elenco import CLAVE, Casa
from tests.fabrica import crudo_de
from tests.portal_prep import Visita, visitar
from tests.salidas_prep import make_tabla

visita = pytest.fixture(visitar)

BASE = "https://ipomex.ejemplo.mx"
FORMATOS = load_catalogo(CATALOGO).formatos


def encabezado(trozos: Any) -> list[str]:
    [fila] = csv.reader(io.StringIO(b"".join(trozos).decode()))
    return fila


def faltas(carpeta: Path, formato: Any, zip_: bytes) -> list[list[Any]]:
    """Lo que frictionless le encuentra a un ZIP descargado, leído como un Data Package."""
    with zipfile.ZipFile(io.BytesIO(zip_)) as paquete:
        paquete.extractall(carpeta)
        nombres = paquete.namelist()
    [de_registros] = [nombre for nombre in nombres if ".tabla_" not in nombre]
    recursos = [{"name": formato.clave, "path": de_registros, "schema": table_schema(formato)}]
    for campo in tablas_de(formato):
        [suyo] = [nombre for nombre in nombres if nombre.endswith(f".tabla_{campo.nombre}.csv")]
        recursos.append({"name": f"{formato.clave}.{campo.nombre}", "path": suyo,
                         "schema": table_schema_de_tabla(formato, campo)})
    informe = Package.from_descriptor({"resources": recursos}, basepath=str(carpeta)).validate()
    return informe.flatten(["type", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize("formato", [*FORMATOS, make_tabla().formato], ids=lambda formato: formato.clave)
def test_el_esquema_lleva_justo_las_columnas_del_csv(formato: Any) -> None:
    esquema = table_schema(formato)
    assert [campo["name"] for campo in esquema["fields"]] == encabezado(write_csv(formato, [], Enlaces(), PROGRAMAS))
    assert Schema.from_descriptor(esquema).to_descriptor()["primaryKey"] == ["folio"]
    for campo in tablas_de(formato):
        suyo = table_schema_de_tabla(formato, campo)
        assert [c["name"] for c in suyo["fields"]] == encabezado(write_subtabla(formato, campo, [], Enlaces(), PROGRAMAS))
        assert Schema.from_descriptor(suyo).foreign_keys[0]["reference"] == {"resource": formato.clave, "fields": ["folio"]}


def test_lo_descargado_cumple_su_table_schema(visita: Visita, tmp_path: Path) -> None:
    casa = visita.casa
    visita.publicar(convenio=visita.subir("convenio firmado.pdf"), nota='Dice "sí", y ya\nDos renglones')
    vacio = guardar(casa.laura.actor, casa.tabla(), casa.crudo(casa.laura, monto_recursos=None), {
        "monto_recursos": {"causa": "no_aplica", "motivo": "No hubo aportaciones."}}).id
    visita.hacer("publicar", a_folio(vacio))
    formato = casa.tabla().formato
    assert faltas(tmp_path, formato, visita.get(f"/metepec/{CLAVE}/2026.zip").data) == []


def test_lo_que_no_cumple_se_descubre(visita: Visita, tmp_path: Path) -> None:
    """Si el CSV dijera otra cosa que el esquema, la prueba de arriba se daría cuenta."""
    visita.publicar()
    formato = visita.casa.tabla().formato
    mal = formato.model_copy(update={"campos": tuple(
        c.model_copy(update={"tipo": TipoCampo.MONEDA}) if c.nombre == "fecha_firma" else c for c in formato.campos)})
    hallado = faltas(tmp_path, mal, visita.get(f"/metepec/{CLAVE}/2026.zip").data)
    assert [falta[:3] for falta in hallado] == [["type-error", 2, "fecha_firma"]]


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # nada de esto depende del motor
def test_un_registro_de_cada_formato_cumple_su_esquema(casa: Casa, tmp_path: Path) -> None:
    """Los del catálogo de verdad, validados y escritos como siempre, con lo que sus propios campos ponen de ejemplo."""
    for formato in FORMATOS:
        bloque = Bloque(Titular("metepec", "Metepec"), [fila_de(casa, formato)])
        descargado = b"".join(write_juntos(formato, [bloque], Enlaces(BASE), PROGRAMAS, "todo"))
        assert faltas(tmp_path / formato.clave, formato, descargado) == [], formato.clave


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_todo_json_schema_vale_y_un_registro_de_cada_formato_lo_cumple(casa: Casa) -> None:
    """Lo mismo que dan las descargas y la interfaz; y quien le quite algo, se nota."""
    for formato in FORMATOS:
        esquema = json_schema(formato, f"{BASE}/esquemas/{formato.clave}.json")
        Draft202012Validator.check_schema(esquema)
        validador = Draft202012Validator(esquema, format_checker=FormatChecker())
        fila = fila_de(casa, formato)
        bloque = Bloque(Titular("metepec", "Metepec"), [fila])
        tabla = build_tabla(formato, {c.nombre: column_name(c) for c in formato.campos}, fila.catalogo)
        [registro] = to_registros(tabla, bloque, Enlaces(BASE))
        de_vuelta = json.loads(json.dumps(registro))
        assert [f"{falta.json_path}: {falta.message}" for falta in validador.iter_errors(de_vuelta)] == [], formato.clave
        assert not validador.is_valid({**de_vuelta, "folio": "x"}) and not validador.is_valid({**de_vuelta, "de_mas": 1})
        assert not validador.is_valid({**de_vuelta, "datos": {**de_vuelta["datos"], "de_mas": 1}})


def test_lo_vacio_con_razon_y_lo_protegido_tambien_lo_cumplen() -> None:
    formato = load_catalogo(CATALOGO).por_clave[CLAVE]
    validador = Draft202012Validator(json_schema(formato))
    registro = example_of_registro(formato)
    assert validador.is_valid(registro)
    vacios = {"monto_recursos": {"causa": "no_aplica", "motivo": "No hubo."},
              "nota": {**build_protegido({"acta": "A-1", "desde": "2026-11-22"})}}
    assert validador.is_valid({**registro, "vacios": vacios, "protegidos": {"nota": {"acta": "A-1", "desde": "2026-11-22"}}})
    assert not validador.is_valid({**registro, "vacios": {"nada": {"causa": "no_aplica", "motivo": "No hubo."}}})
    assert not validador.is_valid({**registro, "vacios": {"nota": {"causa": "porque_si", "motivo": "No hubo."}}})


def test_se_sirven_con_su_identidad_y_para_cualquiera(visita: Visita) -> None:
    respuesta = visita.get(f"/esquemas/{CLAVE}.json")
    assert respuesta.content_type == "application/schema+json" and respuesta.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(respuesta.data)["$id"] == f"http://localhost/esquemas/{CLAVE}.json"
    assert json.loads(visita.get(f"/esquemas/{CLAVE}.tabla.json").data) == json.loads(
        json.dumps(table_schema(visita.casa.tabla().formato)))
    suyo = json.loads(visita.get(f"/esquemas/{CLAVE}.tabla_contrapartes.tabla.json").data)
    assert suyo["primaryKey"] == ["folio", "renglon"]


def fila_de(casa: Casa, formato: Formato) -> FilaPublica:
    """Un registro completo de un formato, como quedaría publicado."""
    limpio = validar(formato, crudo_de(formato, casa.metepec.referencias), {}, ContextoDeSujeto(casa.metepec.id))
    assert limpio.completa
    ejercicio, periodo = limpio.datos.get("ejercicio", 0), limpio.datos.get("periodo", "")
    return FilaPublica(nuevo_id(), ejercicio, periodo, 1, canonico(limpio.datos, limpio.vacios), 1, ahora(), ahora(), ahora())
