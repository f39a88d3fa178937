"""La orden ``cargar``: un libro desde la consola, sin que haya un trabajador."""

import re
from pathlib import Path

from models.base import db
from models.cargas import Carga
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa
from tests.libros import celdas, libro
from tests.ordenes import CLAVE, Orden
from tests.test_cargas_trabajo import CAMPOS

pytest_plugins = "tests.consola"


def escribir(casa: Casa, ruta: Path, n: int = 3, **mas: str) -> str:
    crudo = casa.crudo(casa.julieta, monto_recursos="1350000.00") | mas
    filas = [[crudo[campo] if campo != "denominacion_convenio" else f"Convenio {i}" for campo in CAMPOS] for i in range(n)]
    ruta.write_bytes(libro(CAMPOS, *filas))
    return str(ruta)


def test_carga_y_dice_cuantos_en_cuanto_tiempo(con_casa: Orden, casa: Casa, base_propia: Base, tmp_path: Path) -> None:
    with db.connection_context():
        ruta = escribir(casa, tmp_path / "convenios.xlsx")
    resultado = con_casa("cargar", "metepec", CLAVE, ruta, "--usuario", "capt1.metepec")
    assert resultado.exit_code == 0, resultado.output
    assert re.search(r"^3 registros cargados en \d+\.\d\d s \([\d,]+ por segundo\)\.$", resultado.output, re.M)
    otra = con_casa("cargar", "metepec", CLAVE, ruta, "--usuario", "capt1.metepec")
    assert otra.exit_code == 0 and "0 registros cargados" in otra.output and "3 iguales" in otra.output
    with db.connection_context():
        assert casa.tabla().trabajo.select().count() == 3
        integro(base_propia)


def test_con_un_renglon_malo_no_entra_nada_y_termina_con_uno(con_casa: Orden, casa: Casa, tmp_path: Path) -> None:
    with db.connection_context():
        ruta = escribir(casa, tmp_path / "malo.xlsx", fecha_firma="31/06/2026")
    resultado = con_casa("cargar", "metepec", CLAVE, ruta, "--usuario", "capt1.metepec")
    assert resultado.exit_code == 1
    assert "3 malos" in resultado.output and "0 registros cargados" in resultado.output
    assert f"Su Excel con los errores marcados: {tmp_path / 'malo (con los errores marcados).xlsx'}" in resultado.output
    marcado = celdas((tmp_path / "malo (con los errores marcados).xlsx").read_bytes(), "Errores")
    assert any("31/06/2026" in str(celda) for fila in marcado for celda in fila)
    with db.connection_context():
        assert not casa.tabla().trabajo.select().exists()


def test_carga_y_publica(con_casa: Orden, casa: Casa, tmp_path: Path) -> None:
    with db.connection_context():
        ruta = escribir(casa, tmp_path / "convenios.xlsx")
    resultado = con_casa("cargar", "metepec", CLAVE, ruta, "--usuario", "unidad.metepec", "--publicar")
    assert resultado.exit_code == 1, "les faltan datos: se cargan, pero no se publican"
    assert "3 registros cargados" in resultado.output and re.search(r"3 sin ese paso: Faltan? ", resultado.output)


def test_lo_que_no_existe_se_dice(con_casa: Orden, casa: Casa, tmp_path: Path) -> None:
    with db.connection_context():
        ruta = escribir(casa, tmp_path / "convenios.xlsx")
    for argumentos, dicho in (
        (("toluca", CLAVE, ruta, "--usuario", "capt1.metepec"), "No hay una cuenta"),
        (("metepec", "nada", ruta, "--usuario", "capt1.metepec"), "No hay un formato"),
        (("metepec", CLAVE, ruta, "--usuario", "admin2.metepec"), "No tiene este formato asignado"),
    ):
        resultado = con_casa("cargar", *argumentos)
        assert resultado.exit_code == 1 and dicho in resultado.output
    with db.connection_context():
        assert not Carga.select().exists()
