"""Las que llevan letras: CURP, RFC de una persona, clave de elector y correo particular."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.domain.personales.digitos import checks_curp, checks_rfc
from models.domain.personales.numeros import Hallado
from models.domain.personales.propios import PARTICULARES, Propios

_DIA = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ENTIDAD = r"(?:AS|BC|BS|CC|CL|CM|CS|CH|DF|DG|GT|GR|HG|JC|MC|MN|MS|NT|NL|OC|PL|QT|QR|SP|SL|SR|TC|TS|TL|VZ|YN|ZS|NE)"
_NADA_ANTES, _NADA_DESPUES = r"(?<![A-Z0-9Ñ&])", r"(?![A-Z0-9Ñ])"

_CURP = re.compile(
    rf"{_NADA_ANTES}[A-Z][AEIOUX][A-Z]{{2}}[ -]?\d{{2}}{_DIA}[ -]?"
    rf"[HMX]{_ENTIDAD}[B-DF-HJ-NP-TV-Z]{{3}}[ -]?[A-Z\d]\d{_NADA_DESPUES}")
_ELECTOR = re.compile(
    rf"{_NADA_ANTES}[A-ZÑ]{{6}}[ -]?\d{{2}}{_DIA}(?:0[1-9]|[12]\d|3[0-3]|8[78])[ -]?[HMX]\d{{3}}{_NADA_DESPUES}")
_RFC = re.compile(rf"{_NADA_ANTES}[A-ZÑ&]{{4}}[ -]?\d{{2}}{_DIA}[ -]?[A-Z\d]{{2}}[A\d]{_NADA_DESPUES}")
_GENERICOS = frozenset({"XAXX010101000", "XEXX010101000"})
_DICE_RFC = re.compile(r"\bRFC\b|R\.F\.C|REGISTRO FEDERAL|CAUSANTES|CONTRIBUYENTES")
_CORREO = re.compile(r"(?<![A-Z0-9._%+\-])[A-Z0-9._%+\-]{1,64}@([A-Z0-9.\-]{3,190}[A-Z])(?![A-Z0-9])")


def find_claves(texto: str, pista: str) -> Iterator[Hallado]:
    """CURP, clave de elector y RFC. ``texto`` y ``pista`` vienen en mayúsculas."""
    for hallada in _CURP.finditer(texto):
        if checks_curp(_junta(hallada[0])):
            yield "curp", *hallada.span()
    for hallada in _ELECTOR.finditer(texto):
        yield "clave_elector", *hallada.span()
    for hallada in _RFC.finditer(texto):
        if _es_rfc(_junta(hallada[0]), texto[max(0, hallada.start() - 40):hallada.start()], pista):
            yield "rfc", *hallada.span()


def find_correos(texto: str, propios: Propios) -> Iterator[Hallado]:
    """Los correos de los servicios donde cualquiera abre uno, que no sean los de la institución."""
    for hallado in _CORREO.finditer(texto):
        if PARTICULARES.fullmatch(hallado[1].lower()) and hallado[0].lower() not in propios.correos:
            yield "correo", *hallado.span()


def _es_rfc(dato: str, antes: str, pista: str) -> bool:
    """El que no cumple su dígito cuenta si se parece a uno y no a un número de expediente («LICO260115001»)."""
    if dato in _GENERICOS:
        return False
    if checks_rfc(dato) or _DICE_RFC.search(antes) or "RFC" in pista:
        return True
    return dato[1] in "AEIOUX" and not dato[10:].isdigit()


def _junta(escrito: str) -> str:
    return escrito.replace(" ", "").replace("-", "")
