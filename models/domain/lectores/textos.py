"""Lee textos: de un renglón, largos y notas. Cuida la longitud y el patrón del campo."""

from functools import lru_cache
from typing import Any

import re2

from fracciones_config import Campo
from models.domain.lectores.crudo import DatoInvalido, citar, to_linea, to_parrafo


def read_texto(campo: Campo, crudo: Any) -> str:
    """Un texto de un solo renglón, en NFC y sin blancos en las orillas."""
    return _revisar(campo, to_linea(crudo))


def read_texto_largo(campo: Campo, crudo: Any) -> str:
    """Un texto que puede llevar saltos de renglón (``\\n``) y tabuladores."""
    return _revisar(campo, to_parrafo(crudo))


def _revisar(campo: Campo, texto: str) -> str:
    if campo.largo and len(texto) > campo.largo:
        sobran = len(texto) - campo.largo
        raise DatoInvalido(f"El texto tiene {len(texto):,} caracteres y caben {campo.largo:,}: "
                           f"{'sobra' if sobran == 1 else 'sobran'} {sobran:,}.")
    if campo.patron and not _patron(campo.patron).fullmatch(texto):
        raise DatoInvalido(f"{citar(texto)} no tiene la forma esperada: {campo.patron_dice}.")
    return texto


@lru_cache(maxsize=2_000)
def _patron(patron: str) -> Any:
    """La expresión compilada por RE2, que nunca tarda más que en proporción al texto."""
    opciones = re2.Options()
    opciones.log_errors = False
    return re2.compile(patron, opciones)
