"""Abre un libro en LibreOffice sin pantalla, escribe unas celdas y lo guarda como .xlsx: lo escribe LibreOffice, no nosotros.

Corre con el Python del sistema, que trae ``uno`` (Debian: python3-uno), y no importa nada de la casa:

    python3 tests/llenar_en_libreoffice.py ENTRADA SALIDA CELDAS.json

``CELDAS.json`` es una lista de ``[hoja, celda, clase, valor]``; ``clase`` es ``texto``, ``numero`` o ``fecha`` (ISO).
"""

import contextlib
import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

ESPERA = 60.0
"""Segundos a que LibreOffice arranque."""

_CERO = dt.date(1899, 12, 30)


def main(entrada, salida, celdas):
    with tempfile.TemporaryDirectory(prefix="ipomex-lo-") as perfil:
        tubo = f"ipomex{time.monotonic_ns()}"
        oficina = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation={Path(perfil).as_uri()}",
             f"--accept=pipe,name={tubo};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            escritorio = _escritorio(tubo)
            libro = escritorio.loadComponentFromURL(Path(entrada).as_uri(), "_blank", 0, (_propiedad("Hidden", True),))
            for hoja, celda, clase, valor in celdas:
                _poner(libro.Sheets.getByName(hoja).getCellRangeByName(celda), clase, valor)
            libro.storeToURL(Path(salida).as_uri(), (_propiedad("FilterName", "Calc MS Excel 2007 XML"),))
            libro.close(True)
            _cerrar(escritorio)
            oficina.wait(30)
        finally:
            oficina.kill()
            oficina.wait()


def _poner(celda, clase, valor):
    """Como queda al teclear: lo que la celda admite se vuelve fecha o número; en las de texto, texto."""
    if clase == "texto":
        celda.setString(valor)
    elif clase == "fecha":
        celda.setValue((dt.date.fromisoformat(valor) - _CERO).days)
    else:
        celda.setValue(valor)


def _escritorio(tubo):
    contexto = uno.getComponentContext()
    enlace = contexto.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", contexto)
    limite = time.monotonic() + ESPERA
    while True:
        try:
            remoto = enlace.resolve(f"uno:pipe,name={tubo};urp;StarOffice.ComponentContext")
            return remoto.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remoto)
        except NoConnectException:
            if time.monotonic() > limite:
                raise
            time.sleep(0.2)


def _cerrar(escritorio):
    """Al irse corta el tubo, y eso aquí se ve como una falla."""
    with contextlib.suppress(Exception):
        escritorio.terminate()


def _propiedad(nombre, valor):
    propiedad = PropertyValue()
    propiedad.Name, propiedad.Value = nombre, valor
    return propiedad


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")))
