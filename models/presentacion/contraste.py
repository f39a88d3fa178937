"""Qué cambia entre lo que ve la ciudadanía y lo que se publicaría: palabra por palabra y renglón por renglón."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.diferencias import Cambio, diferencias
from models.presentacion.textos import texto, texto_vacio

CON_PALABRAS = frozenset({TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO, TipoCampo.NOTA})
PALABRAS_MAXIMO = 600
"""Palabras de un texto que se comparan una por una; más allá, se enseña entero."""

PARECIDO = 0.4
"""De 0 a 1: con menos palabras en común, los dos textos se enseñan enteros."""

_PIEZA = re.compile(r"\s+|\w+(?:[.,:/@-]\w+)*|[^\w\s]+")
"""Un blanco, una palabra o cifra (``1,234.50``), o los signos que van pegados a ella: agregar una coma no cambia la palabra."""

Trozo = tuple[str, bool]
"""(texto, si es lo que cambió)."""


@dataclass(frozen=True, slots=True)
class Renglones:
    """Una tabla comparada: los renglones que se quitan y los que se agregan, celda por celda."""

    columnas: list[str]
    quitados: list[list[str]]
    agregados: list[list[str]]


@dataclass(frozen=True, slots=True)
class Contraste:
    """Un campo que cambia. ``clase``: ``agregado``, ``quitado`` o ``cambiado``. Los archivos van también como dato."""

    nombre: str
    etiqueta: str
    clase: str
    antes: list[Trozo] = field(default_factory=list)
    ahora: list[Trozo] = field(default_factory=list)
    renglones: Renglones | None = None
    archivo_antes: Mapping[str, Any] | None = None
    archivo_ahora: Mapping[str, Any] | None = None


def contrasts_of(
    formato: Formato, publico: tuple[Mapping[str, Any], Mapping[str, Any]], nuevo: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> list[Contraste]:
    """Los campos que cambian de lo público a lo nuevo; cada uno como ``(datos, vacios)``."""
    return [_contrast(formato.por_nombre.get(cambio.campo), cambio)
            for cambio in diferencias(formato, publico[0], nuevo[0], publico[1], nuevo[1])]


def _contrast(campo: Campo | None, cambio: Cambio) -> Contraste:
    if campo is None:
        return Contraste(cambio.campo, "Un dato que el formato ya no pide", "quitado")
    antes, ahora = _leido(campo, cambio.antes, cambio.vacio_antes), _leido(campo, cambio.ahora, cambio.vacio_ahora)
    clase = "agregado" if not antes else "quitado" if not ahora else "cambiado"
    if campo.tipo is TipoCampo.TABLA and (cambio.antes or cambio.ahora):
        return Contraste(campo.nombre, campo.etiqueta, clase, renglones=_rows(campo, cambio.antes or [], cambio.ahora or []))
    if campo.tipo in CON_PALABRAS and clase == "cambiado":
        trozos = by_words(antes, ahora)
        return Contraste(campo.nombre, campo.etiqueta, clase, *trozos)
    return Contraste(campo.nombre, campo.etiqueta, clase, _entero(antes), _entero(ahora),
                     archivo_antes=_archivo(campo, cambio.antes), archivo_ahora=_archivo(campo, cambio.ahora))


def by_words(antes: str, ahora: str) -> tuple[list[Trozo], list[Trozo]]:
    """Los dos textos en trozos, con lo que cambió señalado. Si casi todo cambió, enteros: lo mezclado no se entiende."""
    viejas, nuevas = _PIEZA.findall(antes), _PIEZA.findall(ahora)
    if len(viejas) + len(nuevas) > PALABRAS_MAXIMO:
        return _entero(antes), _entero(ahora)
    if difflib.SequenceMatcher(None, antes.split(), ahora.split(), autojunk=False).ratio() < PARECIDO:
        return _entero(antes), _entero(ahora)
    emparejador = difflib.SequenceMatcher(None, viejas, nuevas, autojunk=False)
    de_antes: list[Trozo] = []
    de_ahora: list[Trozo] = []
    for que, i1, i2, j1, j2 in emparejador.get_opcodes():
        de_antes += [("".join(viejas[i1:i2]), que != "equal")] if i2 > i1 else []
        de_ahora += [("".join(nuevas[j1:j2]), que != "equal")] if j2 > j1 else []
    return de_antes, de_ahora


def _entero(leido: str) -> list[Trozo]:
    return [(leido, True)] if leido else []


def _leido(campo: Campo, dato: Any, vacio: Mapping[str, str] | None) -> str:
    if dato is None:
        return texto_vacio(vacio) if vacio else ""
    return texto(campo, dato)


def _archivo(campo: Campo, dato: Any) -> Mapping[str, Any] | None:
    return dato if campo.tipo is TipoCampo.ARCHIVO and isinstance(dato, dict) else None


def _rows(campo: Campo, antes: Any, ahora: Any) -> Renglones:
    """Un renglón corregido se lee como uno que se quita y otro que se agrega."""
    viejos, nuevos = ([tuple(texto(c, renglon.get(c.nombre)) for c in campo.campos) for renglon in lado]
                      for lado in (antes, ahora))
    quitados, agregados = Counter(viejos) - Counter(nuevos), Counter(nuevos) - Counter(viejos)
    return Renglones([c.etiqueta for c in campo.campos], [list(r) for r in quitados.elements()],
                     [list(r) for r in agregados.elements()])
