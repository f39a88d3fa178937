"""La hoja ``Errores``: cuántas faltas hay y de qué, y una por una con una liga a su celda. Solo texto: nada es fórmula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import quoteattr

from models.hojas.errores.celdas import letters_of
from models.hojas.errores.empalme import to_xml
from models.hojas.errores.estilos import POR_CORREGIR, PROPUESTA
from models.hojas.errores.faltas import Falta, count_by_columna, shorten
from models.presentacion.numeros import contar

RENGLONES = 60_000
"""Faltas que se listan: Excel no admite muchas más ligas en una hoja."""

_ANCHOS = (7, 24, 10, 32, 36, 70)
_ROTULOS = ("N.º", "Hoja", "Celda", "Columna", "Qué se leyó", "Qué hacer")
_QUE = {POR_CORREGIR: "Por corregir", PROPUESTA: "Corrección propuesta"}
_ESPACIO = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ESTRICTO = "http://purl.oclc.org/ooxml/spreadsheetml/main"

Estilo = Callable[[str], int]
Celda = tuple[str, str]
"""(texto, estilo)."""


def write_resumen(faltas: list[Falta], estilo: Estilo, estricto: bool = False) -> bytes:
    """La hoja completa. ``estilo`` da el número de un estilo por su nombre; ``estricto``, si el libro es de esa variante."""
    arriba = _arriba(faltas)
    inicio = len(arriba) + 1
    filas = [*arriba, [(rotulo, "rotulo") for rotulo in _ROTULOS], *_una_por_una(faltas[:RENGLONES])]
    ligas = [(f"C{fila}", falta) for fila, falta in enumerate(faltas[:RENGLONES], start=inicio + 1) if falta.celda]
    fundidas = [f"A{n}:F{n}" for n in (1, 2, 3)] + [f"B{n}:D{n}" for n in range(5, inicio - 1)]
    numeros = {nombre: estilo(nombre) for fila in filas for _, nombre in fila}
    columnas = "".join(f'<col min="{n}" max="{n}" width="{ancho}" customWidth="1"/>'
                       for n, ancho in enumerate(_ANCHOS, start=1))
    datos = "".join(_renglon(n, fila, numeros) for n, fila in enumerate(filas, start=1))
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{_ESTRICTO if estricto else _ESPACIO}">'
            '<sheetPr><tabColor rgb="FFB3261E"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columnas}</cols><sheetData>{datos}</sheetData>'
            f'<autoFilter ref="A{inicio}:F{max(inicio + 1, len(filas))}"/>'
            f'<mergeCells count="{len(fundidas)}">{"".join(f"""<mergeCell ref="{zona}"/>""" for zona in fundidas)}</mergeCells>'
            f"{_hipervinculos(ligas)}"
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
            '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>').encode()


def _arriba(faltas: list[Falta]) -> list[list[Celda]]:
    malas = sum(falta.clase == POR_CORREGIR for falta in faltas)
    propuestas = len(faltas) - malas
    renglones = len({falta.fila for falta in faltas if falta.fila})
    partes = [contar(malas, "celda por corregir", "celdas por corregir")] if malas else []
    partes += [contar(propuestas, "corrección propuesta", "correcciones propuestas")] if propuestas else []
    cuenta = "No hay nada por corregir."
    if partes:
        cuenta = f"Hay {' y '.join(partes)} en {contar(renglones, 'renglón', 'renglones')}."
    if len(faltas) > RENGLONES:
        cuenta += f" Aquí se listan las primeras {RENGLONES:,}."
    return [[("Lo que hay que corregir", "titulo")],
            [(cuenta, "texto")],
            [("Corrija cada celda marcada en su hoja, guarde este mismo libro y vuelva a subirlo. Esta hoja es solo una guía: "
              "no se lee.", "texto")],
            [],
            [(rotulo, "rotulo") for rotulo in ("Celdas", "Columna", "", "", "Qué pasa")],
            *([(str(n), "texto"), (columna, "texto"), ("", "texto"), ("", "texto"), (_QUE[clase], clase)]
              for columna, clase, n in count_by_columna(faltas)),
            []]


def _una_por_una(faltas: Sequence[Falta]) -> Iterable[list[Celda]]:
    for numero, falta in enumerate(faltas, start=1):
        yield [(str(numero), "texto"), (falta.hoja, "texto"), (falta.celda or "", "liga"), (falta.columna, "texto"),
               (shorten(falta.leido, 160) or "(en blanco)", falta.clase), (falta.mensaje, "texto")]


def _renglon(numero: int, celdas: Sequence[Celda], estilos: dict[str, int]) -> str:
    xml = "".join(_celda(f"{letters_of(c)}{numero}", texto, estilos[nombre])
                  for c, (texto, nombre) in enumerate(celdas, start=1))
    alto = 26 if numero == 1 else 15 * max(map(_renglones, celdas, _ANCHOS), default=1) if numero > 3 else 15
    return f'<row r="{numero}" ht="{alto}" customHeight="1">{xml}</row>'


def _renglones(celda: Celda, ancho: int) -> int:
    """Los que ocupa un texto en su columna; se dice, porque no todo programa lo calcula al abrir."""
    return sum(1 + int(len(parrafo) / ancho / 1.1) for parrafo in celda[0].split("\n"))


def _celda(lugar: str, texto: str, estilo: int) -> str:
    if texto.isdecimal():
        return f'<c r="{lugar}" s="{estilo}"><v>{texto}</v></c>'
    dentro = f'<is><t xml:space="preserve">{to_xml(texto)}</t></is>'
    return f'<c r="{lugar}" s="{estilo}" t="inlineStr">{dentro}</c>' if texto else f'<c r="{lugar}" s="{estilo}"/>'


def _hipervinculos(ligas: Sequence[tuple[str, Falta]]) -> str:
    if not ligas:
        return ""
    una_por_una = "".join(
        f'<hyperlink ref="{lugar}" location={quoteattr(_location(falta))} tooltip="Ir a la celda"/>'
        for lugar, falta in ligas)
    return f"<hyperlinks>{una_por_una}</hyperlinks>"


def _location(falta: Falta) -> str:
    hoja = falta.hoja.replace("'", "''")
    return f"'{hoja}'!{falta.celda}"
