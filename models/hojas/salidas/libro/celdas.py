"""Columnas de celdas en XML: textos y números. Un texto nunca es fórmula: va con su tipo, aunque empiece con «=»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.hojas.salidas.guardia import is_formula
from models.hojas.salidas.libro.estilos import CON_SIGNO

_NO_CABEN = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Lo que XML no admite, y lo que Excel tomaría por su manera de escribirlo (``_x000D_``)."""

_DELICADOS = bytes([*range(9), *range(11, 32), *b"&<>"])
"""Lo que obliga a mirar celda por celda. El salto y el tabulador pasan tal cual."""

_BLANCOS = frozenset(" \t\n")
"""Lo que Excel quitaría del final si no se le dice que lo conserve."""


def letter_of(posicion: int) -> str:
    """``0`` → ``A``; ``26`` → ``AA``."""
    letras = ""
    posicion += 1
    while posicion:
        posicion, resto = divmod(posicion - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


def text_cells(letra: str, fila: int, textos: Sequence[str], estilo: int = 0) -> list[str]:
    """Celdas de texto, de ``fila`` hacia abajo; la vacía no ocupa nada."""
    if _has_delicados(textos):
        return [text_cell(f"{letra}{n}", texto, estilo) if texto else "" for n, texto in enumerate(textos, fila)]
    propio = f' s="{estilo}"' if estilo else ""
    return [f'<c r="{letra}{n}"{propio} t="inlineStr"><is><t>{texto}</t></is></c>' if texto else ""
            for n, texto in enumerate(textos, fila)]


def same_cells(letra: str, fila: int, texto: str, cuantas: int) -> list[str]:
    """La misma celda de texto, ``cuantas`` veces."""
    antes, despues = text_cell(f"{letra}*", texto).split("*", 1)
    return [f"{antes}{n}{despues}" for n in range(fila, fila + cuantas)]


def _has_delicados(textos: Sequence[str]) -> bool:
    """Si algún texto no puede ir tal cual: se pregunta por la columna entera, que casi nunca lo tiene."""
    juntos, primeras = "".join(textos), "".join([texto[:1] for texto in textos])
    octetos = juntos.encode()
    return (len(octetos.translate(None, _DELICADOS)) != len(octetos) or "_x" in juntos or "\ufffe" in juntos
            or "\uffff" in juntos or bool(primeras) and not primeras.isalnum()
            or not _BLANCOS.isdisjoint([texto[-1:] for texto in textos]))


def text_cell(lugar: str, texto: str, estilo: int = 0) -> str:
    """Una celda de texto, con lo que XML obliga a escribir de otro modo."""
    estilo = estilo or (CON_SIGNO if is_formula(texto) else 0)
    propio = f' s="{estilo}"' if estilo else ""
    return f'<c r="{lugar}"{propio} t="inlineStr"><is><t xml:space="preserve">{escape(texto)}</t></is></c>'


def number_cells(letra: str, fila: int, numeros: Sequence[str], estilo: int) -> list[str]:
    """Celdas de número, ya escritos con punto decimal; la vacía no ocupa nada."""
    return [f'<c r="{letra}{n}" s="{estilo}"><v>{numero}</v></c>' if numero else ""
            for n, numero in enumerate(numeros, fila)]


def escape(texto: str) -> str:
    """El texto dentro de un elemento o de un atributo. El salto de renglón es el de Excel, uno solo."""
    if "\r" in texto:
        texto = texto.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in texto or "<" in texto or ">" in texto or '"' in texto:
        texto = texto.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return _NO_CABEN.sub(_en_hexadecimal, texto)


def _en_hexadecimal(hallado: re.Match[str]) -> str:
    letras = hallado[0]
    return f"_x005F{letras}" if len(letras) > 1 else f"_x{ord(letras):04X}_"
