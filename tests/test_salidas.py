"""Lo que sale en archivo dice lo mismo que la manera lenta y evidente de escribirlo, con cualquier dato de cualquier tipo."""

import csv
import io
import json
import re
import zipfile
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fracciones_config import TipoCampo, load_catalogo
from models.folios import MAXIMO, a_folio, a_folios
from models.formatos import Tabla
from models.hojas.salidas import instantes, juntos, maquina
from models.hojas.salidas.columnas import AGREGADAS, book_columns_of, columns_of
from models.hojas.salidas.csv_ import quote, to_encabezado
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import FORMAS, Salida
from models.hojas.salidas.guardia import guard
from models.hojas.salidas.jsones import to_registros
from models.hojas.salidas.personas import REPETIDOS
from models.hojas.salidas.renglones import TAMANO, Bloque, to_bloques
from models.hojas.salidas.subtablas import find_tabla, write_subtabla
from models.hojas.salidas.tablas_csv import EXCEL, PROGRAMAS, write_csv
from models.presentacion.fechas import fecha_y_hora, momento
from models.publicados import FilaPublica
from tests.bases import CATALOGO
from tests.salidas_prep import FORMULAS, TITULAR, filas, make_tabla, slow_csv

ENLACES = Enlaces("https://ipomex.ejemplo.mx")


@cache
def tabla() -> Tabla:
    return make_tabla()


def sin_encabezado(trozos: Any) -> bytes:
    return b"".join(list(trozos)[1:])


@settings(max_examples=60)
@given(filas(make_tabla()))
def test_el_csv_de_programas_es_el_de_la_manera_lenta(crudas: list[FilaPublica]) -> None:
    rapido = sin_encabezado(write_csv(tabla().formato, [Bloque(TITULAR, crudas)], ENLACES, PROGRAMAS))
    assert rapido == slow_csv(tabla(), crudas, ENLACES, maquina=True)


@settings(max_examples=60)
@given(filas(make_tabla()))
def test_el_csv_de_excel_tambien_y_no_trae_formulas(crudas: list[FilaPublica]) -> None:
    rapido = sin_encabezado(write_csv(tabla().formato, [Bloque(TITULAR, crudas)], ENLACES, EXCEL))
    assert rapido == slow_csv(tabla(), crudas, ENLACES, maquina=False)
    numeros = {n for n, columna in enumerate(columns_of(tabla().formato, False)) if columna.campo and columna.campo.es_numero}
    for renglon in csv.reader(io.StringIO(rapido.decode(), newline="")):
        for lugar, celda in enumerate(renglon):
            assert guard(celda) == celda or lugar in numeros and re.fullmatch(r"-\$?[0-9,.]+%?", celda)


def test_cada_tipo_sabe_escribirse() -> None:
    assert set(maquina.HACER) == set(TipoCampo) > REPETIDOS


@given(st.lists(st.integers(1, MAXIMO)))
@example([1, 31, 32, 2**60, MAXIMO])
def test_los_folios_de_muchos_son_los_de_uno(ids: list[int]) -> None:
    assert a_folios(ids) == [a_folio(uno) for uno in ids]


@given(st.lists(st.integers(1_000_000_000_000, 2_000_000_000_000)))
def test_los_instantes_de_muchos_son_los_de_uno(muchos: list[int]) -> None:
    """También en los años con horario de verano."""
    assert instantes.to_iso([*muchos, None]) == [*(momento(uno).isoformat(timespec="seconds") for uno in muchos), ""]
    assert instantes.to_mexicana([*muchos, None]) == [*map(fecha_y_hora, muchos), ""]


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_la_celda_se_entrecomilla_como_manda_la_norma(celda: str) -> None:
    leida = next(csv.reader(io.StringIO(f"{quote(celda)},x\r\n", newline="")))
    assert leida == [celda, "x"]


@pytest.mark.parametrize("celda", FORMULAS)
def test_lo_que_parece_formula_se_guarda(celda: str) -> None:
    assert guard(celda) == f"'{celda}"


@pytest.mark.parametrize("celda", ["", "texto", "1+1", "a=b", "http://x", "'=1", "5%", "¿=?", "$1.00", "(55) 1234", "   "])
def test_lo_que_no_parece_formula_no_se_toca(celda: str) -> None:
    assert guard(celda) == celda


@pytest.mark.parametrize("de_trabajo", [False, True])
def test_las_columnas_son_siempre_las_mismas_y_ninguna_se_repite(de_trabajo: bool) -> None:
    for formato in load_catalogo(CATALOGO).formatos:
        llaves = [columna.llave for columna in book_columns_of(formato, de_trabajo)]
        assert len(set(llaves)) == len(llaves), formato.clave
        assert {"folio", "so", "institucion", "ejercicio", "periodo", "fecha_actualizacion", "fecha_validacion"} <= set(llaves)
        assert ("estado" in llaves) == ("version" in llaves) == de_trabajo
        assert {llave.lstrip("_") for llave in llaves} >= AGREGADAS - {"estado"}


def test_un_campo_con_el_nombre_de_una_columna_agregada_se_queda_con_el() -> None:
    llaves = {columna.llave: columna for columna in columns_of(tabla().formato, False)}
    assert llaves["direccion"].campo is not None and llaves["_direccion"].campo is None


def test_el_encabezado_de_programas_lleva_llaves_y_el_de_excel_rotulos_con_marca_de_orden() -> None:
    columnas = columns_of(tabla().formato, False)
    [de_programas] = write_csv(tabla().formato, [], ENLACES, PROGRAMAS)
    [de_excel] = write_csv(tabla().formato, [], ENLACES, EXCEL)
    assert de_programas.decode() == to_encabezado(columna.llave for columna in columnas)
    assert de_excel.decode() == "\ufeff" + to_encabezado(columna.rotulo for columna in columnas)


@given(filas(make_tabla(), viejas=False))
def test_cada_tabla_va_en_su_csv_con_el_folio_de_su_registro(crudas: list[FilaPublica]) -> None:
    campo = find_tabla(tabla().formato, "c_tabla")
    assert campo is not None and find_tabla(tabla().formato, "c_texto") is None
    texto = b"".join(write_subtabla(tabla().formato, campo, [Bloque(TITULAR, crudas)], ENLACES, PROGRAMAS)).decode()
    leidas = list(csv.DictReader(io.StringIO(texto, newline="")))
    esperadas = [(a_folio(fila.id), str(n), renglon) for fila in crudas
                 for n, renglon in enumerate(json.loads(fila.contenido)["datos"].get("c_tabla", []), start=1)]
    assert [(leida["folio"], leida["renglon"]) for leida in leidas] == [(folio, n) for folio, n, _ in esperadas]
    assert [leida["s_texto"] for leida in leidas] == [renglon.get("s_texto", "") for _, _, renglon in esperadas]


@given(filas(make_tabla()))
def test_el_json_trae_todo_y_lo_de_otro_tipo_como_texto(crudas: list[FilaPublica]) -> None:
    escrito = b"".join(FORMAS["json"].escribir(Salida(tabla(), [Bloque(TITULAR, crudas)], ENLACES, "x", cabeza={"a": 1})))
    leido = json.loads(escrito)
    assert leido["a"] == 1 and [r["folio"] for r in leido["registros"]] == [a_folio(fila.id) for fila in crudas]
    for registro, fila in zip(leido["registros"], crudas, strict=True):
        guardados = json.loads(fila.contenido)["datos"]
        assert registro["datos"].keys() <= guardados.keys() & tabla().formato.por_nombre.keys()
        if fila.catalogo == tabla().numero:
            assert {n: d for n, d in registro["datos"].items() if n != "c_archivo"} == {
                n: d for n, d in guardados.items() if n != "c_archivo"}


def test_lo_de_trabajo_dice_su_estado_y_lleva_a_la_oficina() -> None:
    fila = SimpleNamespace(id=5, ejercicio=0, periodo="", numero=2, contenido='{"datos":{},"vacios":{}}', catalogo=1,
                           actualizado_en=None, validado_en=None, desde=None, estado="capturado")
    [registro] = to_registros(tabla(), Bloque(TITULAR, [fila]), Enlaces("", de_trabajo=True))  # type: ignore[list-item]
    assert registro["direccion"] == f"/ipo/f/convenios/detalle?id={a_folio(5)}"
    assert (registro["estado"], registro["fecha_validacion"], registro["ejercicio"]) == ("capturado", None, None)


@pytest.mark.parametrize("forma", sorted(FORMAS))
def test_los_mismos_datos_dan_los_mismos_bytes_y_se_escriben_conforme_se_leen(forma: str) -> None:
    contenido = json.dumps({"datos": {"c_texto": "Ñ" * 300, "c_tabla": [{"s_texto": "uno"}]}, "vacios": {}})
    pedidos = []

    def tramos() -> Any:
        for tramo in range(40):
            pedidos.append(tramo)
            yield [FilaPublica(n + 1, 2026, "T1", 1, contenido, 7, 1, 2, 3) for n in range(tramo * 300, tramo * 300 + 300)]

    def escribir() -> Any:
        return FORMAS[forma].escribir(Salida(tabla(), to_bloques(TITULAR, tramos()), ENLACES, "x"))

    curso = escribir()
    primero = next(curso)
    assert primero and len(pedidos) <= 1, "la primera letra sale sin esperar a lo demás"
    todo = primero + b"".join(curso)
    assert pedidos == list(range(40)) and todo == b"".join(escribir())


def test_los_bloques_parten_los_tramos_sin_perder_ninguno() -> None:
    fila = FilaPublica(1, 2026, "T1", 1, "{}", 7, 1, 2, 3)
    tamanos = [len(bloque.filas) for bloque in to_bloques(TITULAR, [[fila] * (2 * TAMANO + 1), [], [fila]])]
    assert tamanos == [TAMANO, TAMANO, 1, 1]


def test_el_zip_trae_el_csv_y_el_de_cada_tabla() -> None:
    contenido = json.dumps({"datos": {"c_tabla": [{"s_entero": 1}, {"s_entero": 2}]}, "vacios": {}})
    bloque = Bloque(TITULAR, [FilaPublica(9, 2026, "T1", 1, contenido, 7, 1, 2, 3)])
    salida = Salida(tabla(), [bloque], ENLACES, "metepec-x-2026")
    with zipfile.ZipFile(io.BytesIO(b"".join(FORMAS["zip"].escribir(salida)))) as paquete:
        assert paquete.namelist() == ["metepec-x-2026.csv", "metepec-x-2026.tabla_c_tabla.csv"]
        assert paquete.testzip() is None
        assert paquete.read("metepec-x-2026.csv") == b"".join(FORMAS["csv"].escribir(salida))
        assert paquete.read("metepec-x-2026.tabla_c_tabla.csv").count(a_folio(9).encode()) == 2


def test_un_zip_de_mas_de_2_gib_dice_sus_tamanos_en_64_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Con el tope bajado a mil bytes: el de los registros, si se esperan muchos; el de una tabla, por lo que pesa."""
    contenido = json.dumps({"datos": {"c_texto": "Ñ" * 900, "c_tabla": [{"s_texto": "x" * 90}] * 20}, "vacios": {}})
    bloque = Bloque(TITULAR, [FilaPublica(n + 1, 2026, "T1", 1, contenido, 7, 1, 2, 3) for n in range(3)])

    def escribir(cuantos: int | None) -> bytes:
        return b"".join(FORMAS["zip"].escribir(Salida(tabla(), [bloque], ENLACES, "x", cuantos=cuantos)))

    chico = escribir(3)
    with monkeypatch.context() as con:
        con.setattr(zipfile, "ZIP64_LIMIT", 1000)
        con.setattr(juntos, "GRANDE", 1000)
        grande, sin_saber = escribir(juntos.MUCHOS), escribir(None)
        with pytest.raises(RuntimeError, match="force_zip64"):
            escribir(3)
    assert grande == sin_saber != chico and grande[4] == 45 != chico[4], "la versión que hace falta para leerlo: la 4.5"
    with zipfile.ZipFile(io.BytesIO(grande)) as paquete, zipfile.ZipFile(io.BytesIO(chico)) as suelto:
        assert paquete.testzip() is None and paquete.namelist() == suelto.namelist()
        assert [paquete.read(nombre) for nombre in paquete.namelist()] == [suelto.read(nombre) for nombre in suelto.namelist()]
