"""Qué pasaría si se cargara una hoja: lo nuevo, lo que cambia, lo que ya está igual y lo que no cabe, celda por celda.

Aquí no se escribe nada. Sirve al organigrama y al directorio: lo que sabe de cada uno está en ``cotejo_de_areas`` y
``cotejo_de_personas``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.lectura import DatoInvalido, leer
from models.folios import a_folio
from models.hojas.lectura import HojaRechazada, read_filas
from models.hojas.maestros.areas import Lugar
from models.hojas.maestros.columnas import campos_de, match_encabezados

FILAS, COLUMNAS = 3000, 60
"""Renglones y columnas de una hoja, cuando más."""

NUEVO, CAMBIA, IGUAL, NO_CABE = "nuevo", "cambia", "igual", "no_cabe"


@dataclass(slots=True)
class Renglon:
    """Una fila con algo escrito. ``crudo`` es lo tecleado por campo; ``datos``, lo leído, sin referencias; ``refs``, a qué
    áreas apunta. ``previo`` es lo que el registro dice hoy."""

    fila: int
    crudo: dict[str, str]
    folio: str = ""
    columnas: Mapping[str, int] = field(default_factory=dict)
    id: int | None = None
    lugar: Lugar | None = None
    datos: dict[str, Any] = field(default_factory=dict)
    refs: dict[str, Lugar] = field(default_factory=dict)
    previo: dict[str, Any] = field(default_factory=dict)
    vacios: dict[str, Any] = field(default_factory=dict)
    version: int | None = None
    problemas: list[tuple[str, str]] = field(default_factory=list)
    accion: str = NO_CABE
    cambios: list[str] = field(default_factory=list)

    @property
    def nombre(self) -> str:
        """Como se le llama en la pantalla."""
        partes = (self.crudo.get(parte, "") for parte in ("nombre", "primer_apellido", "segundo_apellido"))
        return " ".join(filter(None, partes))[:200] or f"Fila {self.fila}"

    def note(self, campo: str, mensaje: str) -> None:
        """Apunta un problema en la celda de un campo; si la hoja no trae esa columna, en la fila."""
        letra = get_column_letter(self.columnas[campo] + 1) if campo in self.columnas else ""
        self.problemas.append((f"{letra}{self.fila}" if letra else f"fila {self.fila}", mensaje))

    def merged(self) -> dict[str, Any]:
        """Lo que quedaría guardado; lo que la hoja deja en blanco sigue como estaba."""
        refs = {nombre: {"id": a_folio(lugar.id), "texto": lugar.nombre} for nombre, lugar in self.refs.items()
                if lugar.id is not None}
        return self.previo | self.datos | refs


@dataclass(slots=True)
class Plan:
    """El plan de una hoja. ``ajenos`` son los encabezados que no se usaron."""

    renglones: list[Renglon]
    ajenos: list[str] = field(default_factory=list)

    def de(self, accion: str) -> list[Renglon]:
        return [renglon for renglon in self.renglones if renglon.accion == accion]

    @property
    def por_hacer(self) -> list[Renglon]:
        """Lo nuevo y lo que cambia, con las superiores antes que las que dependen de ellas."""
        hechas: set[int] = set()
        orden: list[Renglon] = []
        por_lugar = {id(r.lugar): r for r in self.renglones if r.lugar is not None}
        for renglon in self.de(NUEVO) + self.de(CAMBIA):
            pila = [renglon]
            while pila:
                actual = pila[-1]
                antes = [por_lugar[id(lugar)] for lugar in actual.refs.values() if lugar.id is None and id(lugar) in por_lugar]
                faltan = [otro for otro in antes if otro.fila not in hechas and otro not in pila]
                if faltan:
                    pila.append(faltan[0])
                    continue
                pila.pop()
                if actual.fila not in hechas:
                    hechas.add(actual.fila)
                    orden.append(actual)
        return orden

    @property
    def huella(self) -> str:
        """Lo que distingue este plan de otro: quien confirma dice cuál vio."""
        visto = [(r.fila, r.accion, r.cambios, r.problemas) for r in self.renglones]
        return hashlib.sha256(repr(visto).encode()).hexdigest()[:16]


def read_renglones(contenido: bytes, formato: Formato) -> tuple[list[Renglon], list[str]]:
    """Los renglones de un libro con cada celda ya leída, y los encabezados ajenos. Lanza ``HojaRechazada``."""
    filas = read_filas(contenido, FILAS + 2, COLUMNAS, formulas=True)
    if not filas:
        raise HojaRechazada("La primera hoja del libro está vacía.")
    hallados, ajenos = match_encabezados(filas[0], formato)
    columnas = {campo.nombre: numero for numero, campo in hallados.items() if campo is not None}
    renglones = []
    for numero, fila in enumerate(filas[1:], start=2):
        dichas = {columna: fila[columna].strip() for columna in hallados if columna < len(fila) and fila[columna].strip()}
        renglon = _read_renglon(numero, dichas, hallados, columnas)
        if dichas and not _es_ejemplo(renglon, formato):
            renglones.append(renglon)
    if len(filas) > FILAS + 1:
        raise HojaRechazada(f"La hoja trae más de {FILAS:,} renglones. Divídala y súbala por partes.")
    if not renglones:
        raise HojaRechazada("La hoja trae los encabezados y ningún renglón debajo.")
    return renglones, ajenos


def _read_renglon(
    fila: int, dichas: Mapping[int, str], hallados: Mapping[int, Campo | None], columnas: Mapping[str, int],
) -> Renglon:
    renglon = Renglon(fila, {}, columnas=columnas)
    for numero, texto in dichas.items():
        campo = hallados[numero]
        if campo is None:
            renglon.folio = texto
            continue
        renglon.crudo[campo.nombre] = texto
        if texto.startswith("="):
            renglon.note(campo.nombre, "La celda trae una fórmula. Cópiela y péguela como valor.")
        elif campo.tipo is not TipoCampo.AREA:
            try:
                renglon.datos[campo.nombre] = leer(campo, texto)
            except DatoInvalido as error:
                renglon.note(campo.nombre, f"{campo.etiqueta}: {error}")
    return renglon


def _es_ejemplo(renglon: Renglon, formato: Formato) -> bool:
    """El renglón de ejemplo de la plantilla, tal como venía, no se carga."""
    return not renglon.folio and renglon.crudo == {c.nombre: c.ejemplo for c in campos_de(formato) if c.ejemplo}


def settle(renglones: list[Renglon], formato: Formato) -> None:
    """Decide la suerte de cada renglón, ya con sus referencias y lo que había antes."""
    for renglon in renglones:
        if renglon.problemas:
            renglon.accion = NO_CABE
            continue
        cambian = [nombre for nombre, dato in renglon.datos.items() if renglon.previo.get(nombre) != dato]
        cambian += [nombre for nombre, lugar in renglon.refs.items() if not _es_la_misma(renglon.previo.get(nombre), lugar)]
        renglon.cambios = [formato.por_nombre[nombre].etiqueta for nombre in formato.por_nombre if nombre in cambian]
        if renglon.id is None:
            renglon.accion = NUEVO
        elif renglon.version is None:
            renglon.accion, renglon.cambios = CAMBIA, ["Su registro, que todavía no existía"]
        else:
            renglon.accion = CAMBIA if renglon.cambios else IGUAL


def _es_la_misma(previa: Any, lugar: Lugar) -> bool:
    return bool(previa and lugar.id is not None and previa.get("id") == a_folio(lugar.id))
