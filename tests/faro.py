"""Lighthouse sobre cuatro páginas del portal: ``make lighthouse``. Imprime las notas, y sale con 1 si alguna baja de 95.

Mide el sistema de verdad con la demostración, en un teléfono modesto (lo que Lighthouse simula). Con ``IPOMEX_DATOS`` usa una
demostración ya hecha; si no, hace una. Lighthouse sale de npm y queda en ``.venv/faro``; el navegador, de la distribución.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.chromium import NOMBRES
from tests.servidor import RAIZ, correr, servir

MINIMO = 95
NOTAS = {"performance": "rapidez", "accessibility": "accesibilidad", "best-practices": "buenas prácticas", "seo": "buscadores"}
SIGLAS, CLAVE = "metepec", "licitaciones"
FARO = RAIZ / ".venv" / "faro"
_FOLIO = re.compile(r'data-folio="(\w+)"')


def main() -> int:
    programa, chromium = find_lighthouse(), next(filter(None, map(shutil.which, NOMBRES)), None)
    if programa is None or chromium is None:
        print("Falta Lighthouse (npm install lighthouse) o Chromium: no se midió.", file=sys.stderr)
        return 2
    with _demo() as datos, servir(datos) as direccion:
        bajas = [baja for nombre, ruta in list_paginas(direccion).items()
                 for baja in _report(nombre, measure(programa, chromium, direccion + ruta))]
    print("\n".join(bajas) or f"Las cuatro páginas tienen {MINIMO} o más en todo.")
    return int(bool(bajas))


def find_lighthouse() -> str | None:
    """El programa; lo instala con npm la primera vez."""
    suyo = FARO / "node_modules" / ".bin" / "lighthouse"
    if not suyo.exists() and shutil.which("npm"):
        FARO.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(FARO), "lighthouse"],
                       check=False)
    return str(suyo) if suyo.exists() else shutil.which("lighthouse")


def list_paginas(direccion: str) -> dict[str, str]:
    """La portada, una institución, un formato suyo y el primero de sus registros."""
    formato = f"/{SIGLAS}/{CLAVE}/"
    with urllib.request.urlopen(direccion + formato) as respuesta:
        [folio] = _FOLIO.findall(respuesta.read().decode())[:1]
    return {"portada": "/", "institución": f"/{SIGLAS}/", "formato": formato, "registro": f"/{SIGLAS}/{CLAVE}/r/{folio}"}


def measure(programa: str, chromium: str, url: str) -> dict[str, Any]:
    """El informe de Lighthouse de una página. A veces Chromium no apunta cuándo empezó (NO_NAVSTART): se pide otra vez."""
    try:
        return _measure(programa, chromium, url)
    except subprocess.CalledProcessError:
        return _measure(programa, chromium, url)


def _measure(programa: str, chromium: str, url: str) -> dict[str, Any]:
    banderas = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
    with tempfile.TemporaryDirectory() as temporal:
        informe = Path(temporal) / "informe.json"
        subprocess.run([programa, url, "--quiet", "--output=json", f"--output-path={informe}", f"--chrome-flags={banderas}",
                        f"--only-categories={','.join(NOTAS)}"], env={**os.environ, "CHROME_PATH": chromium}, check=True)
        return dict(json.loads(informe.read_text()))


def _report(nombre: str, informe: dict[str, Any]) -> Iterator[str]:
    """Imprime las notas de una página y da lo que le falta."""
    notas = {cual: round((informe["categories"][cual]["score"] or 0) * 100) for cual in NOTAS}
    print(f"{nombre}: " + ", ".join(f"{NOTAS[cual]} {nota}" for cual, nota in notas.items()), flush=True)
    for cual, nota in notas.items():
        if nota < MINIMO:
            yield f"{nombre} tiene {nota} en {NOTAS[cual]}: {'; '.join(_faults(informe, cual))}"


def _faults(informe: dict[str, Any], cual: str) -> Iterator[str]:
    for referencia in informe["categories"][cual]["auditRefs"]:
        revision = informe["audits"][referencia["id"]]
        if referencia["weight"] and revision["score"] is not None and revision["score"] < 0.9:
            yield f"{revision['title']} ({revision.get('displayValue', '')})".replace(" ()", "")


@contextmanager
def _demo() -> Iterator[Path]:
    if hecha := os.environ.get("IPOMEX_DATOS"):
        yield Path(hecha)
        return
    with tempfile.TemporaryDirectory(prefix="ipomex-faro-") as datos:
        correr("flask", "--app", "app", "demo", IPOMEX_ENTORNO="demo", IPOMEX_DATOS=datos, IPOMEX_BASE_DATOS="")
        yield Path(datos)


if __name__ == "__main__":
    sys.exit(main())
