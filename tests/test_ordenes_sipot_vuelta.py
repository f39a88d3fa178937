"""El puente completo por consola: el libro oficial se importa, se aplica, se carga, se publica y se exporta; sale igual."""

import datetime as dt
from pathlib import Path

import pytest

from models.base import db
from models.cargas import Carga
from models.domain.validation import de_canonico
from models.domain.workflow import aplicar, guardar
from models.folios import nuevo_id
from models.hojas.cargas import undo_carga
from models.maestros import Area
from models.reloj import ahora
from models.sipot import RenglonSipot
from tests.elenco import Casa
from tests.ida_y_vuelta import DATOS, cells_of, differences, midnight
from tests.libros_oficiales import Col, Oficial, comunes, write_oficial
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


LISTA = ["Económico", "En especie", "Otro (especificar)"]


def apoyos() -> Oficial:
    """Un libro con de todo: una lista, dos subtablas, un registro que ocupa tres renglones, un número compartido, uno sin
    renglones, un enlace y un nombre de archivo, un texto de 400 letras, un periodo que no es trimestre."""
    d = dt.date
    propias = (Col("Tipo de apoyo (catálogo)", 9, LISTA), Col("Denominación del apoyo", 1), Col("Monto", 6),
               Col("Beneficiarios", 10, (), "Tabla_9001"), Col("Sedes", 10, (), "Tabla_9002"),
               Col("Hipervínculo a las reglas", 7))
    def renglon(inicio: dt.date, fin: dt.date, *celdas: object) -> list[object]:
        return [2025, midnight(inicio), f"{fin:%d/%m/%Y}", *celdas, "SECRETARIA DEL AYUNTAMIENTO", midnight(fin), midnight(fin),
                None]

    return Oficial("77001", comunes(*propias), {"Tabla_9001": [Col("Nombre(s)", 1), Col("Monto", 6)],
                                                "Tabla_9002": [Col("Sede", 2)]}, titulo="Apoyos entregados", filas=[
        renglon(d(2025, 1, 1), d(2025, 3, 31), "Económico", "Beca  doble", 1500.5, 1, 1, "https://www.ejemplo.gob.mx/r.pdf"),
        [None, None, None, None, None, None, 2], [None, None, None, None, None, None, 3, 2],
        renglon(d(2025, 2, 3), d(2025, 2, 9), "En especie", "x" * 400, 0, 2, 44, "REGLAS 1.pdf"),
        renglon(d(2025, 1, 1), d(2025, 3, 31), None, 10000, None, None, None, None)],
        filas_de={"Tabla_9001": [[1, "Ana", 10], [2, "Beto", 20.5], [2, 7, None], [3, "Ceci", 0]],
                  "Tabla_9002": [[1, "Centro"], [2, "Norte\ny sur"]]})


def test_un_libro_con_de_todo_va_y_viene_por_consola(con_casa: Orden, casa: Casa, carpeta: Path, tmp_path: Path) -> None:
    con_areas(casa, "Secretaría del Ayuntamiento")
    ruta = write_oficial(tmp_path / "apoyos.xlsx", apoyos())
    assert con_casa("sipot", "importar", str(ruta), "-o", str(carpeta / "formatos" / "apoyos.yaml")).exit_code == 0
    assert con_casa("catalogo", "aplicar").exit_code == 0
    cargado = con_casa("cargar", "metepec", "apoyos", str(ruta), "--usuario", "unidad.metepec", "--publicar")
    assert (cargado.exit_code, "3 registros publicados" in cargado.output) == (0, True), cargado.output
    vuelta, informe = tmp_path / "vuelta.xlsx", tmp_path / "perdidas.txt"
    vuelto = con_casa("sipot", "exportar", "metepec", "apoyos", "2025", "-o", str(vuelta), "--perdidas", str(informe))
    assert vuelto.exit_code == 0 and differences(ruta, vuelta) == [], vuelto.output
    assert "renglón 11" in informe.read_text() and "tiene 400 caracteres y SIPOT admite 150" in informe.read_text()
    otra = con_casa("cargar", "metepec", "apoyos", str(ruta), "--usuario", "unidad.metepec")
    assert "3 iguales" in otra.output, otra.output

    corto = con_casa("sipot", "exportar", "metepec", "apoyos", "2025", "-o", str(vuelta), "--recortar")
    assert corto.exit_code == 0
    assert [d.partition(":")[0] for d in differences(ruta, vuelta)] == ["Reporte de Formatos!E11"]
    vacio = con_casa("sipot", "exportar", "metepec", "apoyos", "2024", "-o", str(vuelta))
    assert vacio.exit_code == 0 and "0 registros" in vacio.output


def test_lo_que_cambia_despues_sale_con_lo_nuestro(con_casa: Orden, casa: Casa, carpeta: Path, tmp_path: Path) -> None:
    con_areas(casa, "Secretaría del Ayuntamiento")
    ruta = write_oficial(tmp_path / "apoyos.xlsx", apoyos())
    con_casa("sipot", "importar", str(ruta), "-o", str(carpeta / "formatos" / "apoyos.yaml"))
    con_casa("catalogo", "aplicar")
    con_casa("cargar", "metepec", "apoyos", str(ruta), "--usuario", "unidad.metepec")
    with db.connection_context():
        tabla = casa.tabla("apoyos")
        primero = tabla.trabajo.select().order_by(tabla.trabajo.id).get()
        datos, vacios = de_canonico(primero.contenido)
        guardar(casa.laura.actor, tabla, datos | {"monto": "9.00"}, vacios, registro=primero.id)
        hechos = [(fila.id, None) for fila in tabla.trabajo.select()]
        assert len(aplicar(casa.laura.actor, "publicar", tabla, hechos).hechos) == 3
    vuelta = tmp_path / "vuelta.xlsx"
    assert con_casa("sipot", "exportar", "metepec", "apoyos", "2025", "-o", str(vuelta)).exit_code == 0
    celdas = cells_of(vuelta)
    principal = celdas["Reporte de Formatos"]
    assert principal["F8"] == ("número", 9) and principal["L8"] != ("date", dt.date(2025, 3, 31))
    numero = principal["G8"][1]
    suyos = [fila for fila in range(4, 12) if celdas["Tabla_9001"].get(f"A{fila}") == ("número", numero)]
    assert [celdas["Tabla_9001"][f"B{fila}"][1] for fila in suyos] == ["Ana", "Beto", "7", "Ceci"]
    assert principal["A9"] == ("número", 2025), "los renglones que lo continuaban ya no hacen falta"
    assert [celdas["Tabla_9001"][f"B{f}"][1] for f in range(4, 12) if celdas["Tabla_9001"].get(f"A{f}") == principal["G9"]] == [
        "Beto", 7], "el número que los dos compartían sigue siendo del que no cambió"


def test_deshacer_la_carga_olvida_lo_recordado(con_casa: Orden, casa: Casa, carpeta: Path, tmp_path: Path) -> None:
    con_areas(casa, "Secretaría del Ayuntamiento")
    ruta = write_oficial(tmp_path / "apoyos.xlsx", apoyos())
    con_casa("sipot", "importar", str(ruta), "-o", str(carpeta / "formatos" / "apoyos.yaml"))
    con_casa("catalogo", "aplicar")
    con_casa("cargar", "metepec", "apoyos", str(ruta), "--usuario", "unidad.metepec")
    with db.connection_context():
        assert RenglonSipot.select().count() == 3
        undo_carga(casa.laura.actor, Carga.get())
        assert not RenglonSipot.select().exists()
