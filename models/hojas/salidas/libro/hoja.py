"""Una hoja del libro: la fila 1, oculta, con las llaves; la 2 con los rótulos; y los renglones, conforme llegan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.hojas.disposicion import FILA_DE_LLAVES, FILA_DE_ROTULOS, PRIMERA_FILA
from models.hojas.salidas.libro.celdas import escape, letter_of, text_cell
from models.hojas.salidas.libro.estilos import ROTULO

_CABEZA = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
           ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">')
FILAS_MAXIMAS = 500_000
"""Renglones por hoja: la mitad de lo que Excel admite, para que ninguna pase de 2 GB sin comprimir. Lo demás sigue en otra."""

BYTES_MAXIMOS = 2**31 - 2**28
"""De una hoja, sin comprimir: si sus renglones son muy largos, se llena antes. Con más de 2 GiB haría falta ZIP64, y Excel se
queja de los libros que lo llevan."""

_AYUDA_MAXIMA, _TITULO_MAXIMO = 255, 32
"""Caracteres que Excel admite en el recuadro de ayuda de una celda, y en su título."""


@dataclass(frozen=True, slots=True)
class ColumnaDeHoja:
    """Una columna. ``ancho`` en caracteres; ``nivel`` 1 la agrupa con sus vecinas, para plegarlas."""

    llave: str
    rotulo: str
    ancho: int = 18
    ayuda: str = ""
    oculta: bool = False
    nivel: int = 0


def to_rows(columnas: Sequence[list[str]], fila: int) -> bytes:
    """Los renglones de un bloque, de sus columnas de celdas (``[]`` la que está toda en blanco); ``fila`` es el del primero."""
    celdas = map("".join, zip(*filter(None, columnas), strict=True))
    return "".join([f'<row r="{n}">{suyas}</row>' for n, suyas in enumerate(celdas, fila)]).encode()


def name_of(nombre: str, numero: int) -> str:
    """El nombre de la hoja y, si es la segunda o más, cuál: «Licitaciones (2)». Excel admite 31 letras."""
    return nombre if numero == 1 else f"{nombre[:26]} ({numero})"


def write_hoja(
    columnas: Sequence[ColumnaDeHoja], renglones: Iterable[bytes], contar: Callable[[], int], al_frente: bool = False,
) -> Iterator[bytes]:
    """La hoja, por trozos. ``renglones`` es el XML desde la fila 3; ``contar`` se llama al final: cuántos fueron."""
    yield (_CABEZA + _vista(al_frente) + _anchos(columnas) + "<sheetData>" + _encabezados(columnas)).encode()
    yield from renglones
    esquina = f"{letter_of(len(columnas) - 1)}{FILA_DE_ROTULOS + contar()}"
    yield (f'</sheetData><autoFilter ref="A{FILA_DE_ROTULOS}:{esquina}"/>{_ayudas(columnas)}'
           '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
           '<pageSetup orientation="landscape"/></worksheet>').encode()


def write_suelta(celda: str) -> bytes:
    """Una hoja con una sola celda, la A1."""
    return f'{_CABEZA}<sheetData><row r="1">{text_cell("A1", celda)}</row></sheetData></worksheet>'.encode()


def _vista(al_frente: bool) -> str:
    elegida = ' tabSelected="1"' if al_frente else ""
    return (f'<sheetViews><sheetView{elegida} workbookViewId="0"><pane ySplit="{FILA_DE_ROTULOS}" '
            f'topLeftCell="A{PRIMERA_FILA}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="A{PRIMERA_FILA}" sqref="A{PRIMERA_FILA}"/></sheetView></sheetViews>'
            '<sheetFormatPr defaultRowHeight="15" outlineLevelCol="1"/>')


def _anchos(columnas: Sequence[ColumnaDeHoja]) -> str:
    return "<cols>" + "".join(
        f'<col min="{n}" max="{n}" width="{columna.ancho}" customWidth="1" hidden="{int(columna.oculta)}" '
        f'outlineLevel="{columna.nivel}"/>'
        for n, columna in enumerate(columnas, start=1)) + "</cols>"


def _encabezados(columnas: Sequence[ColumnaDeHoja]) -> str:
    llaves = "".join(text_cell(f"{letter_of(n)}{FILA_DE_LLAVES}", columna.llave) for n, columna in enumerate(columnas))
    rotulos = "".join(text_cell(f"{letter_of(n)}{FILA_DE_ROTULOS}", columna.rotulo, ROTULO)
                      for n, columna in enumerate(columnas))
    return (f'<row r="{FILA_DE_LLAVES}" hidden="1">{llaves}</row>'
            f'<row r="{FILA_DE_ROTULOS}" ht="45" customHeight="1">{rotulos}</row>')


def _ayudas(columnas: Sequence[ColumnaDeHoja]) -> str:
    """Lo que cada columna pide, en el recuadro que Excel enseña al pararse en su rótulo."""
    ayudas = [(f"{letter_of(n)}{FILA_DE_ROTULOS}", columna) for n, columna in enumerate(columnas) if columna.ayuda]
    if not ayudas:
        return ""
    suyas = "".join(
        f'<dataValidation allowBlank="1" showInputMessage="1" promptTitle="{escape(columna.rotulo[:_TITULO_MAXIMO])}" '
        f'prompt="{escape(columna.ayuda[:_AYUDA_MAXIMA])}" sqref="{lugar}"/>' for lugar, columna in ayudas)
    return f'<dataValidations count="{len(ayudas)}">{suyas}</dataValidations>'
