"""Los datos abiertos: la página lleva a todo, sus ejemplos funcionan tal cual, y los buscadores saben qué hay."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar
from tests.servidor import Sitio

pytest_plugins = "tests.navegador"
visita = pytest.fixture(visitar)

RAIZ = Path(__file__).parents[1]


def ld(visita: Visita, ruta: str) -> Any:
    """El bloque de datos de una página, leído como lo lee un buscador."""
    [bloque] = visita.sopa(ruta).select("script[type='application/ld+json']")
    return json.loads(bloque.string)


def test_todo_lo_que_ofrece_existe(visita: Visita) -> None:
    visita.publicar()
    sopa = visita.sopa("/datos")
    suyo = sopa.select_one(f"tr[data-clave={CLAVE}]")
    assert suyo.select_one("[data-t=Registros]").text == "1"
    enlaces = {str(a["href"]).partition("#")[0] for a in [*suyo.select("a"), *sopa.select("main li a, main p a")]}
    assert f"/datos/{CLAVE}.csv" in enlaces and "/api/" in enlaces
    for ruta in enlaces:
        if ruta.startswith("/"):
            assert visita.get(ruta).status_code == 200, ruta
    texto = visita.texto("/datos")
    for dicho in ("sin registrarse", "Libre Uso MX", "consultado el 20", "Nada publicado"):
        assert dicho in texto.replace("Sin", "sin"), dicho


def test_un_sitio_sin_nada_tambien_se_lee(visita: Visita) -> None:
    assert "0 registros de 0 instituciones" in visita.texto("/datos")


# --- los ejemplos, tal como se copian ---

def ejemplos(texto: str, lenguaje: str) -> list[str]:
    return re.findall(rf"```{lenguaje}\n(.*?)```", texto, re.DOTALL)


def correr(programa: str) -> str:
    hecho = subprocess.run([sys.executable, "-"], input=programa, capture_output=True, text=True, timeout=60)
    assert hecho.returncode == 0, hecho.stderr[-2000:]
    return hecho.stdout


def test_los_ejemplos_de_las_paginas_funcionan(sitio_servido: Sitio, tmp_path: Path) -> None:
    import html
    from urllib.request import urlopen

    pagina = urlopen(f"{sitio_servido.direccion}/datos").read().decode()
    de_curl, de_python = (html.unescape(re.search(rf'id="ejemplo-{cual}">(.*?)</code>', pagina, re.DOTALL)[1])
                          for cual in ("curl", "python"))
    subprocess.run(de_curl, shell=True, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "directorio.csv").read_text().startswith("folio,so,institucion,")
    assert "H. Ayuntamiento de Metepec" in correr(de_python)
    api = urlopen(f"{sitio_servido.direccion}/api/").read().decode()
    [de_api] = [html.unescape(uno) for uno in re.findall(r"<code>(.*?)</code></pre>", api, re.DOTALL) if "import json" in uno]
    assert "metepec {" in correr(de_api)


def test_los_ejemplos_de_la_guia_funcionan(sitio_servido: Sitio) -> None:
    guia = (RAIZ / "docs/datos-abiertos.md").read_text()
    programas = ejemplos(guia, "python")
    assert len(programas) >= 2
    for programa in programas:
        assert correr(programa.replace("http://localhost:8080", sitio_servido.direccion)).strip()
    for orden in ejemplos(guia, "sh"):
        for renglon in orden.strip().splitlines():
            hecho = subprocess.run(renglon.replace("http://localhost:8080", sitio_servido.direccion), shell=True,
                                   capture_output=True, text=True, timeout=60)
            assert hecho.returncode == 0 and hecho.stdout, renglon


# --- schema.org ---

OBLIGADAS = {"name", "description", "url", "identifier", "license", "creator", "publisher", "distribution", "variableMeasured",
             "keywords", "isAccessibleForFree", "includedInDataCatalog", "inLanguage", "spatialCoverage", "dateModified",
             "version"}


def test_un_formato_se_dice_conjunto_de_datos(visita: Visita) -> None:
    visita.publicar()
    dicho = ld(visita, f"/metepec/{CLAVE}/2026/")
    assert dicho["@context"] == "https://schema.org/" and dicho["@type"] == "Dataset"
    assert dicho.keys() >= OBLIGADAS and 50 <= len(dicho["description"]) <= 5000
    assert dicho["temporalCoverage"] == "2026-10-01/2026-12-31"
    assert dicho["creator"] == {"@type": "GovernmentOrganization", "name": "H. Ayuntamiento de Metepec",
                                "url": "http://localhost/metepec/"}
    assert dicho["includedInDataCatalog"]["url"] == "http://localhost/datos"
    assert {variable["propertyID"] for variable in dicho["variableMeasured"]} == set(visita.casa.tabla().formato.por_nombre)
    for archivo in dicho["distribution"]:
        respuesta = visita.get(archivo["contentUrl"].removeprefix("http://localhost"))
        assert (respuesta.status_code, respuesta.content_type) == (200, archivo["encodingFormat"])


def test_tambien_el_de_todas_las_instituciones_y_el_catalogo(visita: Visita) -> None:
    visita.publicar()
    dicho = ld(visita, f"/diccionario/{CLAVE}")
    assert dicho.keys() >= OBLIGADAS and dicho["creator"]["@type"] == "GovernmentOrganization"
    for archivo in dicho["distribution"]:
        assert visita.get(archivo["contentUrl"].removeprefix("http://localhost")).status_code == 200
    catalogo = ld(visita, "/datos")
    assert catalogo["@type"] == "DataCatalog" and len(catalogo["dataset"]) > 50
    assert visita.get(catalogo["dataset"][0]["url"].removeprefix("http://localhost")).status_code == 200


def test_un_nombre_no_puede_cerrar_el_bloque(visita: Visita) -> None:
    malo = "</script><script>alert(1)</script> & <!--"
    sujeto = visita.casa.metepec.sujeto
    sujeto.nombre = malo
    sujeto.save()
    visita.describir()
    visita.publicar()
    cuerpo = visita.get(f"/metepec/{CLAVE}/2026/").text
    assert "<script>alert" not in cuerpo
    assert ld(visita, f"/metepec/{CLAVE}/2026/")["creator"]["name"] == malo


def test_lo_filtrado_no_es_un_conjunto(visita: Visita) -> None:
    visita.publicar()
    assert not visita.sopa(f"/metepec/{CLAVE}/2026/?q=nada").select("script[type='application/ld+json']")
