"""El libro hecho de nuevo, con la disposición de la casa: para los que no son .xlsx, o para llevar solo los renglones malos.

Las celdas van como la persona las escribió; cada falta cambia de lugar con la suya.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fracciones_config import TipoCampo
from fracciones_config.tipos import MAESTROS
from models.folios import de_folio
from models.hojas.disposicion import (
    BAJA,
    BAJA_MOTIVO,
    ID,
    VERSION,
    Identidad,
    hoja_principal,
    hojas_de_tablas,
)
from models.hojas.errores.celdas import column_of, letters_of, split_celda
from models.hojas.errores.expedido import Expedido
from models.hojas.errores.faltas import Falta
from models.hojas.libros.apertura import Libro, open_libro
from models.hojas.nuestras import CATALOGOS, IDENTIDAD
from models.hojas.plantillas.celdas import FECHA
from models.hojas.plantillas.columnas import Contexto, columns_of, columns_of_tabla
from models.hojas.plantillas.escritor import Libro as Escrito
from models.hojas.plantillas.hojas import NUMERO, Hoja
from models.hojas.plantillas.listas import Listas
from models.hojas.plantillas.nombres import Nombres as Escritos
from models.hojas.receta.nombres import Nombres
from models.hojas.revision.pedido import Maestro, Pedido
from models.hojas.revision.subtablas import key_of


@dataclass(frozen=True, slots=True)
class Rehecho:
    """Lo que se escribió: sus hojas de datos, y a dónde fue a dar cada fila y cada columna de las de antes."""

    hojas: tuple[str, ...]
    filas: Mapping[tuple[str, int], tuple[str, int]]
    columnas: Mapping[tuple[str, int], int]

    def move(self, faltas: Iterable[Falta]) -> list[Falta]:
        """Las faltas de los renglones que van, en su nuevo lugar."""
        return [nueva for falta in faltas if (nueva := self._move(falta)) is not None]

    def _move(self, falta: Falta) -> Falta | None:
        if falta.celda is None:
            return falta
        fila, columna = split_celda(falta.celda)
        if (falta.hoja, fila) not in self.filas:
            return None
        hoja, nueva = self.filas[falta.hoja, fila]
        return replace(falta, hoja=hoja, celda=f"{letters_of(self.columnas.get((falta.hoja, columna), 1))}{nueva}")


def rewrite_libro(original: Path, forma: str, destino: Path, expedido: Expedido, pedido: Pedido, solo: Collection[int] | None
                  ) -> Rehecho:
    """Escribe el libro con todos sus renglones, o con las filas de ``solo`` y las que les tocan en sus tablas."""
    formato, contexto = pedido.formato, _contexto(pedido)
    de_antes, nombres = open_libro(original, forma), hojas_de_tablas(formato)
    identidad = Identidad(formato.clave, pedido.numero, pedido.siglas, pedido.ejercicio, pedido.periodo)
    with destino.open("wb") as archivo:
        libro, listas = Escrito(archivo, str(identidad), formato.nombre), Listas()
        _ = listas.causas
        principal = Hoja(libro, libro.add_worksheet(hoja_principal(formato)), columns_of(contexto))
        tablas = {nombre: Hoja(libro, libro.add_worksheet(hoja),
                               [NUMERO, *columns_of_tabla(formato.por_nombre[nombre], contexto)])
                  for nombre, hoja in nombres.items()}
        catalogos, propia = libro.add_worksheet(CATALOGOS), libro.add_worksheet(IDENTIDAD)
        principal.write_encabezados(listas, (VERSION, BAJA, BAJA_MOTIVO))
        for hoja in tablas.values():
            hoja.write_encabezados(listas)
        traslado = _Traslado(de_antes, expedido)
        usados = traslado.copy(expedido.principal, principal, expedido.filas() if solo is None else solo, tuple(tablas))
        for nombre, hoja in tablas.items():
            if nombre in expedido.tablas:
                traslado.copy_tabla(expedido.tablas[nombre], hoja, None if solo is None else usados[nombre])
        listas.write(catalogos, libro.add_format({"num_format": "@"}))
        propia.write_string(0, 0, str(identidad))
        catalogos.hide()
        propia.very_hidden()
        libro.close()
    return Rehecho((principal.hoja.name, *nombres.values()), traslado.filas, traslado.columnas)


class _Traslado:
    """Pasa los renglones de un libro a otro y apunta a dónde fue cada cosa."""

    def __init__(self, libro: Libro, expedido: Expedido) -> None:
        self._libro = libro
        self.filas: dict[tuple[str, int], tuple[str, int]] = {}
        self.columnas: dict[tuple[str, int], int] = {}
        self._llaves: dict[str, dict[str, int]] = defaultdict(dict)
        for columna in expedido.columnas():
            self._llaves[columna.hoja].setdefault(columna.llave, column_of(columna.letra))

    def copy(self, de: str, a: Hoja, filas: Collection[int], tablas: Collection[str]) -> dict[str, set[str]]:
        """Los renglones de la hoja principal; da los números que llevan a cada tabla."""
        quedan, usados = set(filas), {nombre: set[str]() for nombre in tablas}
        for fila, celdas in self._rows(de, a):
            if fila in quedan:
                self._write(de, fila, a, celdas)
                for nombre in tablas:
                    if nombre in celdas:
                        usados[nombre].add(key_of(celdas[nombre]))
        return usados

    def copy_tabla(self, de: str, a: Hoja, numeros: Collection[str] | None) -> None:
        """Los renglones de una tabla que llevan esos números; sin ellos, todos."""
        encabezados = True
        for fila, celdas in self._rows(de, a):
            numero = key_of(celdas.get(ID, ""))
            if encabezados and not numero[:1].isdigit():
                continue
            encabezados = False
            if numero and (numeros is None or numero in numeros):
                self._write(de, fila, a, celdas)

    def _rows(self, de: str, a: Hoja) -> Iterator[tuple[int, dict[str, Any]]]:
        """Los renglones de una hoja con sus celdas por llave, de las columnas que la nueva tiene."""
        suyas = {columna.llave: n for n, columna in enumerate(a.columnas, start=1)}
        llaves = {llave: columna for llave, columna in self._llaves[de].items() if llave in suyas}
        self.columnas |= {(de, columna): suyas[llave] for llave, columna in llaves.items()}
        for fila, celdas in enumerate(self._libro.read_hoja(de).rows(), start=1):
            yield fila, {llave: celdas[c - 1] for llave, c in llaves.items() if c <= len(celdas) and celdas[c - 1] != ""}

    def _write(self, de: str, fila: int, a: Hoja, celdas: Mapping[str, Any]) -> None:
        self.filas[de, fila] = (a.hoja.name, a.fila + 1)
        formatos = {columna.llave: columna.formato for columna in a.columnas}
        a.write_renglon({llave: _valor(celda, formatos[llave]) for llave, celda in celdas.items()})


def _valor(celda: Any, formato: str = "") -> Any:
    """Lo de una celda, como se puede escribir en otra. Un número donde va una fecha sigue siendo un número: va como texto."""
    if isinstance(celda, int | float) and not isinstance(celda, bool) and formato == FECHA:
        return f"{celda:.15g}"
    if isinstance(celda, bool):
        return "Sí" if celda else "No"
    if isinstance(celda, dt.datetime):
        return celda if celda.year >= 1900 and (celda.hour or celda.minute) else _valor(celda.date())
    if isinstance(celda, dt.date):
        return celda if celda.year > 1900 else f"{celda:%d/%m}/{celda.year:04}"
    if isinstance(celda, dt.time | dt.timedelta):
        return str(celda)[:8]
    return celda


def _contexto(pedido: Pedido) -> Contexto:
    """Las listas de la plantilla, con los maestros que el pedido trae."""
    usados = {campo.tipo for campo in pedido.formato.campos} & MAESTROS | {TipoCampo.AREA}
    nombres = {tipo: _escritos(pedido.maestros.get(str(tipo.value), ())) for tipo in usados}
    return Contexto(pedido.formato, nombres, nombres[TipoCampo.AREA].opciones, pedido.periodo)


def _escritos(maestros: Collection[Maestro]) -> Escritos:
    como = Nombres(maestros)
    de = {de_folio(maestro.folio): como.write(maestro.folio) for maestro in maestros}
    return Escritos(tuple(sorted(de[de_folio(maestro.folio)] for maestro in maestros if maestro.vivo)), de)
