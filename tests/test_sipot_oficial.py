"""Compara cada formato con el formato oficial de SIPOT que dice seguir: columnas, listas, subtablas y tipos."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from fracciones_config import Campo, Catalogo, Formato, load_catalogo
from fracciones_config.sipot import ColumnaSipot, HojaSipot, LibroInvalido, LibroSipot, read_libro
from fracciones_config.sipot.libro import limpiar, separar_tabla

RAIZ = Path(__file__).resolve().parents[1]
DATOS = RAIZ / "../shared/datos"
CON_LIBRO = (53396, 53405, 53471, 53480, 53481, 53482, 53495, 53500, 53503, 53536)
DEL_SISTEMA = {"fecha de validacion", "fecha de actualizacion"}

_COMO_TEXTO = {"texto", "correo", "telefono", "hora", "opcion", "area", "servidor_publico", "organo_colegiado"}
ADMITE = {1: _COMO_TEXTO, 2: _COMO_TEXTO | {"texto_largo"}, 3: {"entero"}, 4: {"fecha"}, 6: {"moneda"},
          7: {"url", "archivo"}, 9: {"opcion", "si_no"}, 10: {"tabla"}, 12: {"anio"}}  # código → tipos que caben en él


def llano(texto: str) -> str:
    """Sin acentos, mayúsculas ni espacios de sobra: como se comparan títulos y opciones."""
    return unicodedata.normalize("NFD", limpiar(texto)).encode("ascii", "ignore").decode().casefold()


def por_titulo(campos: Iterable[Campo]) -> dict[str, Campo]:
    return {llano(titulo): campo for campo in campos for titulo in campo.sipot}


def sueltas(formato: Formato) -> list[Campo]:
    """Las columnas de las tablas que el oficial no tiene: juntan columnas de su hoja principal."""
    return [c for tabla in formato.campos if tabla.campos and not tabla.sipot for c in tabla.campos]


def comparar(formato: Formato, libro: LibroSipot, comunes: set[str]) -> list[str]:
    """Lo que el libro oficial pide y el formato ni tiene ni explica."""
    dichas = {llano(d.columna) for d in formato.sipot.diferencias} if formato.sipot else set()
    principales = por_titulo(formato.campos)
    todos = por_titulo(sueltas(formato)) | principales
    faltas: list[str] = []
    for columna in (c for c in libro.principal.columnas if llano(c.titulo) not in comunes | DEL_SISTEMA):
        campo = todos.get(titulo := llano(columna.titulo))
        faltas += _faltas(columna, campo, titulo in dichas, columna.titulo)
        if hoja := libro.tablas.get(columna.tabla or ""):
            nuestras = por_titulo(campo.campos) if campo else principales  # sin tabla propia, va aplanada
            aplanada = any(llano(c.titulo) in nuestras for c in hoja.columnas)
            for c in hoja.columnas[1:] if campo or aplanada or titulo not in dichas else ():  # la primera es el ID
                clave = f"{hoja.nombre}.{c.titulo}"
                faltas += _faltas(c, nuestras.get(llano(c.titulo)), llano(clave) in dichas, clave)
    return faltas


def _faltas(columna: ColumnaSipot, campo: Campo | None, explicada: bool, donde: str) -> Iterator[str]:
    if explicada:
        return
    if campo is None:
        yield f"«{donde}» no tiene campo ni diferencia"
    elif campo.tipo not in ADMITE[columna.codigo or 1]:
        yield f"«{donde}» es de código {columna.codigo} y «{campo.nombre}» es {campo.tipo}"
    else:
        nuestras = {"si", "no"} if campo.tipo == "si_no" else {llano(e) for e in campo.opciones.values()}
        yield from (f"«{donde}» no ofrece «{o}»" for o in columna.opciones if llano(o) not in nuestras)


def sobrantes(formato: Formato, libros: list[LibroSipot]) -> list[str]:
    """Los títulos que el formato cita y ningún libro suyo tiene, en la hoja que corresponde."""
    tablas = [(llano(c.titulo), x.tablas[c.tabla]) for x in libros for c in x.principal.columnas if c.tabla]
    ajenas = {llano(c.titulo) for t, hoja in tablas if t not in por_titulo(formato.campos) for c in hoja.columnas}
    principal = {llano(c.titulo) for x in libros for c in x.principal.columnas} | ajenas
    citados = [(t, principal) for c in (*formato.campos, *sueltas(formato)) if not c.comun for t in c.sipot]
    for campo in (c for c in formato.campos if c.campos and c.sipot):
        suyas = {llano(c.titulo) for t, hoja in tablas if t in map(llano, campo.sipot) for c in hoja.columnas}
        citados += [(titulo, suyas) for c in campo.campos for titulo in c.sipot]
    claves = {llano(f"{hoja.nombre}.{c.titulo}") for _, hoja in tablas for c in hoja.columnas}
    citados += [(d.columna, principal | claves) for d in (formato.sipot.diferencias if formato.sipot else ())]
    return [titulo for titulo, donde in citados if llano(titulo) not in donde]


def read_csv() -> dict[int, LibroSipot]:
    """Los formatos oficiales sin libro, de la lista de columnas; ésta no trae las opciones de las subtablas."""
    hojas: dict[int, dict[str, list[ColumnaSipot]]] = {}
    with (DATOS / "sipot_columnas.csv").open(encoding="utf-8") as archivo:
        for r in csv.DictReader(archivo):
            (titulo, tabla), codigo = separar_tabla(r["columna"]), int(r["tipo_codigo"] or 0) or None
            columna = ColumnaSipot(titulo, int(r["orden"]), codigo, None, (), tabla if codigo == 10 else None)
            hojas.setdefault(int(r["formato_id"]), {}).setdefault(r["hoja"], []).append(columna)
    armadas = {i: {n: HojaSipot(n, tuple(c), 8) for n, c in h.items()} for i, h in hojas.items()}
    return {i: LibroSipot(i, "", h.pop("principal"), h) for i, h in armadas.items()}


@pytest.fixture(scope="module")
def oficiales() -> dict[int, LibroSipot]:
    if not (DATOS / "plantillas_sipot").is_dir():
        pytest.skip("sin ../shared/datos no hay libros oficiales con que comparar")
    libros = {libro.formato: libro for libro in map(read_libro, (DATOS / "plantillas_sipot").glob("*.xlsx"))}
    assert sorted(libros) == list(CON_LIBRO)
    return read_csv() | libros


@pytest.fixture(scope="module")
def catalogo() -> Catalogo:
    return load_catalogo(RAIZ / "fracciones_config")


@pytest.mark.parametrize("clave", CON_LIBRO)
def test_cubre_el_libro_oficial(clave: int, oficiales: dict[int, LibroSipot], catalogo: Catalogo) -> None:
    comunes = {llano(t) for f in catalogo.formatos for c in f.campos if c.comun for t in c.sipot}
    suyos = [f for f in catalogo.formatos if f.sipot and clave in f.sipot.formatos]
    assert suyos, f"Ningún formato dice seguir el {clave}"
    assert {f.clave: faltas for f in suyos if (faltas := comparar(f, oficiales[clave], comunes))} == {}


def test_no_cita_columnas_que_no_existen(oficiales: dict[int, LibroSipot], catalogo: Catalogo) -> None:
    citados = {f.clave: sobrantes(f, [oficiales[i] for i in f.sipot.formatos]) for f in catalogo.formatos if f.sipot}
    assert citados
    assert {clave: titulos for clave, titulos in citados.items() if titulos} == {}


def test_la_comparacion_puede_fallar(tmp_path: Path) -> None:
    libro = openpyxl.Workbook()
    hoja, listas, tabla = libro.active, libro.create_sheet("Hidden_1"), libro.create_sheet("Tabla_9")
    hoja.title = "Reporte de Formatos"
    titulos = ["Tipo (catálogo)", "Monto ", "Socios \nTabla_9", "Folio"]
    for fila in (["7"], [], ["Prueba"], ["9", "6", "10", "1"], ["1", "2", "9", "4"], ["Tabla Campos"], titulos):
        hoja.append(fila)
    for destino, celdas in ((listas, {"A1": "Sí", "A2": "Quizá"}), (tabla, {"B1": "1", "A3": "ID", "B3": "Nombre"})):
        for celda, valor in celdas.items():
            destino[celda] = valor
    libro.save(tmp_path / "7.xlsx")
    def campo(tipo: str, *sipot: str, **mas: object) -> Campo:
        return Campo.model_validate(mas | {"nombre": tipo, "tipo": tipo, "sipot": sipot, "etiqueta": "E", "ayuda": "A"})

    campos = (campo("si_no", "tipo (Catalogo)"), campo("texto", "Monto"),
              campo("tabla", "Socios", campos=(campo("texto", "Nombres"),)))
    formato, oficial = Formato.model_construct(campos=campos, sipot=None), read_libro(tmp_path / "7.xlsx")
    assert comparar(formato, oficial, set()) == [
        "«Tipo (catálogo)» no ofrece «Quizá»", "«Monto» es de código 6 y «texto» es texto",
        "«Tabla_9.Nombre» no tiene campo ni diferencia", "«Folio» no tiene campo ni diferencia"]
    assert sobrantes(formato, [oficial]) == ["Nombres"]


def test_un_archivo_ajeno_se_rechaza(tmp_path: Path) -> None:
    (tmp_path / "falso.xlsx").write_bytes(b"no soy un libro")
    with pytest.raises(LibroInvalido, match="no es un libro de Excel"):
        read_libro(tmp_path / "falso.xlsx")
