"""Una demostración chica para las pruebas de navegador: dos instituciones enteras. ``python -m tests.demostrado CARPETA``.

Corre en su propio proceso, para no tocar la base en uso de pytest.
"""

import sys
from pathlib import Path

from models.archivos.almacen import AlmacenEnDisco
from models.base import db
from models.demostracion import create_demostracion
from models.motores import abrir
from models.servicio.arranque import prepare_base
from tests.cliente import entorno_de

INSTITUCIONES: dict[str, tuple[int, ...]] = {"metepec": (), "dif-metepec": ()}


def demostrar(datos: Path) -> None:
    """Deja en ``datos`` la demostración de esas instituciones."""
    datos.mkdir(parents=True, exist_ok=True)
    entorno = entorno_de(f"sqlite:///{datos / 'ipomex.db'}", datos)
    db.initialize(abrir(entorno.base_datos))
    with db.connection_context():
        prepare_base(entorno)
        create_demostracion(AlmacenEnDisco(datos / "archivos"), lambda _: None, INSTITUCIONES)


if __name__ == "__main__":
    demostrar(Path(sys.argv[1]))
