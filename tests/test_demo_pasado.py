"""La demostración tiene pasado: se puede preguntar qué decía un registro el 1 de marzo, y todo sigue cuadrando."""

import datetime as dt
from pathlib import Path

from models.archivos.almacen import AlmacenEnDisco
from models.base import db
from models.demostracion import create_demostracion
from models.demostracion.pasado import CON_PASADO, CORREGIDO
from models.domain.catalogo_vigente import vigente
from models.motores import abrir
from models.publicados.cortes import Corte
from models.publicados.versiones import Versiones
from models.reloj import hoy
from models.servicio.arranque import prepare_base
from models.verificacion import verify
from tests.bases import ensenar, soltar
from tests.cliente import entorno_de


def test_que_decia_este_registro_el_primero_de_marzo(tmp_path: Path) -> None:
    entorno = entorno_de(f"sqlite:///{tmp_path / 'demo.db'}", tmp_path)
    db.initialize(abrir(entorno.base_datos))
    ensenar(None)
    try:
        with db.connection_context():
            prepare_base(entorno)
            almacen = AlmacenEnDisco(tmp_path / "archivos")
            tabla = vigente.foto.tablas["licitaciones"]
            create_demostracion(almacen, lambda _: None, {"metepec": (tabla.formato.articulo,)})
            corregidos = list(tabla.publica.select().where(tabla.publica.numero == 2))
            assert len(corregidos) == CON_PASADO["licitaciones"]
            marzo = Corte(dt.date(hoy().year if hoy() > dt.date(hoy().year, 3, 1) else hoy().year - 1, 3, 1))
            for uno in corregidos:
                version = Versiones(db.obj).al(uno.sujeto_id, "licitaciones", uno.id, marzo)
                assert version is not None and version.numero == 1 and version.legible
                antes = Versiones(db.obj).registro(tabla, uno.sujeto_id, uno.id, 1)
                assert antes is not None and CORREGIDO not in antes.datos["descripcion"] and CORREGIDO in uno.contenido
            assert [h for _, hallazgos in verify(vigente.foto, almacen) for h in hallazgos] == []
    finally:
        soltar()
        ensenar(None)

