"""El libro de errores: exactamente las celdas malas marcadas, lo demás como estaba, y en cuanto se corrigen, ninguna."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from models.hojas.errores.hechura import make
from models.hojas.errores.notas import TITULOS
from models.hojas.errores.proceso import Encargo, run
from models.hojas.libros.apertura import open_libro
from models.hojas.libros.inspeccion import inspect_libro
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.nuestras import ERRORES, IDENTIDAD
from models.hojas.revision.expediente import Expediente
from models.hojas.revision.pedido import Pedido
from models.hojas.revision.revisor import check
from tests import sembrado
from tests.sembrado import CAMPOS, PRINCIPAL, TABLA, Celda, Sembrado, build_bueno, mend, sow

FONDOS = {"FFFBDAD7": False, "FFFDEFC9": True}
"""Color de marca → si es de una corrección propuesta."""


def review(libro: Path, pedido: Pedido | None = None) -> tuple[Path, dict[str, Any]]:
    """El expediente de un libro y su resumen."""
    expediente, pedido = libro.with_suffix(".db"), pedido or sembrado.pedido()
    abierto = open_libro(libro, inspect_libro(libro))
    return expediente, check(libro, abierto, pedido, expediente, lambda hecho, total: None)


def give_back(libro: Path, forma: str = "xlsx", solo_malos: bool = False, pedido: Pedido | None = None) -> Path:
    """El libro marcado de uno que la persona subió. Aquí mismo, sin su proceso: es lo mismo y más pronto."""
    expediente, _ = review(libro, pedido)
    destino = libro.with_name(f"{libro.stem}-marcado.xlsx")
    make(libro, destino, expediente, forma, solo_malos, pedido or sembrado.pedido())
    return destino


def marked(libro: Workbook, notas: bool = True) -> dict[Celda, bool]:
    """Las celdas marcadas, y si lo que dicen es una propuesta. El color, el borde y la nota van siempre juntos."""
    halladas = {}
    for hoja in libro.worksheets:
        for celda in (celda for fila in hoja.iter_rows() for celda in fila):
            nuestra = celda.comment is not None and celda.comment.text.startswith(tuple(TITULOS.values()))
            if hoja.title != ERRORES and celda.fill.fgColor.rgb in FONDOS:
                halladas[hoja.title, celda.coordinate] = FONDOS[celda.fill.fgColor.rgb]
                assert celda.border.left.style == ("dashed" if halladas[hoja.title, celda.coordinate] else "medium")
                assert nuestra or not notas, f"{celda.coordinate} está marcada y sin nota"
            else:
                assert not nuestra, f"{celda.coordinate} tiene nota y no está marcada"
    return halladas


def everything(libro: Workbook, menos: set[Celda] = frozenset()) -> dict[str, Any]:  # type: ignore[assignment]
    """Todo lo que un libro dice y cómo se ve, salvo las marcas de ``menos``; ahí, solo su valor y su formato de número."""
    todo: dict[str, Any] = {"identidad": libro.properties.identifier}
    for hoja in (hoja for hoja in libro.worksheets if hoja.title != ERRORES):
        todo[hoja.title] = (hoja.sheet_state, hoja.freeze_panes, [
            (str(lista.sqref), lista.formula1) for lista in hoja.data_validations.dataValidation],
            {n: fila.hidden for n, fila in hoja.row_dimensions.items() if fila.hidden})
        for celda in (celda for fila in hoja.iter_rows() for celda in fila):
            lugar = (hoja.title, celda.coordinate)
            aspecto = () if lugar in menos else (
                celda.fill.fgColor.rgb, celda.border.left.style, celda.comment and celda.comment.text)
            if celda.value is not None or aspecto not in ((), ("00000000", None, None)):
                todo[f"{lugar}"] = (celda.value, celda.number_format, celda.font.b, *aspecto)
    return todo


@pytest.mark.parametrize("semilla", range(3))
def test_exactamente_lo_sembrado_queda_marcado_y_al_corregirlo_nada(semilla: int, tmp_path: Path) -> None:
    sembrado_ = sow(renglones=25, faltas=60, semilla=semilla)
    original = sembrado_.save(tmp_path / "uno.xlsx")
    devuelto = load_workbook(give_back(original))
    assert marked(devuelto) == sembrado_.faltas
    assert everything(devuelto, set(sembrado_.faltas)) == everything(load_workbook(original), set(sembrado_.faltas))
    mend(devuelto, sembrado_.buenas)
    devuelto.save(tmp_path / "dos.xlsx")
    _, resumen = review(tmp_path / "dos.xlsx")
    assert (resumen["malos"], resumen["por_corregir"], resumen["buenos"]) == (0, 0, 25)
    tres = load_workbook(give_back(tmp_path / "dos.xlsx"))
    assert marked(tres) == {} and everything(tres) == everything(sembrado_corregido(sembrado_, tmp_path))
    assert tres[ERRORES]["A2"].value == "No hay nada por corregir."


def sembrado_corregido(uno: Sembrado, carpeta: Path) -> Workbook:
    uno.mend()
    return load_workbook(uno.save(carpeta / "bueno.xlsx"))


@settings(max_examples=6)
@given(st.integers(1, 12), st.integers(1, 40), st.integers(0, 10**6))
def test_con_cualquier_semilla(tmp_path_factory: pytest.TempPathFactory, renglones: int, faltas: int, semilla: int) -> None:
    carpeta = tmp_path_factory.mktemp("sembrado")
    uno = sow(renglones, faltas, semilla)
    devuelto = load_workbook(give_back(uno.save(carpeta / "uno.xlsx")))
    assert marked(devuelto) == uno.faltas
    mitad = dict(list(uno.buenas.items())[::2])
    mend(devuelto, mitad)
    devuelto.save(carpeta / "dos.xlsx")
    assert marked(load_workbook(give_back(carpeta / "dos.xlsx"))) == {
        lugar: propuesta for lugar, propuesta in uno.faltas.items() if lugar not in mitad}, "lo corregido ya no lleva marca"


def test_lo_que_no_se_marca_sale_byte_por_byte(tmp_path: Path) -> None:
    """También lo que ninguna biblioteca entiende: partes ajenas, extensiones y hojas que no son de datos."""
    uno = sow(5, 6, 1)
    original = uno.save(tmp_path / "limpio.xlsx")
    raro = tmp_path / "uno.xlsx"
    with zipfile.ZipFile(original) as viejo, zipfile.ZipFile(raro, "w") as nuevo:
        for parte in viejo.namelist():
            nuevo.writestr(parte, viejo.read(parte))
        nuevo.writestr("customXml/item1.xml", "<cosa mia='1'/>")
    with zipfile.ZipFile(raro) as antes, zipfile.ZipFile(give_back(raro)) as ahora:
        distintas = {parte for parte in antes.namelist() if antes.read(parte) != ahora.read(parte)}
        assert distintas <= {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                             "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet1.xml.rels",
                             "xl/worksheets/_rels/sheet2.xml.rels", "xl/comments/comment1.xml",
                             "xl/drawings/commentsDrawing1.vml", "xl/drawings/vmlDrawing1.vml"}
        assert set(antes.namelist()) <= set(ahora.namelist())


def test_la_primera_hoja_dice_que_hay_y_lleva_a_cada_celda(tmp_path: Path) -> None:
    uno = sow(10, 12, 3)
    devuelto = load_workbook(give_back(uno.save(tmp_path / "uno.xlsx")))
    hoja = devuelto[ERRORES]
    assert devuelto.sheetnames[0] == ERRORES and devuelto.active.title == ERRORES
    assert not any(otra.sheet_view.tabSelected for otra in devuelto.worksheets[1:]), "dos hojas elegidas se escriben juntas"
    propuestas = sum(uno.faltas.values())
    assert hoja["A2"].value.startswith(f"Hay {12 - propuestas} celdas por corregir y {propuestas} correcciones propuestas en ")
    ligas = {celda.hyperlink.location for (celda,) in hoja.iter_rows(min_col=3, max_col=3) if celda.hyperlink}
    assert ligas == {f"'{nombre}'!{celda}" for nombre, celda in uno.faltas}
    listadas = [fila for fila in hoja.iter_rows(values_only=True) if isinstance(fila[0], int) and fila[5]]
    assert {(fila[1], fila[2]) for fila in listadas} == set(uno.faltas) and len(listadas) == 12
    assert not any(str(fila[5]).startswith("=") for fila in listadas)


def test_una_nota_ajena_en_la_celda_mala_se_conserva(tmp_path: Path) -> None:
    libro = build_bueno(3)
    libro[PRINCIPAL]["A4"], libro[PRINCIPAL]["A4"].comment = "x" * 200, Comment("Preguntar a Rosa <hoy> & mañana", "Yo")
    libro.save(tmp_path / "uno.xlsx")
    devuelto = load_workbook(give_back(tmp_path / "uno.xlsx"))
    texto = devuelto[PRINCIPAL]["A4"].comment.text
    assert texto.startswith("Por corregir\n") and texto.endswith("Preguntar a Rosa <hoy> & mañana")
    devuelto[PRINCIPAL]["A4"] = "Ya"
    devuelto.save(tmp_path / "dos.xlsx")
    assert load_workbook(give_back(tmp_path / "dos.xlsx"))[PRINCIPAL]["A4"].comment.text == "Preguntar a Rosa <hoy> & mañana"


def test_solo_los_renglones_malos(tmp_path: Path) -> None:
    uno = sow(40, 8, 5)
    devuelto = load_workbook(give_back(uno.save(tmp_path / "uno.xlsx"), solo_malos=True))
    hoja, tabla = devuelto["Prueba"], devuelto[TABLA]
    filas = {int(celda.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 3 if hoja_ == PRINCIPAL else
             (int(celda.lstrip("ABC")) - 3) // 2 for hoja_, celda in uno.faltas}
    llaves = [celda.value for celda in hoja[1]]
    renglones = [dict(zip(llaves, fila, strict=True)) for fila in hoja.iter_rows(min_row=3, values_only=True)]
    assert len(renglones) == len(filas) and {fila["tabla"] for fila in renglones} == {n + 1 for n in filas}
    assert [fila[0] for fila in tabla.iter_rows(min_row=3, values_only=True)] == [
        n + 1 for n in sorted(filas) for _ in range(2)]
    assert len(marked(devuelto)) == len(uno.faltas)
    assert devuelto.properties.identifier == devuelto[IDENTIDAD]["A1"].value == "ipomex|prueba|0|x|-|-"
    devuelto.save(tmp_path / "dos.xlsx")
    _, resumen = review(tmp_path / "dos.xlsx")
    assert resumen["total"] == resumen["malos"] + resumen["por_corregir"] == len(filas)
    assert resumen["problemas"] + resumen["correcciones"] == len(uno.faltas), "dice lo mismo que el libro entero"


def test_un_csv_vuelve_como_libro_marcado(tmp_path: Path) -> None:
    texto = io.StringIO()
    filas = csv.writer(texto, delimiter=";")
    campos = [nombre for nombre in CAMPOS if nombre != "tabla"]
    filas.writerow(campos)
    buena = ["31/12/2026" if nombre == "fecha" else sembrado.BUENOS[nombre] for nombre in campos]
    filas.writerow(buena)
    filas.writerow(["31/06/2026" if nombre == "fecha" else "$5" if nombre == "moneda" else valor
                    for nombre, valor in zip(campos, buena, strict=True)])
    (tmp_path / "uno.csv").write_text(texto.getvalue(), encoding="cp1252")
    devuelto = load_workbook(give_back(tmp_path / "uno.csv", "csv"))
    hoja = devuelto["Prueba"]
    lugar = {celda.value: celda.column_letter for celda in hoja[1]}
    assert marked(devuelto) == {("Prueba", f"{lugar['fecha']}4"): False, ("Prueba", f"{lugar['moneda']}4"): True}
    assert hoja[f"{lugar['fecha']}4"].comment.text == "Por corregir\nEscribió 31/06/2026; junio tiene 30 días."
    assert hoja[f"{lugar['texto']}3"].value == "Obra {n}" and hoja.row_dimensions[1].hidden


def test_una_falta_sin_celda_va_en_su_renglon(tmp_path: Path) -> None:
    """Lo que dice el cotejo —un folio ajeno— no es de una celda: se marca la del folio o la primera."""
    build_bueno(3).save(tmp_path / "uno.xlsx")
    expediente, _ = review(tmp_path / "uno.xlsx")
    with Expediente.open(expediente) as abierto:
        abierto.set_acciones([(4, "malo", "Ese folio no es de su institución.")])
    run(Encargo(tmp_path / "uno.xlsx", tmp_path / "dos.xlsx", expediente, "xlsx", False), sembrado.pedido())
    devuelto = load_workbook(tmp_path / "dos.xlsx")
    assert marked(devuelto) == {(PRINCIPAL, "A4"): False}
    assert devuelto[PRINCIPAL]["A4"].comment.text.endswith("Ese folio no es de su institución.")


def test_lo_aceptado_ya_no_se_marca(tmp_path: Path) -> None:
    libro = build_bueno(2)
    libro[PRINCIPAL][f"{letra('moneda')}3"], libro[PRINCIPAL][f"{letra('fecha')}3"] = "$5", "31-12-26"
    libro.save(tmp_path / "uno.xlsx")
    devuelto = load_workbook(give_back(tmp_path / "uno.xlsx", pedido=sembrado.pedido(receta=("moneda|moneda",))))
    assert marked(devuelto) == {(PRINCIPAL, f"{letra('fecha')}3"): True}


def letra(nombre: str) -> str:
    return build_bueno(1)[PRINCIPAL].cell(1, CAMPOS.index(nombre) + 1).column_letter


def test_un_original_que_ya_no_se_abre_se_dice(tmp_path: Path) -> None:
    libro = build_bueno(1)
    libro.save(tmp_path / "uno.xlsx")
    expediente, _ = review(tmp_path / "uno.xlsx")
    (tmp_path / "uno.xlsx").write_bytes(b"PK\x03\x04 no es un libro")
    with pytest.raises(LibroRechazado):
        run(Encargo(tmp_path / "uno.xlsx", tmp_path / "dos.xlsx", expediente, "xlsx", False), sembrado.pedido())


def con_prefijo(libro: Path, destino: Path) -> Path:
    """El mismo libro con sus partes escritas como ``<x:row>``, sin decir en qué celda va cada una y en UTF-16: se vale."""
    principal = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(libro) as viejo, zipfile.ZipFile(destino, "w") as nuevo:
        for parte in viejo.namelist():
            datos = viejo.read(parte)
            if parte.startswith(("xl/worksheets/sheet", "xl/styles", "xl/workbook.xml", "xl/comments/")):
                raiz = ElementTree.fromstring(datos)
                ElementTree.register_namespace("x", principal)
                datos = ElementTree.tostring(raiz, encoding="utf-16" if parte.endswith("sheet1.xml") else "utf-8")
            nuevo.writestr(parte, datos)
    return destino


def test_un_libro_escrito_de_otra_manera_se_marca_igual(tmp_path: Path) -> None:
    uno = sow(6, 12, 9)
    raro = con_prefijo(uno.save(tmp_path / "limpio.xlsx"), tmp_path / "uno.xlsx")
    expediente, _ = review(tmp_path / "limpio.xlsx")
    make(raro, tmp_path / "dos.xlsx", expediente, "xlsx", False, sembrado.pedido())
    devuelto = load_workbook(tmp_path / "dos.xlsx")
    assert devuelto.sheetnames == [ERRORES, PRINCIPAL, TABLA, "Mis apuntes", IDENTIDAD], "se marcó: no se hizo de nuevo"
    assert marked(devuelto) == uno.faltas
    assert everything(devuelto, set(uno.faltas)) == everything(load_workbook(tmp_path / "limpio.xlsx"), set(uno.faltas))


def test_una_celda_mala_que_el_libro_no_trae_se_agrega_en_su_lugar(tmp_path: Path) -> None:
    """Lo que está mal puede estar en blanco: «No aplica» sin motivo se marca en la columna del motivo."""
    libro = build_bueno(3)
    hoja = libro[PRINCIPAL]
    motivo = f"{hoja.cell(1, len(CAMPOS) + 1).column_letter}"
    hoja[f"{motivo}1"], hoja[f"{letra('hora')}4"] = "hora__motivo", "No aplica"
    libro.save(tmp_path / "uno.xlsx")
    [(marca, clase)] = marked(load_workbook(give_back(tmp_path / "uno.xlsx"))).items()
    assert not clase and marca[1] in (f"{motivo}4", f"{letra('hora')}4")


def test_muchas_faltas_se_marcan_todas_aunque_no_todas_lleven_nota(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.hojas.errores.marcador.NOTAS", 5)
    uno = sow(8, 40, 2)
    devuelto = load_workbook(give_back(uno.save(tmp_path / "uno.xlsx")))
    assert marked(devuelto, notas=False) == uno.faltas
    con_nota = [celda for fila in devuelto[PRINCIPAL].iter_rows() for celda in fila if celda.comment]
    assert len(con_nota) == 5 + 2, "las cinco nuestras y las dos que el libro traía"
