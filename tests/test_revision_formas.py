"""Un mismo libro en todas sus formas, y lo que la gente le hace: columnas movidas, hojas de más, fórmulas rotas."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from models.folios import a_folio
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.expediente import Expediente
from models.hojas.revision.proceso import check_libro
from tests.test_revision_expediente import AREA, pedido_de
from tests.test_validacion import formato

ENCABEZADOS = ("Descripcion", "Monto", "Tipo", "Hubo", "Area_responsable")
RENGLONES = (("Señalización vial", "1234.50", "Adjudicación directa", "Sí", "Tesorería"),
             ("Bacheo", "7", "", "No", "Tesorería"))


@pytest.fixture
def revisar(tmp_path: Path) -> Callable[..., Expediente]:
    """Revisa un libro y abre su expediente."""
    def hacer(contenido: bytes, **extra: Any) -> Expediente:
        ruta = tmp_path / "libro"
        ruta.write_bytes(contenido)
        check_libro(ruta, pedido_de(formato(), **extra), tmp_path / "e.db")
        return Expediente.open(tmp_path / "e.db")
    return hacer


def xlsx(*filas: Any, hojas: dict[str, list[Any]] | None = None, titulo: str = "Datos", **opciones: Any) -> bytes:
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"strings_to_formulas": False} | opciones)
    fecha = libro.add_format({"num_format": "dd/mm/yyyy"})
    for nombre, renglones in {titulo: list(filas), **(hojas or {})}.items():
        hoja = libro.add_worksheet(nombre)
        for r, renglon in enumerate(renglones):
            for c, celda in enumerate(renglon):
                if isinstance(celda, dt.date):
                    hoja.write_datetime(r, c, celda, fecha)
                elif celda != "":
                    hoja.write(r, c, celda)
    libro.close()
    return salida.getvalue()


def xls(*filas: Any) -> bytes:
    libro, salida = xlwt.Workbook(), io.BytesIO()
    hoja = libro.add_sheet("Datos")
    for r, fila in enumerate(filas):
        for c, celda in enumerate(fila):
            hoja.write(r, c, celda)
    libro.save(salida)
    return salida.getvalue()


def ods(*filas: Any) -> bytes:
    libro, salida = OpenDocumentSpreadsheet(), io.BytesIO()
    tabla = Table(name="Datos")
    for fila in filas:
        renglon = TableRow()
        for celda in fila:
            una = TableCell(valuetype="string")
            una.addElement(P(text=celda))
            renglon.addElement(una)
        tabla.addElement(renglon)
    libro.spreadsheet.addElement(tabla)
    libro.write(salida)
    return salida.getvalue()


def csv_de(separador: str, codigo: str, inicio: str = "") -> bytes:
    return (inicio + "\r\n".join(separador.join(fila) for fila in (ENCABEZADOS, *RENGLONES))).encode(codigo)


FORMAS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "xlsx": (lambda: xlsx(ENCABEZADOS, *RENGLONES), "xlsx", ""),
    "xls": (lambda: xls(ENCABEZADOS, *RENGLONES), "xls", ""),
    "ods": (lambda: ods(ENCABEZADOS, *RENGLONES), "ods", ""),
    "csv utf-8": (lambda: csv_de(",", "utf-8"), "csv", "comas y con letras UTF-8"),
    "csv con marca": (lambda: csv_de(";", "utf-8-sig"), "csv", "punto y coma y con letras UTF-8"),
    "csv de Windows": (lambda: csv_de(";", "cp1252"), "csv", "punto y coma y con letras las de Windows"),
    "csv de MS-DOS": (lambda: csv_de(",", "cp850"), "csv", "MS-DOS"),
    "csv de Mac": (lambda: csv_de(",", "mac_roman"), "csv", "Mac"),
    "csv de Excel": (lambda: csv_de(";", "utf-8-sig", "sep=;\r\n"), "csv", "punto y coma"),
    "tsv utf-16": (lambda: csv_de("\t", "utf-16"), "csv", "tabuladores y con letras UTF-16"),
    "tsv utf-16 sin marca": (lambda: csv_de("\t", "utf-16-le"), "csv", "tabuladores"),
    "con barras": (lambda: csv_de("|", "utf-8"), "csv", "barras"),
}


@pytest.mark.parametrize("forma", FORMAS)
def test_se_lee_igual_en_todas_sus_formas(forma: str, revisar: Callable[..., Expediente]) -> None:
    hacer, cual, dice = FORMAS[forma]
    with revisar(hacer()) as expediente:
        primero, segundo = expediente.list_renglones()
        assert expediente.resumen()["forma"] == cual and expediente.resumen()["malos"] == 0
        assert (primero["c_descripcion"], primero["c_monto"], primero["c_tipo"], primero["c_hubo"]) == (
            "Señalización vial", 123450, "directa", 1)
        assert (segundo["c_monto"], segundo["c_tipo"], segundo["area_id"]) == (700, None, 11)
        assert dice in " ".join(aviso["texto"] for aviso in expediente.avisos())


def test_las_columnas_movidas_y_las_que_faltan_se_dicen(revisar: Callable[..., Expediente]) -> None:
    rotulos = ("monto *", "Cuenta interna", "DESCRIPCIÓN", "Area responsable", "Descripcion", "Hubo.")
    libro = xlsx((), ("Relación de compras",), (), rotulos,
                 (5, "x", "Bacheo", "Tesorería", "otra", "Sí"))
    with revisar(libro) as expediente:
        [renglon] = expediente.list_renglones()
        assert (renglon["fila"], renglon["c_descripcion"], renglon["c_monto"]) == (5, "Bacheo", 500)
        como = {(c["letra"], c["campo"]): c["como"] for c in expediente.columnas() if c["posicion"] is not None}
        assert como == {("A", "monto"): "id", ("B", None): "ajena", ("C", "descripcion"): "id", ("D", "area_responsable"): "id",
                        ("E", None): "repetida", ("F", "hubo"): "id"}
        avisos = {aviso["clase"]: aviso["texto"] for aviso in expediente.avisos()}
        assert avisos["columnas"].startswith("4 de 10 columnas reconocidas; faltan «Tipo», «Convocatoria»")
        assert "B «Cuenta interna»" in avisos["ajena"] and "E «Descripcion»" in avisos["repetida"]


def test_un_rotulo_parecido_y_uno_anterior_se_reconocen(revisar: Callable[..., Expediente]) -> None:
    libro = xlsx(("Descripcón", "Importe del contrato", "Area_responsable"), ("Bacheo", 5, "Tesorería"))
    with revisar(libro, anteriores={"Importe del contrato": "monto"}) as expediente:
        [renglon] = expediente.list_renglones()
        assert (renglon["c_descripcion"], renglon["c_monto"]) == ("Bacheo", 500)
        assert {c["campo"]: c["como"] for c in expediente.columnas() if c["letra"]} == {
            "descripcion": "parecida", "monto": "anterior", "area_responsable": "id"}
        assert any(aviso["clase"] == "parecida" for aviso in expediente.avisos())


def nuestra(folio: str = "", version: Any = "", baja: str = "", motivo: str = "", descripcion: str = "", monto: Any = "",
            cambios: Any = "", monto_motivo: str = "") -> tuple[Any, ...]:
    return (folio, version, baja, motivo, descripcion, monto, cambios, "Tesorería" if descripcion else "", monto_motivo)


LLAVES = ("folio", "version", "baja", "baja__motivo", "descripcion", "monto", "cambios", "area_responsable", "monto__motivo")
ROTULOS = ("Folio", "Versión", "Baja", "Motivo de la baja", "Qué se compró", "Monto *", "Cambios", "Área",
           "Por qué no hay: Monto")
EJEMPLO = nuestra("Ejemplo", descripcion="Patrullas", monto=1350, cambios="Ejemplo")


def plantilla(*filas: Any, identidad: str = "ipomex|prueba|1|prueba|2026|T3", cambios: Any = ()) -> bytes:
    return xlsx(LLAVES, ROTULOS, *filas, hojas={
        "Instrucciones": [("Cómo se llena",), ("Descripcion", "Monto")],
        "Tabla_cambios": [("id", "numero", "fecha"), ("ID", "Numero", "Fecha"), ("Ejemplo", "1", "31/12/2026"), *cambios],
        "_ipomex": [(identidad,), EJEMPLO]})


def test_la_plantilla_llena(revisar: Callable[..., Expediente]) -> None:
    folio = a_folio(77)
    libro = plantilla(
        EJEMPLO, nuestra(descripcion="Bacheo", monto=5, cambios=1), nuestra(folio, 3, descripcion="Luz", monto="No aplica",
                                                                           monto_motivo="Lo donó la empresa"),
        nuestra(folio, 4, "Baja", "Se capturó dos veces"), nuestra(baja="Baja"), nuestra("no es", descripcion="Agua"),
        cambios=((1, "A-1", dt.date(2026, 3, 1)), (1, "A-2", ""), (9, "A-9", "")))
    with revisar(libro, ejercicio=None, periodo=None) as expediente:
        filas = {fila["fila"]: fila for fila in expediente.list_renglones()}
        assert {n: f["accion"] for n, f in filas.items()} == {4: "nuevo", 5: "nuevo", 6: "baja", 7: "malo", 8: "malo"}
        assert (filas[4]["ejercicio"], filas[4]["periodo"]) == (2026, "T3")
        assert '"cambios":[{"fecha":"2026-03-01","numero":"A-1"},{"numero":"A-2"}]' in filas[4]["contenido"]
        assert (filas[5]["folio"], filas[5]["registro_id"], filas[5]["version"]) == (folio, 77, 3)
        assert '"vacios":{"monto":{"causa":"no_aplica","motivo":"Lo donó la empresa"}}' in filas[5]["contenido"]
        assert (filas[6]["version"], filas[6]["baja_motivo"]) == (4, "Se capturó dos veces")
        assert [(p["celda"], p["etiqueta"]) for p in expediente.list_de("problema")] == [
            ("C7", "Baja"), ("D7", "Motivo de la baja"), ("A8", "Folio")]
        assert {h["nombre"]: h["clase"] for h in expediente.hojas()} == {
            "Datos": "principal", "Instrucciones": "nuestra", "Tabla_cambios": "tabla:cambios", "_ipomex": "nuestra"}
        assert "1 renglón no lo usa" in " ".join(aviso["texto"] for aviso in expediente.avisos())


def test_el_ejemplo_a_medio_cambiar_se_senala(revisar: Callable[..., Expediente]) -> None:
    with revisar(plantilla(nuestra("Ejemplo", descripcion="Ambulancias", monto=9))) as expediente:
        [renglon] = expediente.list_renglones()
        assert (renglon["c_descripcion"], renglon["folio"], renglon["accion"]) == ("Ambulancias", None, "malo")
        assert [p["celda"] for p in expediente.list_de("problema")] == ["A3"]


@pytest.mark.parametrize(("identidad", "dice"), [
    ("ipomex|licitaciones|1|prueba|2026|T3", "es de «Licitaciones y contratos» y aquí se carga «Prueba»"),
    ("ipomex|prueba|1|toluca|2026|T3", r"es de otra institución \(toluca\)"),
    ("ipomex|prueba|1|prueba|2026|T2", "plantilla de 2026, 2.º trimestre, y eligió subirlo para 2026, 3.er trimestre"),
])
def test_el_libro_de_otro_se_rechaza_por_su_nombre(identidad: str, dice: str, revisar: Callable[..., Expediente]) -> None:
    with pytest.raises(LibroRechazado, match=dice):
        revisar(plantilla(nuestra(descripcion="Bacheo"), identidad=identidad),
                formatos={"licitaciones": "Licitaciones y contratos"})


def test_la_identidad_tambien_va_en_las_propiedades(revisar: Callable[..., Expediente]) -> None:
    libro = openpyxl.load_workbook(io.BytesIO(xlsx(ENCABEZADOS, *RENGLONES)))
    libro.properties.identifier = "ipomex|otro|1|prueba|-|-"
    salida = io.BytesIO()
    libro.save(salida)
    with pytest.raises(LibroRechazado, match="es de «otro»"):
        revisar(salida.getvalue())


def test_un_renglon_de_otro_periodo_se_senala_en_su_celda(revisar: Callable[..., Expediente]) -> None:
    libro = xlsx(("ejercicio", "periodo", "Descripcion"), (2026, "T3", "Una"), (2025, "3.er trimestre", "Dos"),
                 ("", "T1", "Tres"))
    with revisar(libro) as expediente:
        assert [(p["celda"], p["leido"]) for p in expediente.list_de("problema")] == [("A3", "2025"), ("B4", "1.er trimestre")]
        assert expediente.list_renglones(["nuevo"])[0]["fila"] == 2


def test_las_celdas_con_error_y_las_formulas(revisar: Callable[..., Expediente]) -> None:
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"strings_to_formulas": False})
    hoja = libro.add_worksheet("Otra & «cosa»")
    hoja.write_row(0, 0, ("Descripcion", "Monto", "Hubo"))
    hoja.write_string(1, 0, "=1+1")
    hoja.write_formula(1, 1, "=2*3", None, 6)
    hoja.write_formula(2, 0, "=A9", None, "Bacheo")
    hoja.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    hoja.write_formula(3, 1, "=B9", None, "")
    hoja.write_string(3, 0, "#N/A")
    libro.close()
    with revisar(salida.getvalue()) as expediente:
        bueno, _, _ = expediente.list_renglones()
        assert (bueno["c_descripcion"], bueno["c_monto"]) == ("=1+1", 600)
        assert [(p["celda"], p["clase"], p["leido"]) for p in expediente.list_de("problema")] == [
            ("B3", "error", "#DIV/0!"), ("A4", "error", "#N/A"), ("B4", "error", "fórmula")]


def test_lo_que_excel_esconde_tambien_se_lee(revisar: Callable[..., Expediente]) -> None:
    """Filas ocultas, celdas unidas, ceros a la izquierda, el calendario de 1904 y una hoja que no empieza en A1."""
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"date_1904": True})
    hoja, fecha = libro.add_worksheet(), libro.add_format({"num_format": "dd/mm/yyyy"})
    hoja.merge_range("C3:D3", "Descripcion")
    hoja.write_row(2, 4, ("Cambios", "Programa", "Descripción vieja"))
    hoja.write_row(3, 2, ("007", "", "", 12))
    hoja.set_row(3, None, None, {"hidden": True})
    hoja.write_datetime(4, 2, dt.datetime(2026, 1, 2), fecha)
    hoja.write_blank(900, 40, None, fecha)
    libro.close()
    with revisar(salida.getvalue()) as expediente:
        uno, dos = expediente.list_renglones()
        assert (uno["fila"], uno["c_descripcion"], uno["c_programa"], dos["c_descripcion"]) == (4, "007", "12", "02/01/2026")
        assert [c["celda"] for c in expediente.list_de("correccion")] == ["C5"]


def test_las_correcciones_esperan_a_que_se_acepten(revisar: Callable[..., Expediente]) -> None:
    libro = xlsx(ENCABEZADOS, ("Bacheo", "$1,234.50", "adjudicacion  directa", "Sí", "Tesorería"),
                 ("Luz", 5, "", "No", "tesoreria"))
    with revisar(libro) as expediente:
        assert expediente.counts() == {"por_corregir": 2}
        assert {f"{c['campo']}|{c['clase']}": c["queda"] for c in expediente.group_correcciones()} == {
            "monto|moneda": "1,234.50", "tipo|lista": "Adjudicación directa", "area_responsable|nombre": "Tesorería"}
    with revisar(libro, receta=("monto|moneda", "tipo|lista")) as expediente:
        assert expediente.counts() == {"nuevo": 1, "por_corregir": 1}
        assert expediente.list_renglones(["nuevo"])[0]["c_monto"] == 123450


def test_los_archivos_se_buscan_por_su_nombre(revisar: Callable[..., Expediente]) -> None:
    llego = {"id": a_folio(13), "nombre": "Acta.pdf", "bytes": 9, "sha256": "a" * 64, "tipo": "pdf"}
    libro = xlsx(("Descripcion", "Convocatoria", "Tipo", "Area_responsable"), ("Una", "ACTA.PDF", "Licitación", AREA),
                 ("Dos", "falta.pdf", "Licitación", AREA), ("Tres", "https://x.mx/a/Acta.pdf?v=1", "Licitación", AREA))
    with revisar(libro, archivos={"acta.pdf": llego}) as expediente:
        assert [(a["nombre"], a["archivo_id"]) for a in expediente.list_de("archivo")] == [
            ("ACTA.PDF", 13), ("falta.pdf", None), ("https://x.mx/a/Acta.pdf?v=1", 13)]
        assert expediente.resumen()["archivos"] == {"piden": 3, "hallados": 2, "faltan": 1}
        assert [fila["faltan"] for fila in expediente.list_renglones()] == [0, 1, 0]


def test_los_datos_personales_se_dicen_tapados(revisar: Callable[..., Expediente]) -> None:
    libro = xlsx(("Descripcion", "Programa"), ("Apoyo a BOXW310820HNERXN09", "normal"))
    with revisar(libro) as expediente:
        [hallazgo] = expediente.list_de("hallazgo")
        assert (hallazgo["celda"], hallazgo["campo"]) == ("A2", "descripcion")
        assert "310820HNERXN" not in hallazgo["oculto"]
        assert expediente.list_renglones()[0]["personales"]


def test_repartido_en_procesos_da_lo_mismo(revisar: Callable[..., Expediente]) -> None:
    filas = [(f"Obra {i}", "mucho" if i % 999 == 0 else i, "Licitación") for i in range(7_000)]
    salieron = []
    for procesos in (1, 2):
        with revisar(xlsx(("Descripcion", "Monto", "Tipo"), *filas), procesos=procesos) as expediente:
            salieron.append(([tuple(fila) for fila in expediente.iter_renglones()],
                             [tuple(p) for p in expediente.list_de("problema", limite=99)], expediente.counts()))
        assert [ruta.name for ruta in sorted(expediente.ruta.parent.iterdir())] == ["e.db", "libro"]
    assert salieron[0] == salieron[1] and salieron[0][2] == {"nuevo": 6_992, "malo": 8}
