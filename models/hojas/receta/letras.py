"""Letras dañadas y blancos raros: se arreglan solo cuando es seguro que lo están.

«LicitaciÃ³n» es UTF-8 leído como otra cosa; «Licitaci¢n», una letra de las de MS-DOS. Un nombre bien escrito, por raro que se
vea (Jñatjo, Hñähñu, São Paulo), no se toca.
"""

from __future__ import annotations

import html
import re

import ftfy
from ftfy.badness import is_bad

_SOSPECHA = re.compile("[ÂÃÄÅâ¢-¥¾±]")
_PAREJA = re.compile(
    "[ÂÃÄÅâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_DE_AQUI = re.compile("[\u0000-\u007f\u00a0-\u017f\u2010-\u2044\u20ac\u2122]*")
"""Lo que puede salir de un arreglo: las letras y los signos con que se escribe en México."""
_ENTIDAD = re.compile("&(?:[aeiouAEIOU](?:acute|uml|grave)|[nN]tilde|[uU]uml|amp|quot|nbsp|iexcl|iquest|ordm|ordf|deg);")
_MSDOS = re.compile("(?<=[a-zA-Z])[¢¤¥£¾±](?=[a-zA-Z])")
_DE_MSDOS = str.maketrans({"¢": "ó", "¤": "ñ", "¥": "Ñ", "£": "ú", "¾": "ó", "±": "ñ"})

_RAROS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLES = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_CONTROLES = re.compile("_x00(?:[01][0-9A-Fa-f]|7[Ff])_|[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DE_MAS = re.compile(" {2,}")


def has_mojibake(texto: str) -> bool:
    """Si un texto trae letras que seguro están dañadas."""
    return not texto.isascii() and _SOSPECHA.search(texto) is not None and fix_letras(texto) != texto or (
        "&" in texto and _ENTIDAD.search(texto) is not None)


def fix_letras(texto: str) -> str:
    """El texto con sus letras; el mismo si no es seguro que estén dañadas."""
    arreglado = texto
    if not texto.isascii():
        if _PAREJA.search(texto) and is_bad(texto):
            posible = ftfy.fix_encoding(texto)
            arreglado = posible if _DE_AQUI.fullmatch(posible) else texto
        arreglado = _MSDOS.sub(lambda letra: letra[0].translate(_DE_MSDOS), arreglado)
    return _ENTIDAD.sub(lambda entidad: html.unescape(entidad[0]), arreglado) if "&" in arreglado else arreglado


def has_blancos(texto: str) -> bool:
    """Si lleva, por dentro, espacios dobles, blancos que no son el espacio o los ``_x000D_`` que deja Excel."""
    return "  " in texto or "_x0" in texto and _CONTROLES.search(texto) is not None or (
        not texto.isascii() and _RAROS.search(texto) is not None)


def squeeze(texto: str) -> str:
    """Un solo espacio entre palabras en cada renglón; los saltos de renglón se quedan. Sin controles ni invisibles."""
    suelto = _INVISIBLES.sub("", _CONTROLES.sub(" ", _RAROS.sub(" ", texto)))
    return _DE_MAS.sub(" ", suelto).strip()


def to_renglon(texto: str) -> str:
    """Todo en un renglón, con las letras arregladas y un espacio entre palabras: de aquí parte cada corrección."""
    return " ".join(squeeze(fix_letras(texto)).split())
