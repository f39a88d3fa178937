"""Textos con espacios de más, letras dañadas, o sin la forma que su campo pide cuando solo les sobra un guion."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectura import leer
from models.hojas.receta.clases import Clase
from models.hojas.receta.letras import fix_letras, has_blancos, has_mojibake, squeeze, to_renglon


def classify_texto(campo: Campo, crudo: Any, dato: Any) -> Clase | None:
    """``mojibake`` o ``espacios`` si el texto, que se puede guardar así, los trae; ``fecha`` si Excel lo volvió una."""
    if not isinstance(crudo, str):
        return Clase.FECHA if isinstance(crudo, dt.date) else None
    if has_mojibake(dato):
        return Clase.MOJIBAKE
    return Clase.ESPACIOS if has_blancos(dato) else None


def repair_texto(campo: Campo, crudo: Any) -> tuple[str, Clase] | None:
    """El texto arreglado y de qué; ``None`` si no hay nada que arreglarle."""
    if isinstance(crudo, dt.datetime):
        con_hora = crudo.hour or crudo.minute
        return (f"{crudo:%d/%m}/{crudo.year:04}{crudo: %H:%M}" if con_hora else f"{crudo:%d/%m}/{crudo.year:04}"), Clase.FECHA
    if isinstance(crudo, dt.date):
        return f"{crudo:%d/%m}/{crudo.year:04}", Clase.FECHA
    if not isinstance(crudo, str):
        return None
    letras = fix_letras(crudo)
    limpio = to_renglon(letras) if campo.tipo is TipoCampo.TEXTO else squeeze(letras)
    if _se_lee(campo, limpio):
        return (limpio, Clase.MOJIBAKE if letras != crudo else Clase.ESPACIOS) if limpio != crudo.strip() else None
    return _con_forma(campo, limpio)


def _con_forma(campo: Campo, texto: str) -> tuple[str, Clase] | None:
    """Si el campo pide una forma (un RFC, una clave) y el texto la tiene en mayúsculas y sin guiones ni espacios."""
    if not campo.patron or len(texto) > 60:
        return None
    pegado = re.sub(r"[ ./_–—-]", "", texto)
    buenos = {manera for manera in (texto.upper(), pegado, pegado.upper(), texto.strip(" .,;:'"), texto.strip(" .,;:'").upper())
              if _se_lee(campo, manera)}
    return (buenos.pop(), Clase.FORMA) if len(buenos) == 1 else None


def _se_lee(campo: Campo, texto: str) -> bool:
    try:
        return leer(campo, texto) is not None
    except DatoInvalido:
        return False
