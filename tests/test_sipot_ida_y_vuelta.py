"""Lo que se lee de un libro oficial sale otra vez igual, celda por celda."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fracciones_config import load_catalogo
from fracciones_config.sipot import read_libro
from fracciones_config.sipot.ligas import bind
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.sipot.publicado import SinLibroOficial, find_oficial
from tests.ida_y_vuelta import AREA, DATOS, devolver, differences, midnight, publicar
from tests.libros_oficiales import Col, Oficial, comunes, write_oficial
from tests.test_sipot_importar import formato_de, importar

CATALOGO = load_catalogo(Path(__file__).resolve().parents[1] / "fracciones_config")
REALES = sorted((DATOS / "plantillas_sipot").glob("*.xlsx"))


@pytest.mark.skipif(not REALES, reason="sin ../shared/datos no hay libros oficiales")
def test_los_diez_libros_reales_van_y_vienen(tmp_path: Path) -> None:
    assert len(REALES) == 10
    for ruta in REALES:
        formato = formato_de(importar(ruta))
        registros, traducido = publicar(ruta, formato)
        devolver(tmp_path / "vuelta.xlsx", formato, registros)
        assert differences(ruta, tmp_path / "vuelta.xlsx") == [], ruta.name
        assert traducido.avisos == (), ruta.name


DE_CASA = {"53396": "marco_normativo", "53481": "presupuesto", "53482": "informes_ejecucion", "53503": "informes_ejecucion",
           "53495": "auditorias"}
"""Libros reales cuyos renglones caben en un formato del catálogo tal como está."""


@pytest.mark.skipif(not REALES, reason="sin ../shared/datos no hay libros oficiales")
def test_los_libros_reales_en_los_formatos_de_la_casa(tmp_path: Path) -> None:
    for ruta in (ruta for ruta in REALES if ruta.name[:5] in DE_CASA):
        formato = CATALOGO.por_clave[DE_CASA[ruta.name[:5]]]
        registros, _ = publicar(ruta, formato)
        devolver(tmp_path / "vuelta.xlsx", formato, registros, find_oficial(formato, read_libro(ruta)))
        assert differences(ruta, tmp_path / "vuelta.xlsx") == [], ruta.name


def test_sin_plantilla_los_titulos_que_cita_un_formato_bastan(tmp_path: Path) -> None:
    con_sipot = [formato for formato in CATALOGO.formatos if formato.sipot]
    assert len(con_sipot) > 30
    for formato in con_sipot:
        oficial = find_oficial(formato)
        devolver(tmp_path / "vuelta.xlsx", formato, [], oficial)
        leido = bind(formato, read_libro(tmp_path / "vuelta.xlsx"))
        assert [(c.campo, c.parte, c.en) for c in leido.columnas] == [
            (c.campo, c.parte, c.en) for c in oficial.columnas], formato.clave
        assert [[c.campo for c in t.columnas] for t in leido.tablas] == [[c.campo for c in t.columnas] for t in oficial.tablas]


def test_un_libro_de_otro_formato_se_rechaza(tmp_path: Path) -> None:
    ruta = write_oficial(tmp_path / "otro.xlsx", Oficial("77001", comunes(Col("Beca"), Col("Promedio", 3)), titulo="Becas"))
    with pytest.raises(LibroRechazado, match=r"formato 77001 de SIPOT \(«Becas»\)"):
        publicar(ruta, CATALOGO.por_clave["licitaciones"])
    with pytest.raises(SinLibroOficial, match="ninguna de sus columnas"):
        find_oficial(CATALOGO.por_clave["licitaciones"], read_libro(ruta))


def test_lo_que_no_tiene_donde_ir_se_dice(tmp_path: Path) -> None:
    oficial = Oficial("88", comunes(Col("Tema", 1), Col("Socios", 10, (), "Tabla_1")), {"Tabla_1": [Col("Nombre", 1)]}, filas=[
        [2025, midnight(dt.date(2025, 1, 1)), midnight(dt.date(2025, 3, 31)), "Aguas", 1, AREA, None, None, None]],
        filas_de={"Tabla_1": [[1, "Ana"], [2, "Beto"]]})
    ruta = write_oficial(tmp_path / "ida.xlsx", oficial)
    formato = formato_de(importar(ruta))
    registros, traducido = publicar(ruta, formato)
    assert traducido.avisos == ("Tabla_1, renglón 5: ningún renglón pide el ID 2; no se cargó.",)
    sin_socios = Oficial("88", comunes(Col("Tema", 1)))
    plantilla = read_libro(write_oficial(tmp_path / "blanco.xlsx", sin_socios))
    devuelto = devolver(tmp_path / "vuelta.xlsx", formato, registros, find_oficial(formato, plantilla))
    assert [(p.clase, p.columna) for p in devuelto.perdidas] == [("sin_columna", "Socios")]


PALABRAS = st.text("abcdeñÁ .,;:-()/&%$#\"'«»¿?0123456789", min_size=1, max_size=40).map(str.strip).filter(
    lambda texto: bool(texto) and not texto.startswith("Colocar"))
FECHAS = st.dates(dt.date(1900, 3, 1), dt.date(2190, 12, 31))
VALORES: dict[int, st.SearchStrategy[Any]] = {
    1: st.one_of(PALABRAS, st.integers(0, 10**9), st.sampled_from(["No aplica", "NO APLICA", "x" * 1_900, "=1+1", "0012"])),
    2: st.one_of(PALABRAS, st.floats(-1e6, 1e6).map(lambda n: round(n, 3)), FECHAS.map(midnight), st.just("y " * 4_000 + "y")),
    3: st.integers(-10**9, 10**9),
    4: st.one_of(FECHAS.map(midnight), FECHAS.map(lambda d: f"{d:%d/%m/}{d.year}")),
    6: st.one_of(st.integers(-10**12, 10**12).map(lambda n: n / 100), st.integers(0, 10**9), st.just("1,234.50")),
    7: st.sampled_from(["https://www.ejemplo.gob.mx/a%20b.pdf", "FORMATO 1, 1.pdf", "..\\HIPERVINCULOS\\x.pdf", "http://a.mx"]),
    12: st.integers(1990, 2030),
}
LISTA = ["Licitación pública", "LICITACIÓN PÚBLICA", "Otro (especificar)", "z" * 300]
TRIMESTRES = [(dt.date(2025, 1, 1), dt.date(2025, 3, 31)), (dt.date(2025, 10, 1), dt.date(2025, 12, 31)),
              (dt.date(2025, 2, 3), dt.date(2025, 2, 9)), (dt.date(2024, 7, 1), dt.date(2025, 6, 30))]


@st.composite
def llenos(draw: Any) -> Oficial:
    """Un libro con renglones: celdas vacías, números en columnas de texto, fechas escritas, renglones que continúan a otro,
    números de subtabla compartidos o sin renglones, subtablas de una sola columna."""
    def columna(codigo: int) -> Col:
        titulos = ["Nombre(s)", "Tipo (catálogo)", "MONTO", "Hipervínculo al documento", "Fecha de firma"]
        return Col(draw(st.sampled_from(titulos)), codigo, LISTA if codigo == 9 else ())

    codigos, de_tabla = st.sampled_from([1, 2, 3, 4, 6, 7, 9, 12]), st.sampled_from([1, 2, 4, 6, 9])
    propias = [columna(codigo) for codigo in draw(st.lists(codigos, min_size=1, max_size=20))]
    tablas = {f"Tabla_{700_000 + i}": [columna(c) for c in draw(st.lists(de_tabla, min_size=1, max_size=5))]
              for i in range(draw(st.integers(0, 4)))}
    for i, nombre in enumerate(tablas):
        propias.insert(draw(st.integers(0, len(propias))), Col(f"Relación {i}", 10, (), nombre))
    oficial = Oficial("88001", comunes(*propias), tablas, titulo="Libro lleno")
    ids = {nombre: draw(st.lists(st.integers(1, 30), max_size=6, unique=True)) for nombre in tablas}
    for nombre, columnas in tablas.items():
        for numero in ids[nombre]:
            for _ in range(draw(st.integers(0, 3))):
                oficial.filas_de.setdefault(nombre, []).append([numero, *(celda(draw, c) for c in columnas)])
    pendientes = {nombre: list(suyos) for nombre, suyos in ids.items()}
    for _ in range(draw(st.integers(1, 6))):
        oficial.filas.append(renglon(draw, oficial, pendientes, ids))
        while any(pendientes.values()) and draw(st.booleans()):
            oficial.filas.append(continuacion(oficial, pendientes))
    while any(pendientes.values()):
        oficial.filas.append(continuacion(oficial, pendientes))
    return oficial


def celda(draw: Any, columna: Col) -> Any:
    return draw(st.one_of(st.none(), st.sampled_from(LISTA) if columna.codigo == 9 else VALORES[columna.codigo or 1]))


def renglon(draw: Any, oficial: Oficial, pendientes: dict[str, list[int]], ids: dict[str, list[int]]) -> list[Any]:
    inicio, termino = draw(st.sampled_from(TRIMESTRES))
    propias = []
    for columna in oficial.columnas[3:-4]:
        if columna.tabla:
            cola = pendientes[columna.tabla]
            propias.append(cola.pop(0) if cola and draw(st.booleans()) else
                           draw(st.sampled_from([None, *ids[columna.tabla], 777])))
        else:
            propias.append(celda(draw, columna))
    con_letras = draw(st.booleans())
    return [2025, f"{inicio:%d/%m/%Y}" if con_letras else midnight(inicio), midnight(termino), *propias,
            draw(st.sampled_from(["SECRETARIA DEL AYUNTAMIENTO", "Secretaría del Ayuntamiento"])), midnight(termino),
            midnight(dt.date(2025, 8, 1)), draw(st.one_of(st.none(), PALABRAS))]


def continuacion(oficial: Oficial, pendientes: dict[str, list[int]]) -> list[Any]:
    """Un renglón que solo trae números de subtabla."""
    return [pendientes[c.tabla].pop(0) if c.tabla and pendientes[c.tabla] else None for c in oficial.columnas]


@settings(max_examples=20)
@given(oficial=llenos())
def test_cualquier_libro_lleno_va_y_viene(oficial: Oficial, tmp_path_factory: pytest.TempPathFactory) -> None:
    carpeta = tmp_path_factory.getbasetemp()
    ruta = write_oficial(carpeta / "ida.xlsx", oficial)
    formato = formato_de(importar(ruta))
    registros, traducido = publicar(ruta, formato)
    devolver(carpeta / "vuelta.xlsx", formato, registros)
    assert differences(ruta, carpeta / "vuelta.xlsx") == []
    assert traducido.avisos == ()
