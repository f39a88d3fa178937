"""Una celda ya leída, lista para juntarse con las demás de su renglón: su pedazo de JSON, su columna física y sus palabras.

El renglón no se vuelve a pasar a JSON: su contenido es la unión de los pedazos, en el orden de las llaves. Lo raro de una celda
(un error, una corrección, un dato personal) va aparte, en ``Novedad``; casi ninguna la lleva.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from json.encoder import encode_basestring
from typing import Any, NamedTuple

import orjson

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import Dato
from models.busqueda.normalizador import partir
from models.columnas import a_columna
from models.domain.personales import Hallazgo, Propios, find_en_datos, find_en_texto
from models.domain.personales.escrutinio import MODOS, Modo
from models.domain.repetidos import identifying_part
from models.presentacion.textos import texto


@dataclass(frozen=True, slots=True)
class Falla:
    """Algo mal en una celda. ``renglon`` (su fila) y ``columna`` dicen cuál, si es de la hoja de una tabla."""

    mensaje: str
    clase: str = "valor"
    leido: str = ""
    renglon: int | None = None
    columna: str | None = None


@dataclass(frozen=True, slots=True)
class Correccion:
    """Lo que se propone escribir en vez de lo leído."""

    clase: str
    leido: str
    queda: str
    aceptada: bool
    renglon: int | None = None
    columna: str | None = None


@dataclass(frozen=True, slots=True)
class Novedad:
    """Lo raro de una celda. ``causa``: dice por qué está vacía; ``incompleta``: una tabla a la que algo le falta;
    ``archivo``: el nombre de uno, con su folio si ya llegó; ``filas``: de dónde salió cada renglón de una tabla."""

    fallas: tuple[Falla, ...] = ()
    correcciones: tuple[Correccion, ...] = ()
    hallazgos: tuple[Hallazgo, ...] = ()
    causa: str = ""
    incompleta: bool = False
    archivo: tuple[str, str | None] | None = None
    filas: tuple[int, ...] = ()


class Celda(NamedTuple):
    """``datos`` y ``huella`` son ``"campo":valor`` en JSON (en la huella, de una referencia solo va lo que la identifica)."""

    datos: str
    huella: str
    columna: Any
    palabras: str
    dato: Dato | None
    novedad: Novedad | None


BLANCA = Celda("", "", None, "", None, None)
Lector = Callable[[Any], Celda]
_nueva: Any = tuple.__new__
"""Hacer una ``Celda`` de sus partes sin pasar por Python: se hacen millones."""


class _Trozos(dict[str, str]):
    """De cada trozo de texto a sus palabras, recordado; los que acaban en cifras casi nunca se repiten."""

    def __missing__(self, trozo: str) -> str:
        palabras = " ".join(partir(trozo))
        if not trozo[-1].isdigit() and len(self) < 100_000:
            self[trozo] = palabras
        return palabras


_trozos = _Trozos()
_TAL_CUAL = frozenset({
    TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO, TipoCampo.NOTA, TipoCampo.URL, TipoCampo.CORREO, TipoCampo.TELEFONO,
    TipoCampo.HORA})
"""Los que se leen, se buscan y van a su columna tal como son."""

_A_SU_COLUMNA = _TAL_CUAL | {TipoCampo.FECHA, TipoCampo.OPCION, TipoCampo.PERIODO, TipoCampo.ENTERO, TipoCampo.ANIO,
                             TipoCampo.SI_NO}
"""Los que van a su columna tal como son (la fecha, como texto ISO)."""


def words_of(escrito: str) -> str:
    """Las palabras de un texto, con un blanco entre una y otra: las mismas que da ``normalizador.tokens``."""
    return " ".join(filter(None, map(_trozos.__getitem__, escrito.split())))


def find_personales(campo: Campo, propios: Propios) -> Callable[[Any], tuple[Hallazgo, ...]] | None:
    """Con qué se buscan datos personales en un dato de ese campo; ``None`` si en él no se buscan."""
    if campo.tipo in (TipoCampo.TABLA, TipoCampo.ARCHIVO):
        solo = Formato.model_construct(campos=(campo,))
        return lambda dato: find_en_datos(solo, {campo.nombre: dato}, propios)
    if MODOS[campo.tipo] is Modo.NADA or campo.datos_personales == "permitir":
        return None
    return lambda dato: find_en_texto(dato, campo, propios)


class Armador:
    """De un dato de un campo a su celda."""

    def __init__(self, campo: Campo, propios: Propios) -> None:
        self.campo, self._llave = campo, f'"{campo.nombre}":'
        self._escanear = find_personales(campo, propios)
        self._a_columna = _columna_de(campo)
        self._busca, self._tal_cual = campo.se_busca, campo.tipo in _TAL_CUAL

    def build(self, dato: Any, novedad: Novedad | None = None) -> Celda:
        """La celda de un dato; ``novedad`` lleva lo que ya se sabe de ella, y aquí se le agregan los datos personales."""
        if self._escanear is not None and (hallazgos := self._escanear(dato)):
            novedad = _con_hallazgos(novedad, hallazgos)
        if dato.__class__ is str:
            pedazo = huella = self._llave + encode_basestring(dato)
        else:
            pedazo = self._llave + orjson.dumps(dato, option=orjson.OPT_SORT_KEYS).decode()
            huella = self._llave + orjson.dumps(identifying_part(dato), option=orjson.OPT_SORT_KEYS).decode()
        palabras = "" if not self._busca else words_of(dato if self._tal_cual else texto(self.campo, dato))
        columna = dato if self._a_columna is None else self._a_columna(dato)
        celda: Celda = _nueva(Celda, (pedazo, huella, columna, palabras, dato, novedad))
        return celda


def _columna_de(campo: Campo) -> Callable[[Any], Any] | None:
    """Cómo va el dato a su columna física; ``None``: tal como es. Lo mismo que ``models.columnas.a_columna``."""
    if campo.tipo in _A_SU_COLUMNA:
        return None
    if campo.tipo is TipoCampo.MONEDA:
        return lambda dato: int(dato.replace(".", ""))
    return lambda dato: a_columna(campo, dato)


def _con_hallazgos(novedad: Novedad | None, hallazgos: tuple[Hallazgo, ...]) -> Novedad:
    return Novedad(hallazgos=hallazgos) if novedad is None else replace(novedad, hallazgos=hallazgos)
