"""Lo suprimido no aparece por ninguna puerta pública, y donde estaba se lee «Dato protegido»."""

import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator

from models.domain.supresion.disco import clean_disk
from models.domain.supresion.orden import Objetivo, Orden
from models.domain.workflow.supresion import suprimir
from models.esquemas.registro import json_schema
from models.folios import de_folio
from models.hojas.cargas.carpeta import carpeta
from models.reloj import hoy
from models.tareas import Trabajo
from tests.bases import Base
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar_con_catalogo_propio
from tests.rastreo_portal import clase_de
from tests.volcado_prep import hacer, taller_de

visita = pytest.fixture(visitar_con_catalogo_propio)

DATO, NOMBRE = "Xiquetez Tzompantzin 4471", "Quetzalxiuh Miztontli"
PALABRAS = ("xiquetez", "tzompantzin", "quetzalxiuh", "miztontli", "ixtlilxochitl")
REGISTRO = f"/metepec/{CLAVE}/r/"
DE_CADA_CLASE, TOPE = 2, 110


@pytest.fixture
def motor() -> str:
    return "sqlite"


@pytest.fixture
def folio(visita: Visita, tmp_path: Path) -> str:
    """Dos versiones públicas con el dato, en la nota, en una columna y en un archivo."""
    carpeta.initialize(tmp_path)
    archivo = visita.subir("ixtlilxochitl.pdf")
    partes = [{"nombre": NOMBRE, "primer_apellido": "Rosas"}, {"razon_social": "Sauces, A.C."}]
    campos = {"nota": DATO, "contrapartes": partes, "convenio": archivo}
    folio = visita.publicar(denominacion_convenio="Reforestar el cerro", objetivo="Plantar sauces", **campos)
    visita.casa.editar(visita.casa.laura, de_folio(folio), **campos | {"nota": f"{DATO}, otra vez"},
                       denominacion_convenio="Reforestar el cerro", objetivo="Plantar sauces")
    visita.hacer("publicar", folio)
    return folio


def proteger(visita: Visita, folio: str, *llaves: str) -> None:
    orden = Orden(tuple(Objetivo(*llave.split(".")) for llave in llaves or ("nota", "contrapartes.nombre", "convenio")),
                  "CT/12/2026", dt.date(2026, 1, 20), "Traía a una persona particular.", True)
    fila = visita.casa.fila(de_folio(folio))
    suprimir(visita.casa.laura.actor, visita.casa.tabla(), fila.id, fila.version, orden)
    clean_disk()


def legible(cuerpo: bytes) -> str:
    """Lo que trae una respuesta; de un .zip o un libro, lo de sus partes."""
    if cuerpo[:2] != b"PK":
        return cuerpo.decode(errors="replace").lower()
    with zipfile.ZipFile(io.BytesIO(cuerpo)) as partes:
        return "".join(legible(partes.read(parte)) for parte in partes.namelist())


def puertas(visita: Visita, folio: str) -> list[str]:
    """Las direcciones en que el registro está, y las que podrían traer algo suyo."""
    anio = visita.casa.fila(de_folio(folio)).ejercicio
    sueltas = [f"{REGISTRO}{folio}{fin}" for fin in ("", ".json", ".csv", ".xlsx", ".zip", "/versiones", "/versiones?de=1&a=2",
                                                    "/v/1", "/v/2")]
    sueltas += [f"/metepec/{CLAVE}{parte}" for parte in (
        "/", f"/{anio}/", f"/{anio}.csv", f"/{anio}.csv?para=excel", f"/{anio}.xlsx", f"/{anio}.json", f"/{anio}.zip",
        f"/{anio}.tabla_contrapartes.csv", "/cambios", "/cambios.atom")]
    sueltas += [f"/datos/{CLAVE}.{fin}" for fin in ("csv", "json", "xlsx", "zip")] + ["/datos/volcado.zip"]
    sueltas += [f"/informacion/{CLAVE}/", f"/informacion/{CLAVE}/{anio}/", "/cambios", "/cambios.atom", "/metepec/cambios.atom"]
    sueltas += [f"/buscar?q={quote(texto)}" for texto in ("Reforestar", "sauces")]
    sueltas += [f"/buscar/sugerencias?q={palabra[:5]}" for palabra in PALABRAS] + ["/sitemap.xml", "/"]
    sueltas += [f"/api/v1/registros/{CLAVE}{parte}" for parte in ("", f"/metepec/{folio}", "?q=sauces&institucion=metepec")]
    return sueltas


def leer(visita: Visita, por_ver: list[str], siguiendo: bool = True) -> dict[str, str]:
    """Dirección → lo que se lee; ``siguiendo``, también en las páginas a las que llevan, unas cuantas de cada clase."""
    leido, vistas, clases = dict[str, str](), set(por_ver), dict[str, int]()
    while por_ver and len(leido) < TOPE:
        ruta = por_ver.pop(0)
        respuesta = visita.app.test_client().get(ruta, buffered=True)
        leido[ruta] = f"{respuesta.status_code} {legible(respuesta.data)}"
        if not siguiendo or "html" not in respuesta.content_type:
            continue
        for liga in re.findall(r'href="(/[^"#]*)', respuesta.text):
            clase = clase_de(liga.replace("&amp;", "&"))
            if liga not in vistas and clases.get(clase, 0) < DE_CADA_CLASE and not liga.startswith("/ipo"):
                clases[clase] = clases.get(clase, 0) + 1
                vistas.add(liga)
                por_ver.append(liga.replace("&amp;", "&"))
    return leido


def test_ninguna_puerta_publica_lo_trae(
    visita: Visita, folio: str, base_propia: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("models.domain.actos_publicos.MARGEN", 0)
    taller = taller_de(base_propia, tmp_path)
    visita.app.extensions["portal"] = replace(visita.app.extensions["portal"], deposito=taller.deposito)
    hacer(taller)
    antes = leer(visita, puertas(visita, folio), siguiendo=False)
    lo_traian = {ruta for ruta, dicho in antes.items() if any(palabra in dicho for palabra in PALABRAS[:2])}
    assert {f"{REGISTRO}{folio}", f"{REGISTRO}{folio}.json", "/datos/volcado.zip", f"/datos/{CLAVE}.csv"} <= lo_traian
    proteger(visita, folio)
    despues = leer(visita, puertas(visita, folio))
    assert {ruta: palabra for ruta, dicho in despues.items() for palabra in PALABRAS if palabra in dicho} == {}
    assert not {ruta: dicho[:3] for ruta, dicho in despues.items() if dicho.startswith("5")
                and not ruta.startswith("/datos/volcado")}
    mudas = {ruta for ruta in lo_traian if antes[ruta][:3] == despues.get(ruta, "")[:3] == "200"
             and not re.search(r"protegido|ct/12/2026", despues[ruta])} - {"/datos/volcado.zip"}
    sin_diferencia = f"{REGISTRO}{folio}/versiones?de=1&a=2"  # protegidas las dos, ya no se distinguen
    assert {ruta for ruta in mudas if folio in ruta} <= {sin_diferencia}, "donde estaba, se dice"
    assert Trabajo.select().where(Trabajo.tipo == "volcado").exists(), "el volcado se encarga otra vez"
    hacer(taller)
    nuevo = legible(visita.get("/datos/volcado.zip").data)
    assert "reforestar el cerro" in nuevo and not any(palabra in nuevo for palabra in PALABRAS)


def test_el_registro_lo_dice_con_su_fecha_y_su_acta(visita: Visita, folio: str) -> None:
    archivo = re.search(r'href="(/metepec/archivo/[^"]*ixtlilxochitl[^"]*)"', visita.get(f"{REGISTRO}{folio}").text)
    assert archivo is not None and visita.get(archivo[1]).status_code == 200
    proteger(visita, folio)
    dicho = f"Dato protegido desde el {hoy():%d/%m/%Y} por el acta CT/12/2026"
    assert visita.texto(f"{REGISTRO}{folio}").count(dicho) == 4
    assert visita.get(archivo[1]).status_code in (404, 410)
    leido = visita.get(f"{REGISTRO}{folio}.json").get_json()
    assert "nota" not in leido["datos"] and leido["vacios"]["nota"]["causa"] == "protegido"
    assert leido["protegidos"]["contrapartes"] == {"acta": "CT/12/2026", "desde": hoy().isoformat(), "columnas": ["nombre"]}
    Draft202012Validator(json_schema(visita.casa.tabla().formato)).validate(leido)
    for ruta in (f"/metepec/{CLAVE}/cambios", f"/metepec/{CLAVE}/cambios.atom", "/cambios"):
        assert "CT/12/2026" in (dicho := visita.get(ruta).text) and "rotegi" in dicho, ruta
    assert leido["datos"]["contrapartes"] == [{"primer_apellido": "Rosas"}, {"razon_social": "Sauces, A.C."}]


def test_un_registro_cuyo_nombre_se_protegio_sigue_teniendo_uno(visita: Visita, folio: str) -> None:
    proteger(visita, folio, "denominacion_convenio")
    assert visita.sopa(f"{REGISTRO}{folio}").h1.text == f"Dato protegido: registro {folio}"
    assert "Reforestar" not in visita.get(f"/metepec/{CLAVE}/").text


def test_la_huella_de_una_descarga_cambia(visita: Visita, folio: str) -> None:
    anio = visita.casa.fila(de_folio(folio)).ejercicio
    rutas = [f"/metepec/{CLAVE}/{anio}.csv", f"{REGISTRO}{folio}.json", f"{REGISTRO}{folio}", f"/datos/{CLAVE}.csv"]
    huellas = {ruta: visita.get(ruta).headers.get("ETag", "") for ruta in rutas}
    proteger(visita, folio)
    for ruta, huella in huellas.items():
        assert visita.get(ruta, headers={"If-None-Match": huella}).status_code == 200, ruta
    assert json.loads(visita.get(f"{REGISTRO}{folio}.json").text)["protegidos"]
