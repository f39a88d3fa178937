"""Lo que se elige de una lista —opciones, sí o no, periodos, nombres— escrito casi como está en ella."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.domain.lectores.crudo import DatoInvalido, is_blank, plegar
from models.domain.lectores.listas import read_opcion
from models.domain.periods import MESES, etiqueta, find_clave
from models.hojas.receta.contexto import ContextoDeReceta
from models.hojas.receta.letras import to_renglon
from models.hojas.receta.palabras import palabras_de, same_en_orden

_NUMERADA = re.compile(r"\(?(?:[0-9]{1,3}|[a-z])[.)\-: ]+ ?(.{3,})", re.IGNORECASE)
_SI = frozenset({"si", "s", "x", "✓", "✔", "☑", "✅", "yes", "y", "verdadero", "true"})
_NO = frozenset({"no", "n", "✗", "✘", "☐", "❌", "falso", "false"})

_CARDINALES = {"1": 1, "i": 1, "1er": 1, "1o": 1, "1ro": 1, "primer": 1, "primero": 1, "2": 2, "ii": 2, "2o": 2, "2do": 2,
               "segundo": 2, "3": 3, "iii": 3, "3er": 3, "3o": 3, "3ro": 3, "tercer": 3, "tercero": 3, "4": 4, "iv": 4, "4o": 4,
               "4to": 4, "cuarto": 4}
_CADA = (("trimestre", "T"), ("semestre", "S"))
_MESES = {parte: n for n, mes in enumerate(MESES, start=1) for parte in (mes, mes[:3])} | {"sept": 9, "setiembre": 9}
_TRAMO = re.compile(r"([a-z]+)\.? ?(?:-|–|/|a|al|y) ?([a-z]+)\.?")
_CON_ANIO = re.compile(r"(.*?)[ ,]*(?:del? )?(?:ano )?((?:19|20)[0-9]{2})")
_ANUAL = frozenset({"ano", "anio", "anualidad", "ejercicio", "enero-diciembre"})


def is_opcion_oficial(campo: Campo, crudo: Any) -> bool:
    """Si se escribió la etiqueta o la clave, letra por letra."""
    return not isinstance(crudo, str) or crudo.strip() in _exactas(tuple(campo.opciones.items()))


def are_opciones_oficiales(campo: Campo, crudo: Any) -> bool:
    """Si cada parte, separada con ``;``, es una etiqueta o una clave, letra por letra."""
    if not isinstance(crudo, str) or is_opcion_oficial(campo, crudo):
        return True
    return all(is_opcion_oficial(campo, parte) for parte in re.split(r"[;\n]", crudo) if not is_blank(parte))


def is_si_no_oficial(crudo: Any) -> bool:
    """Si dice «Sí» o «No», o es una casilla."""
    return crudo.strip() in ("Sí", "No") if isinstance(crudo, str) else isinstance(crudo, bool)


def is_periodo_oficial(crudo: Any, dato: str) -> bool:
    """Si se escribió su clave o su nombre, letra por letra."""
    return isinstance(crudo, str) and crudo.strip() in (dato, etiqueta(dato))


def write_opciones(campo: Campo, claves: list[str]) -> str:
    """Las opciones como se pide escribirlas; por su clave si alguna etiqueta lleva ``;``."""
    con_etiqueta = [campo.opciones[clave] for clave in claves]
    return "; ".join(claves if any(";" in una for una in con_etiqueta) and len(claves) > 1 else con_etiqueta)


def guess_opcion(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"Licitacion Publica"``, ``"1. Licitación pública"``, ``"Licitaciones públicas"`` → ``"Licitación pública"``."""
    clave = _una(campo, to_renglon(crudo)) if isinstance(crudo, str) else None
    return None if clave is None else campo.opciones[clave]


def guess_opciones(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """Todas sus partes, separadas con ``;``, coma o renglón; si una no se entiende, ninguna."""
    if not isinstance(crudo, str):
        return None
    for separador in (r"[;\n]", r"[;,\n]", r"[;,/|\n]"):
        partes = [to_renglon(parte) for parte in re.split(separador, crudo) if not is_blank(parte)]
        claves = [clave for parte in partes if (clave := _una(campo, parte)) is not None]
        if claves and len(claves) == len(partes):
            return write_opciones(campo, [clave for clave in campo.opciones if clave in claves])
    return None


def guess_si_no(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"X"``, ``"✓"``, ``"sí."`` → ``"Sí"``."""
    palabra = plegar(to_renglon(crudo)).strip(" .,;!()[]") if isinstance(crudo, str) else ""
    return "Sí" if palabra in _SI else "No" if palabra in _NO else None


def guess_periodo(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"1er trim"``, ``"enero-marzo"``, ``"T-1"`` → ``"1.er trimestre"``; con año, solo si es el del libro."""
    if not isinstance(crudo, str):
        return None
    texto = plegar(to_renglon(crudo)).strip(" .,")
    clave = _periodo(texto)
    if clave is None and (partes := _CON_ANIO.fullmatch(texto)) and int(partes[2]) == contexto.ejercicio:
        clave = _periodo(partes[1].strip(" .,"))
    return etiqueta(clave) if clave else None


def guess_nombre(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """El nombre de un área, persona u órgano, como está registrado."""
    nombres = contexto.nombres.get(campo.tipo)
    folio = nombres.guess(crudo) if nombres is not None and isinstance(crudo, str) else None
    return nombres.write(folio) if nombres is not None and folio is not None else None


def is_nombre_oficial(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> bool:
    """Si el nombre se reconoce tal como se escribió."""
    nombres = contexto.nombres.get(TipoCampo(campo.tipo))
    return nombres is not None and isinstance(crudo, str) and nombres.find(crudo) is not None


def _una(campo: Campo, texto: str) -> str | None:
    """La clave de la única opción que se pudo querer escribir."""
    for manera in dict.fromkeys((texto, texto.strip(" .,;:«»\"'-"), *_sin_numero(texto))):
        try:
            return read_opcion(campo, manera)
        except DatoInvalido:
            continue
    palabras = palabras_de(texto)
    cercanas = {clave for clave, etiqueta_ in campo.opciones.items()
                if palabras and same_en_orden(palabras, palabras_de(etiqueta_))}
    return cercanas.pop() if len(cercanas) == 1 else None


def _sin_numero(texto: str) -> tuple[str, ...]:
    partes = _NUMERADA.fullmatch(texto)
    return (partes[1],) if partes else ()


def _periodo(texto: str) -> str | None:
    if clave := find_clave(texto):
        return clave
    if texto in _ANUAL:
        return "A"
    if (partes := _TRAMO.fullmatch(texto)) and partes[1] in _MESES and partes[2] in _MESES:
        return _de_meses(_MESES[partes[1]], _MESES[partes[2]])
    return _de_ordinal([parte for parte in re.split(r"[ .\-]+", texto) if parte])


def _de_meses(primero: int, ultimo: int) -> str | None:
    dura = ultimo - primero + 1
    letra = {3: "T", 6: "S", 12: "A"}.get(dura)
    if letra is None or primero % dura != 1:
        return None
    return "A" if letra == "A" else f"{letra}{ultimo // dura}"


def _de_ordinal(partes: list[str]) -> str | None:
    """«1er trim», «trim 1», «1t», «t 1»."""
    if len(partes) == 1 and len(partes[0]) == 2 and partes[0][0].isdigit():
        partes = [partes[0][0], partes[0][1]]
    if len(partes) != 2:
        return None
    for ordinal, cosa in (partes, partes[::-1]):
        letra = next((letra for nombre, letra in _CADA if nombre.startswith(cosa) and (len(cosa) == 1 or len(cosa) >= 3)), None)
        if letra and ordinal in _CARDINALES:
            clave = f"{letra}{_CARDINALES[ordinal]}"
            return clave if letra == "T" or clave in ("S1", "S2") else None
    return None


@lru_cache(maxsize=2_000)
def _exactas(opciones: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(parte for opcion in opciones for parte in opcion)
