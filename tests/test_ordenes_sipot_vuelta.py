"""El puente completo por consola: el libro oficial se importa, se aplica, se carga, se publica y se exporta; sale igual."""

from pathlib import Path

import pytest

from models.base import db
from models.folios import nuevo_id
from models.maestros import Area
from models.reloj import ahora
from tests.elenco import Casa
from tests.ida_y_vuelta import DATOS, differences
from tests.ordenes import Orden

pytest_plugins = "tests.consola"

REALES = sorted((DATOS / "plantillas_sipot").glob("*.xlsx"))
EN_BLANCO = ("53405", "53480", "53500")
"""Plantillas sin renglones que ya prueba ``test_sipot_ida_y_vuelta``: por consola basta con una de ellas, la 53471."""


def con_areas(casa: Casa, *nombres: str) -> None:
    """Las áreas que los libros nombran, en el organigrama de la institución; las que ya están no se repiten."""
    with db.connection_context():
        ya = {area.nombre for area in Area.select().where(Area.sujeto_id == casa.metepec.id)}
        for nombre in set(nombres) - ya:
            Area.create(sujeto_id=casa.metepec.id, id=nuevo_id(), nombre=nombre, cambiado_en=ahora())


@pytest.mark.parametrize("motor", ["sqlite"])
@pytest.mark.skipif(not REALES, reason="sin ../shared/datos no hay libros oficiales")
def test_los_libros_reales_por_consola(con_casa: Orden, casa: Casa, carpeta: Path, tmp_path: Path) -> None:
    con_areas(casa, "Secretaría del Ayuntamiento", "Tesorería Municipal")
    libros = [ruta for ruta in REALES if not ruta.name.startswith(EN_BLANCO)]
    for ruta in libros:
        hecho = con_casa("sipot", "importar", str(ruta), "-o", str(carpeta / "formatos" / f"oficial_{ruta.stem}.yaml"))
        assert hecho.exit_code == 0, hecho.output
    assert con_casa("catalogo", "revisar").exit_code == 0
    assert con_casa("catalogo", "aplicar").exit_code == 0
    for ruta in libros:
        clave = f"oficial_{ruta.stem}"
        cargado = con_casa("cargar", "metepec", clave, str(ruta), "--usuario", "unidad.metepec", "--publicar")
        ejercicio = "2018" if "53536" in ruta.name else "2019"
        vuelto = con_casa("sipot", "exportar", "metepec", clave, ejercicio, "-o", str(tmp_path / ruta.name))
        assert vuelto.exit_code == 0, vuelto.output
        assert differences(ruta, tmp_path / ruta.name) == [], (ruta.name, cargado.output, vuelto.output)
