"""Las notas de las celdas marcadas: qué se leyó y qué se espera. Las de la persona se quedan; las nuestras de antes se van.

Una nota son dos cosas en el libro: su texto (``comments``) y el recuadro en que se ve (``vmlDrawing``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from models.hojas.errores.celdas import letters_of, split_celda
from models.hojas.errores.empalme import children_of, to_xml

AUTOR = "IPOMEX"
TITULOS = {"por_corregir": "Por corregir", "propuesta": "Corrección propuesta"}
"""Con qué empieza cada nota nuestra; por eso se reconoce al volver."""

_ESPACIO = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ESTRICTO = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RAYA = "———"
"""Lo que separa nuestra nota de la que ya estaba en esa celda."""

_COLORES = {"por_corregir": "#fff6f5", "propuesta": "#fffaeb"}
_ANCHO, _RENGLON, _LETRAS, _COLUMNA = 300, 17, 44, 64
"""El recuadro en pixeles: su ancho, el alto de un renglón y cuántas letras le caben; y una columna sin ancho propio."""

_FORMA = re.compile(r"<v:shape\b(?:(?!</v:shape>).)*</v:shape>", re.DOTALL)
_DE_FILA, _DE_COLUMNA = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>"), re.compile(r"<x:Column>\s*(\d+)\s*</x:Column>")
_SIN_DIBUJO = ('<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
               'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
               '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
               'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
               'o:connecttype="rect"/></v:shapetype></xml>')


@dataclass(frozen=True, slots=True)
class Nota:
    """Lo que se dice en una celda (``"F12"``)."""

    celda: str
    clase: str
    texto: str


def write_notas(parte: bytes | None, notas: Iterable[Nota]) -> bytes:
    """La parte ``comments``: las de la persona y las nuestras. En una celda que ya tenía una, va la nuestra y luego la suya."""
    prefijo, hijos = _read(parte)
    suyas = _ajenas(hijos["commentList"], prefijo)
    autor = len(hijos["authors"])
    nuevas = {nota.celda: _comentario(nota, autor, prefijo, _dentro_de(suyas.get(nota.celda, ""))) for nota in notas}
    todas = sorted((suyas | nuevas).items(), key=lambda par: split_celda(par[0]))
    p, espacio = prefijo, _ESTRICTO if parte and _ESTRICTO.encode() in parte else _ESPACIO
    raiz = f'<{p}comments xmlns{":" + p[:-1] if p else ""}="{espacio}">'
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{raiz}<{p}authors>{"".join(hijos["authors"])}'
            f"<{p}author>{AUTOR}</{p}author></{p}authors><{p}commentList>{''.join(xml for _, xml in todas)}"
            f"</{p}commentList></{p}comments>").encode()


def read_celdas(parte: bytes | None) -> tuple[set[str], set[str]]:
    """Las celdas con una nota ajena, y las que llevan una nuestra de antes (puede que junto a la ajena)."""
    prefijo, hijos = _read(parte)
    nuestras = {_celda_de(xml) for xml in hijos["commentList"] if _is_nuestra(_texto_de(xml))}
    return set(_ajenas(hijos["commentList"], prefijo)), nuestras - {""}


def _read(parte: bytes | None) -> tuple[str, dict[str, list[str]]]:
    return children_of(parte, ("authors", "commentList")) if parte else ("", {"authors": [], "commentList": []})


def _ajenas(comentarios: Iterable[str], prefijo: str) -> dict[str, str]:
    """Las notas de la persona por su celda; de las que se juntaron con una nuestra, su parte."""
    suyas: dict[str, str] = {}
    for xml in comentarios:
        celda, texto = _celda_de(xml), _texto_de(xml)
        if celda and not _is_nuestra(texto):
            suyas[celda] = xml
        elif celda and _RAYA in texto:
            suyo = f'<comment ref="{celda}" authorId="0"><text><r><t xml:space="preserve">\0</t></r></text></comment>'
            suyas[celda] = _prefixed(suyo, prefijo).replace("\0", to_xml(texto.partition(_RAYA)[2].strip()))
    return suyas


def write_dibujo(parte: bytes | None, quitar: set[str], notas: Iterable[Nota], anchos: Mapping[int, int], hoja: int) -> bytes:
    """La parte ``vmlDrawing`` con un recuadro por nota y sin los de las que se quitan. ``notas`` son todas las que debe haber,
    también las ajenas; las que ya tienen recuadro conservan el suyo. ``hoja``: su número, desde 1."""
    texto = parte.decode("utf-8", "replace") if parte else _SIN_DIBUJO
    if not all(f"xmlns:{espacio}=" in texto for espacio in "vox"):
        texto = _SIN_DIBUJO
    lugares: set[str] = set()

    def deja(forma: re.Match[str]) -> str:
        fila, columna = _DE_FILA.search(forma[0]), _DE_COLUMNA.search(forma[0])
        if fila is None or columna is None:
            return forma[0]
        celda = f"{letters_of(int(columna[1]) + 1)}{int(fila[1]) + 1}"
        if celda in quitar:
            return ""
        lugares.add(celda)
        return forma[0]

    limpio = _FORMA.sub(deja, texto)
    nuevas = [nota for nota in notas if nota.celda not in lugares]
    primero = 1 + max((int(n) for n in re.findall(r'id="_x0000_s(\d+)"', limpio)), default=1024 * hoja)
    formas = "".join(_forma(nota, primero + n, anchos) for n, nota in enumerate(nuevas))
    bloques = sorted({int(n) // 1024 for n in re.findall(r'id="_x0000_s(\d+)"', limpio)} | {
        (primero + n) // 1024 for n in range(len(nuevas))})
    dichos = ",".join(map(str, bloques)) or "1"
    mapa = re.sub(r'(<o:idmap\b[^>]*\bdata=)"[^"]*"', rf'\1"{dichos}"', limpio)
    return re.sub(r"</xml>\s*$", lambda fin: f"{formas}{fin[0]}", mapa).encode()


def _celda_de(comentario: str) -> str:
    hallada = re.search(r"\sref\s*=\s*[\"']\$?([A-Z]{1,3})\$?([0-9]+)[\"']", comentario.partition(">")[0])
    return f"{hallada[1]}{hallada[2]}" if hallada else ""


def _is_nuestra(texto: str) -> bool:
    return texto.lstrip().startswith(tuple(f"{titulo}\n" for titulo in TITULOS.values()))


def _texto_de(comentario: str) -> str:
    """El texto de un comentario."""
    return html.unescape("".join(re.findall(r"<(?:\w+:)?t\b[^>]*>([^<]*)<", comentario)))


def _dentro_de(comentario: str) -> str:
    """Los trozos de texto de un comentario ajeno, para ponerlos después del nuestro."""
    dentro = re.search(r"<(?:\w+:)?text\b[^>]*>(.*)</(\w+:)?text>", comentario, re.DOTALL)
    if not dentro:
        return ""
    p = dentro[2] or ""
    return dentro[1] if f"<{p}r>" in dentro[1] else f"<{p}r>{dentro[1]}</{p}r>"


def _comentario(nota: Nota, autor: int, prefijo: str, suyo: str) -> str:
    letra = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
    partes = ((f"<b/>{letra}", f"{TITULOS[nota.clase]}\n"), (letra, nota.texto + (f"\n{_RAYA}\n" if suyo else "")))
    xml = "".join(f'<r><rPr>{como}</rPr><t xml:space="preserve">{to_xml(texto)}</t></r>' for como, texto in partes)
    entero = f'<comment ref={quoteattr(nota.celda)} authorId="{autor}"><text>{xml}\0</text></comment>'
    return _prefixed(entero, prefijo).replace("\0", suyo)


def _prefixed(xml: str, prefijo: str) -> str:
    return re.sub(r"<(/?)", rf"<\1{prefijo}", xml) if prefijo else xml


def _forma(nota: Nota, numero: int, anchos: Mapping[int, int]) -> str:
    fila, columna = split_celda(nota.celda)
    renglones = 1 + sum(1 + len(parrafo) // _LETRAS for parrafo in nota.texto.split("\n"))
    color = _COLORES[nota.clase]
    return (f'<v:shape id="_x0000_s{numero}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:2pt;'
            f'width:{_ANCHO * 3 // 4}pt;height:{renglones * _RENGLON * 3 // 4}pt;z-index:{numero};visibility:hidden" '
            f'fillcolor="{color}" o:insetmode="auto"><v:fill color2="{color}"/><v:shadow on="t" color="black" obscured="t"/>'
            '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
            '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{_ancla(fila, columna, renglones, anchos)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{fila - 1}</x:Row><x:Column>{columna - 1}</x:Column></x:ClientData></v:shape>")


def _ancla(fila: int, columna: int, renglones: int, anchos: Mapping[int, int]) -> str:
    """Columna, pixeles, fila y pixeles de cada esquina: a la derecha de la celda, del mismo ancho sin importar las columnas."""
    hasta, sobra = columna, 15 + _ANCHO
    while sobra > (ancho := anchos.get(hasta + 1, _COLUMNA)) and hasta < columna + 40:
        sobra -= ancho
        hasta += 1
    alto = 4 + renglones * _RENGLON
    arriba = max(fila - 2, 0)
    return ", ".join(map(str, (columna, 15, arriba, 4, hasta, sobra, arriba + alto // 20, alto % 20)))

