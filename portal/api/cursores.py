"""El cursor: una posición que solo tiene sentido para quien la dio. Se escribe opaco para que nadie lo arme a mano."""

from __future__ import annotations

import base64
import binascii
import re

from models.folios import MAXIMO
from models.publicados.corrido import Lugar
from portal.errores import NoSirve

MAL_HECHO = "Ese cursor no es de esta consulta: use el de «siguiente» o empiece sin él."

_FORMA = re.compile(r"([spqc])([0-9a-f]{1,12})\.([0-9a-f]{1,16})", re.ASCII)
_SUJETO_MAXIMO = 2**31 - 1


def write_cursor(lugar: Lugar, con_palabras: bool) -> str:
    """El cursor de una posición; el de una búsqueda por palabras no sirve en las demás, ni al revés."""
    return _write("q" if con_palabras else "p" if lugar.hacia_atras else "s", lugar.sujeto_id, lugar.id)


def read_cursor(dicho: str, con_palabras: bool) -> Lugar:
    """La posición de un cursor; ``NoSirve`` si está mal hecho o es de otra clase de consulta."""
    clase, sujeto, identificador = _read(dicho)
    if clase == "c" or (clase == "q") != con_palabras or sujeto > _SUJETO_MAXIMO:
        raise NoSirve("cursor", MAL_HECHO)
    return Lugar(sujeto, identificador, clase == "p")


def write_instante(instante: int, identificador: int) -> str:
    """El cursor de un cambio: cuándo fue, y cuál."""
    return _write("c", instante, identificador)


def read_instante(dicho: str) -> tuple[int, int]:
    """Lo contrario; ``NoSirve`` si está mal hecho o es de otra clase de consulta."""
    clase, instante, identificador = _read(dicho)
    if clase != "c":
        raise NoSirve("cursor", MAL_HECHO)
    return instante, identificador


def _write(clase: str, a: int, b: int) -> str:
    return base64.urlsafe_b64encode(f"{clase}{a:x}.{b:x}".encode()).decode().rstrip("=")


def _read(dicho: str) -> tuple[str, int, int]:
    try:
        claro = base64.b64decode(dicho[:80] + "=" * (-len(dicho[:80]) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise NoSirve("cursor", MAL_HECHO) from error
    partes = _FORMA.fullmatch(claro)
    if not partes or int(partes[3], 16) > MAXIMO:
        raise NoSirve("cursor", MAL_HECHO)
    return partes[1], int(partes[2], 16), int(partes[3], 16)
