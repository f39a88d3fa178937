"""``python -m benchmarks.aplicador CATALOGO``: pone en vigor una carpeta, como ``flask --app app catalogo aplicar``."""

import sys
from pathlib import Path

from fracciones_config.revision import read_archivos
from models.base import db
from models.motores import abrir
from models.servicio.borrador import put_in_force
from models.servicio.entorno import read_entorno

if __name__ == "__main__":
    db.initialize(abrir(read_entorno().base_datos))
    with db.connection_context():
        put_in_force(read_archivos(Path(sys.argv[1])), "las medidas")
