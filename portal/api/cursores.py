"""El cursor: una posición que solo tiene sentido para quien la dio. Se escribe opaco para que nadie lo arme a mano."""

from __future__ import annotations

import base64
import binascii
import re

from models.folios import MAXIMO
from models.publicados import copias
from models.publicados.corrido import Lugar
from models.publicados.corrido_al_dia import LugarAlDia
from portal.errores import NoSirve

MAL_HECHO = "Ese cursor no es de esta consulta: use el de «siguiente» o empiece sin él."

_FORMA = re.compile(r"([spqc])([0-9a-f]{1,12})\.([0-9a-f]{1,16})", re.ASCII)
_DE_TRES = re.compile(r"([da])([0-9a-f]{1,8})\.([0-9a-f]{1,12})\.([0-9a-f]{1,16})", re.ASCII)
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


def write_copia(lugar: copias.Lugar) -> str:
    """El cursor de lo que cambió: la institución, cuándo y qué registro."""
    punto = lugar.punto or copias.Punto(0, 0)
    return _encode(f"d{lugar.sujeto_id:x}.{punto.instante:x}.{punto.id:x}")


def read_copia(dicho: str) -> copias.Lugar:
    """Lo contrario; ``NoSirve`` si está mal hecho o es de otra clase de consulta."""
    sujeto, instante, identificador = _read_tres(dicho, "d")
    return copias.Lugar(sujeto, copias.Punto(instante, identificador) if instante else None)


def write_al_dia(lugar: LugarAlDia) -> str:
    """El cursor de lo que era público un día: la institución, el año y el último registro visto."""
    return _encode(f"a{lugar.sujeto_id:x}.{lugar.ejercicio:x}.{lugar.id or 0:x}")


def read_al_dia(dicho: str) -> LugarAlDia:
    """Lo contrario."""
    sujeto, ejercicio, identificador = _read_tres(dicho, "a")
    return LugarAlDia(sujeto, ejercicio, identificador or None)


def _write(clase: str, a: int, b: int) -> str:
    return _encode(f"{clase}{a:x}.{b:x}")


def _encode(claro: str) -> str:
    return base64.urlsafe_b64encode(claro.encode()).decode().rstrip("=")


def _read_tres(dicho: str, clase: str) -> tuple[int, int, int]:
    partes = _DE_TRES.fullmatch(_decode(dicho))
    if not partes or partes[1] != clase:
        raise NoSirve("cursor", MAL_HECHO)
    sujeto, medio, identificador = (int(parte, 16) for parte in partes.groups()[1:])
    if sujeto > _SUJETO_MAXIMO or identificador > MAXIMO:
        raise NoSirve("cursor", MAL_HECHO)
    return sujeto, medio, identificador


def _read(dicho: str) -> tuple[str, int, int]:
    partes = _FORMA.fullmatch(_decode(dicho))
    if not partes or int(partes[3], 16) > MAXIMO:
        raise NoSirve("cursor", MAL_HECHO)
    return partes[1], int(partes[2], 16), int(partes[3], 16)


def _decode(dicho: str) -> str:
    try:
        return base64.b64decode(dicho[:80] + "=" * (-len(dicho[:80]) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise NoSirve("cursor", MAL_HECHO) from error
