"""La huella de lo que era público un día: quien la tenga puede comprobar que lo que leyó es lo que se guarda."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from models.folios import a_folio
from models.publicados.obligaciones import Obligacion
from models.publicados.registros import FilaPublica, Lapida


def line_of(fila: FilaPublica, retirado: Lapida | None = None) -> str:
    """El renglón de un registro: folio, versión y la huella de su contenido; de lo que se retiró, solo que se retiró."""
    if retirado is not None:
        return f"{a_folio(fila.id)} {fila.numero} retirado"
    return f"{a_folio(fila.id)} {fila.numero} {hashlib.sha256(fila.contenido.encode()).hexdigest()}"


def line_of_obligacion(obligacion: Obligacion) -> str:
    """El renglón de un formato: clave, situación, registros, instante del último cambio y, si no aplica, por qué."""
    fundamento = obligacion.no_aplica.fundamento if obligacion.no_aplica else ""
    return f"{obligacion.formato.clave} {obligacion.situacion} {obligacion.n} {obligacion.ultima} {fundamento}".rstrip()


def hash_lines(que: str, renglones: Iterable[str]) -> str:
    """SHA-256 (64 cifras hexadecimales) de ``que`` y sus renglones, uno por línea, en UTF-8."""
    return hashlib.sha256("\n".join([que, *renglones]).encode()).hexdigest()
