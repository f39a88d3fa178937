"""Dónde viven los archivos de las pruebas: en memoria, si caben.

SQLite espera al disco en cada confirmación y PostgreSQL copia bases de mil archivos (650 ms en disco, 20 en memoria);
aquí a nadie le importa el disco. Quien quiera otra carpeta la dice con ``TMPDIR``.
"""

import os
import shutil
import tempfile

MEMORIA = "/dev/shm"
HOLGURA = 4 * 1024**3
"""Bytes libres que debe haber: cada obrero gasta unos cientos de megas, y un contenedor suele dar solo 64."""


def preferir_la_memoria() -> None:
    """Todo lo temporal de este proceso, y de los que arranque, nace en memoria si hay lugar."""
    if "TMPDIR" in os.environ or not os.access(MEMORIA, os.W_OK) or shutil.disk_usage(MEMORIA).free < HOLGURA:
        return
    os.environ["TMPDIR"] = MEMORIA
    tempfile.tempdir = None
