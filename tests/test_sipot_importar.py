"""``sipot importar``: de cualquier libro oficial sale un formato que pasa ``catalogo revisar`` sin que nadie lo toque."""

import csv
import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fracciones_config import Formato, revisar
from fracciones_config.reglas import RESERVADOS
from fracciones_config.revision import Archivos, read_archivos
from fracciones_config.sipot import LibroInvalido, read_libro
from fracciones_config.sipot.definicion import define_formato
from fracciones_config.sipot.escritura import write_yaml
from fracciones_config.sipot.lugares import Lugar, propose_lugar, to_romano
from fracciones_config.sipot.titulos import separar_tabla
from models.formatos import build_tabla, column_name
from tests.libros_oficiales import Col, Oficial, comunes, write_oficial

RAIZ = Path(__file__).resolve().parents[1]
DATOS = RAIZ / "../shared/datos"
NOMBRES = RESERVADOS | {"ejercicio", "periodo", "area_responsable", "nota"}
BASE = read_archivos(RAIZ / "fracciones_config")
MARCO = {ruta: contenido for ruta, contenido in BASE.items() if not ruta.startswith("formatos/")}


def importar(ruta: Path) -> str:
    libro = read_libro(ruta)
    return write_yaml(define_formato(libro, propose_lugar(libro.clave, ()), NOMBRES).formato, ["Por revisar"])


def formato_de(yaml: str) -> Formato:
    """El formato, ya revisado con las mismas reglas que el catálogo; su tabla se puede hacer."""
    revision = revisar(MARCO | {"formatos/importado.yaml": yaml.encode()})
    assert revision.catalogo is not None, "\n".join(map(str, revision.faltas))
    formato = revision.catalogo.por_clave["importado"]
    build_tabla(formato, {campo.nombre: column_name(campo) for campo in formato.campos}, 1)
    return formato


def require_completo(formato: Formato, oficial: Oficial) -> None:
    """Cada columna del libro tiene dónde guardarse, y su título y su código quedaron apuntados."""
    assert formato.sipot and formato.sipot.libro
    libro = formato.sipot.libro
    pedidas = [(f"{c.titulo} \n{c.tabla}" if c.tabla else c.titulo, c.codigo) for c in oficial.columnas if c.titulo]
    assert [(c.titulo, c.codigo) for c in libro.columnas] == pedidas
    assert all(c.campo in formato.por_nombre or c.parte in ("actualizacion", "validacion") for c in libro.columnas)
    for tabla in libro.tablas:
        suyas = {c.nombre for c in formato.por_nombre[str(tabla.campo)].campos}
        assert all(c.campo in suyas or c.parte == "id" for c in tabla.columnas)


def los_111() -> list[Oficial]:
    """Un libro por formato de la lista de columnas; las listas cortas vienen en ella y a las demás se les inventan opciones."""
    formatos: list[tuple[str, str, dict[str, list[Col]]]] = []
    with (DATOS / "sipot_columnas.csv").open(encoding="utf-8") as archivo:
        for r in csv.DictReader(archivo):
            if (r["hoja"], r["orden"]) == ("principal", "1"):
                formatos.append((r["formato_id"], r["formato"], {}))
            titulo, tabla = separar_tabla(r["columna"])
            codigo = int(r["tipo_codigo"]) if r["tipo_codigo"] else None
            lista = [v.strip() for v in r["catalogo"].split("|") if v.strip()] or ["Uno [a]", "Dos", "dos"]
            formatos[-1][2].setdefault(r["hoja"], []).append(Col(titulo, codigo, lista, tabla or ""))
    return [Oficial(clave, hojas.pop("principal"), {nombre: columnas[1:] for nombre, columnas in hojas.items()}, titulo=titulo)
            for clave, titulo, hojas in formatos]


@pytest.mark.skipif(not (DATOS / "sipot_columnas.csv").is_file(), reason="sin ../shared/datos no están los 111 formatos")
def test_los_111_formatos_oficiales(tmp_path: Path) -> None:
    archivos: Archivos = dict(MARCO)
    oficiales = los_111()
    assert len(oficiales) == 111
    lugares: set[Lugar] = set()
    for numero, oficial in enumerate(oficiales):
        libro = read_libro(write_oficial(tmp_path / "libro.xlsx", oficial))
        lugar = propose_lugar(libro.clave, lugares)
        lugares.add(lugar)
        yaml = write_yaml(define_formato(libro, lugar, NOMBRES).formato, ())
        require_completo(formato_de(yaml), oficial)
        archivos[f"formatos/importado_{numero}.yaml"] = yaml.encode()
    assert revisar(BASE | archivos).faltas == []


@pytest.mark.skipif(not (DATOS / "plantillas_sipot").is_dir(), reason="sin ../shared/datos no hay libros oficiales")
def test_los_diez_libros_reales_juntos() -> None:
    libros = sorted((DATOS / "plantillas_sipot").glob("*.xlsx"))
    assert len(libros) == 10
    nuevos = {f"formatos/oficial_{ruta.stem}.yaml": importar(ruta).encode() for ruta in libros}
    assert revisar(BASE | nuevos).faltas == []


TITULOS = st.one_of(
    st.sampled_from(["Nombre(s)", "Primer apellido", "NOTA", "Tipo (catálogo)", "Hipervínculo al documento", "¿?", "2019", "no",
                     "Sí", "Monto  total ", "FECHA DE FIRMA", "Fecha de inicio", "x" * 300, "Estado", "Versión", "Ejercicio",
                     "Descripción: de «lo» que, según # el - caso", "Año\nfiscal"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip))
OPCIONES = st.lists(st.one_of(st.sampled_from(["Si", "No", "Otro (especificar)", "Servidor[a] público[a]", "OTRO", "otro", "",
                                               "Licitación pública ", "y" * 400, "y" * 399 + "z", "1", "no", "12:30", "0x1F"]),
                              TITULOS), min_size=0, max_size=8)


@st.composite
def libros(draw: Any) -> Oficial:
    """De 8 a 60 columnas y hasta 13 subtablas, de una a ocho columnas cada una; códigos conocidos y no; listas de todas."""
    codigos = st.sampled_from([1, 2, 3, 4, 6, 7, 9, 12, 5, 8, 99])
    columna = st.builds(Col, TITULOS, codigos, OPCIONES)
    cuantas = draw(st.integers(1, 53))
    propias = draw(st.lists(columna, min_size=cuantas, max_size=cuantas))
    nombres = [f"Tabla_{600_000 + i}" for i in range(draw(st.integers(0, 13)))]
    for nombre in nombres[: len(propias)]:
        propias[draw(st.integers(0, len(propias) - 1))] = Col(draw(TITULOS), 10, (), nombre)
    usadas = [c.tabla for c in propias if c.tabla]
    tablas = {nombre: draw(st.lists(columna, min_size=1, max_size=8)) for nombre in usadas if draw(st.integers(0, 9))}
    huecos = [Col("", None)] * draw(st.integers(0, 2))
    return Oficial(str(draw(st.integers(1, 99_999_999))), comunes(*propias, *huecos), tablas,
                   titulo=draw(TITULOS).strip()[:250], con_nombres=draw(st.booleans()), con_listas=draw(st.integers(0, 4)) > 0)


@settings(max_examples=20)
@given(oficial=libros())
def test_cualquier_libro(oficial: Oficial, tmp_path_factory: pytest.TempPathFactory) -> None:
    ruta = write_oficial(tmp_path_factory.getbasetemp() / "cualquiera.xlsx", oficial)
    formato = formato_de(importar(ruta))
    assert {campo.nombre for campo in formato.campos} >= {"ejercicio", "periodo", "area_responsable", "nota"}
    assert len(formato.campos) <= 120


def test_lo_que_sale_de_un_libro(tmp_path: Path) -> None:
    oficial = Oficial("77001", comunes(
        Col("Tipo de apoyo (catálogo)", 9, ["Económico", "En especie", "Otro (especificar)"]),
        Col("DENOMINACIÓN DEL PROGRAMA", 2), Col("Monto otorgado, en su caso", 6),
        Col("¿Es federal? (catálogo)", 9, ["Si", "No"]),
        Col("Personas beneficiarias", 10, (), "Tabla_9001"), Col("Hipervínculo a las reglas de operación", 7)),
        {"Tabla_9001": [Col("Nombre(s)", 1), Col("Sexo (catálogo)", 9, ["Mujer", "Hombre"])]}, titulo="Apoyos entregados")
    formato = formato_de(importar(write_oficial(tmp_path / "libro.xlsx", oficial)))
    require_completo(formato, oficial)
    assert [(c.nombre, str(c.tipo)) for c in formato.campos if not c.comun] == [
        ("tipo_apoyo", "opcion"), ("denominacion_programa", "texto_largo"), ("monto_otorgado", "moneda"), ("federal", "si_no"),
        ("personas_beneficiarias", "tabla"), ("reglas_operacion", "archivo"), ("enlace_reglas_operacion", "url"),
        ("periodo_desde", "fecha"), ("periodo_hasta", "fecha")]
    assert formato.por_nombre["tipo_apoyo"].opciones == {
        "economico": "Económico", "especie": "En especie", "otro": "Otro (especificar)"}
    assert formato.por_nombre["denominacion_programa"].etiqueta == "Denominación del programa"
    assert [(c.nombre, str(c.tipo)) for c in formato.por_nombre["personas_beneficiarias"].campos] == [
        ("nombre", "texto"), ("sexo", "opcion")]
    assert formato.titulo[0] == "denominacion_programa" and formato.sipot and formato.sipot.formatos == (77001,)


def test_opciones_que_se_parecen_no_se_confunden(tmp_path: Path) -> None:
    largas = ["a" * 200 + "1", "a" * 200 + "2"]
    oficial = Oficial("1", comunes(Col("Tipo", 9, ["Otro", "OTRO", "Otro", "", *largas])))
    opciones = formato_de(importar(write_oficial(tmp_path / "libro.xlsx", oficial))).por_nombre["tipo"].opciones
    assert list(opciones.values())[:2] == ["Otro", "OTRO"] and len(set(opciones.values())) == 4
    assert all(len(etiqueta) <= 160 for etiqueta in opciones.values())


def test_sin_listas_ni_subtablas_nada_se_pierde(tmp_path: Path) -> None:
    oficial = Oficial("9", comunes(Col("Tipo (catálogo)", 9, ["Uno"]), Col("Socios", 10, (), "Tabla_5")), con_listas=False)
    ruta = write_oficial(tmp_path / "libro.xlsx", oficial)
    formato = formato_de(importar(ruta))
    assert [str(formato.por_nombre[n].tipo) for n in ("tipo", "socios")] == ["texto", "texto_largo"]
    pendientes = define_formato(read_libro(ruta), propose_lugar("9", ()), NOMBRES).pendientes
    assert any("«Socios»" in p for p in pendientes) and any("«Tipo (catálogo)»" in p for p in pendientes)


def test_cada_cuando_se_deduce_de_los_periodos(tmp_path: Path) -> None:
    def periodicidad(*periodos: tuple[dt.date, dt.date]) -> str:
        filas = [[2025, dt.datetime.combine(a, dt.time()), b.strftime("%d/%m/%Y"), "x"] for a, b in periodos]
        oficial = Oficial("5", comunes(Col("Tema", 1)), filas=filas)
        return formato_de(importar(write_oficial(tmp_path / "libro.xlsx", oficial))).periodicidad

    d = dt.date
    assert periodicidad() == "trimestral"
    assert periodicidad((d(2025, 1, 1), d(2025, 12, 31))) == "anual"
    assert periodicidad((d(2025, 1, 1), d(2025, 12, 31)), (d(2025, 5, 1), d(2025, 5, 31))) == "mensual"
    assert periodicidad((d(2025, 7, 1), d(2025, 12, 31)), (d(2025, 2, 3), d(2025, 2, 9))) == "semestral"


def test_el_lugar_depende_de_la_clave_y_respeta_lo_ocupado() -> None:
    assert [to_romano(n) for n in (24, 40, 89)] == ["XXIV", "XL", "LXXXIX"]
    assert len({propose_lugar(str(clave), ()) for clave in range(53_000, 54_700)}) == 1_700
    primero = propose_lugar("53396", ())
    assert propose_lugar("53396", {primero}) != primero


@pytest.mark.parametrize("contenido", [b"", b"no soy un libro", b"PK\x03\x04" + b"\0" * 40, b"<html><table></table></html>"])
def test_un_archivo_que_no_es_libro_se_dice(contenido: bytes, tmp_path: Path) -> None:
    (tmp_path / "malo.xlsx").write_bytes(contenido)
    with pytest.raises(LibroInvalido, match=r"malo\.xlsx"):
        read_libro(tmp_path / "malo.xlsx")


def test_un_libro_trampa_se_rechaza_pronto(tmp_path: Path) -> None:
    bueno = write_oficial(tmp_path / "bueno.xlsx", Oficial("1", comunes(Col("Tema"))))
    with zipfile.ZipFile(bueno) as origen, zipfile.ZipFile(tmp_path / "entidad.xlsx", "w") as destino:
        for parte in origen.infolist():
            texto = origen.read(parte)
            destino.writestr(parte.filename, b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + texto.partition(b"?>")[2]
                             if parte.filename.endswith("sheet1.xml") else texto)
    with zipfile.ZipFile(tmp_path / "bomba.xlsx", "w", zipfile.ZIP_DEFLATED) as bomba:
        bomba.writestr("xl/worksheets/sheet1.xml", b" " * (201 * 1024 * 1024))
    for trampa in ("entidad.xlsx", "bomba.xlsx"):
        with pytest.raises(LibroInvalido):
            read_libro(tmp_path / trampa)
