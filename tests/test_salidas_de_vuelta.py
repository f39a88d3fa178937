"""Lo que se descarga de una lista se puede corregir y volver a cargar: tal cual, no cambia nada; corregido, cambia solo eso."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.base import db
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa
from tests.ordenes import CLAVE, Orden

pytest_plugins = "tests.consola"


@pytest.fixture
def con_registros(con_casa: Orden, casa: Casa, base_propia: Base) -> list[int]:
    """Uno publicado, uno retirado y uno sin revisar; con archivo, con tabla y con un campo vacío con razón."""
    with db.connection_context():
        registros = [casa.capturar(casa.julieta, denominacion_convenio=f"Convenio {i}") for i in range(3)]
        casa.hacer(casa.laura, "publicar", registros[0])
        casa.hacer(casa.laura, "publicar", registros[1])
        casa.hacer(casa.laura, "retirar", registros[1], motivo="Se publicó por duplicado.")
    return registros


@pytest.mark.parametrize("forma", ["xlsx", "csv"])
def test_tal_cual_no_cambia_nada(forma: str, con_casa: Orden, con_registros: list[int], base_propia: Base, tmp_path: Path,
                                 ) -> None:
    salida = tmp_path / f"lista.{forma}"
    con_casa("exportar", CLAVE, "--so", "metepec", "--trabajo", "--formato", forma, "-o", str(salida))
    vuelta = con_casa("cargar", "metepec", CLAVE, str(salida), "--usuario", "unidad.metepec")
    assert vuelta.exit_code == 0, vuelta.output
    assert "3 iguales, 0 malos" in vuelta.output and "0 nuevos, 0 cambian" in vuelta.output
    with db.connection_context():
        integro(base_propia)


def test_lo_corregido_en_excel_cambia_solo_eso(
    con_casa: Orden, con_registros: list[int], casa: Casa, base_propia: Base, tmp_path: Path,
) -> None:
    salida = tmp_path / "lista.xlsx"
    con_casa("exportar", CLAVE, "--so", "metepec", "--trabajo", "--formato", "xlsx", "-o", str(salida))
    libro = load_workbook(salida)
    hoja = libro.worksheets[0]
    llaves = [celda.value for celda in hoja[1]]
    hoja.cell(3, llaves.index("objetivo") + 1).value = "Otro objetivo, corregido en Excel."
    libro.save(salida)
    with db.connection_context():
        antes = casa.fila(con_registros[0])
    vuelta = con_casa("cargar", "metepec", CLAVE, str(salida), "--usuario", "unidad.metepec")
    assert vuelta.exit_code == 0 and "1 cambian" in vuelta.output and "2 iguales" in vuelta.output, vuelta.output
    with db.connection_context():
        ahora = casa.fila(con_registros[0])
        assert ahora.c_objetivo == "Otro objetivo, corregido en Excel."
        assert (ahora.c_convenio, ahora.c_contrapartes, ahora.faltan) == (antes.c_convenio, antes.c_contrapartes, 0)
        assert ahora.estado == "capturado" and ahora.publica == 1
        integro(base_propia)
