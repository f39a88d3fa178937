"""Devolver lo publicado en su libro oficial, y decir qué no cabe en él."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fracciones_config import Formato
from fracciones_config.oficial import ColumnaOficial, LibroOficial
from fracciones_config.sipot.libro import HOJA_PRINCIPAL
from models.folios import a_folio
from models.hojas.sipot.celdas import Celda
from models.hojas.sipot.escritor import PRIMERA, PRIMERA_DE_TABLA, Escritor
from models.hojas.sipot.numeracion import Numerador
from models.hojas.sipot.perdidas import LARGOS, Perdida, find_perdida, sin_columna, title_of
from models.hojas.sipot.renglon_oficial import Celdas, Escrito, Publicado, Redactor


@dataclass(frozen=True, slots=True)
class Devuelto:
    """Cuántos registros y renglones se escribieron, y lo que no cabe."""

    registros: int
    renglones: int
    perdidas: tuple[Perdida, ...]


def write_libro(
    ruta: Path, formato: Formato, oficial: LibroOficial, registros: Iterable[Publicado], ejercicio: int,
    direccion: Callable[[Mapping[str, Any]], str], persona: Callable[[Mapping[str, Any]], Mapping[str, str]],
    recortar: bool = False,
) -> Devuelto:
    """Escribe el libro. ``recortar`` deja cada texto en lo que SIPOT admite; si no, va completo y se dice que no cabe."""
    publicados = list(registros)
    entero = with_posiciones(oficial)
    columnas = {c.tabla: c.posicion or 1 for c in entero.columnas if c.tabla}
    numerador = Numerador(columnas, (p.memoria for p in publicados if p.memoria))
    redactor = Redactor(formato, entero, ejercicio, direccion, persona)
    libro = _Libro(Escritor(ruta, entero), entero, recortar)
    for publicado in publicados:
        escrito = redactor.write(publicado)
        numerador.number(escrito)
        libro.add(publicado, escrito)
    for tabla in entero.tablas:
        filas = sorted(numerador.renglones[tabla.hoja], key=lambda fila: fila.fila or 10**9)
        id_ = next((c.posicion or 1 for c in tabla.columnas if c.parte == "id"), None)
        for numero, fila in enumerate(filas, start=PRIMERA_DE_TABLA):
            libro.put(tabla.hoja, numero, fila.literales | ({id_: fila.id} if id_ else {}), tabla.columnas, "")
    return libro.close(len(publicados))


def with_posiciones(oficial: LibroOficial) -> LibroOficial:
    """El mismo esqueleto, con la posición de cada columna dicha."""
    tablas = tuple(t.model_copy(update={"columnas": _numbered(t.columnas)}) for t in oficial.tablas)
    return oficial.model_copy(update={"columnas": _numbered(oficial.columnas), "tablas": tablas})


def _numbered(columnas: Iterable[ColumnaOficial]) -> tuple[ColumnaOficial, ...]:
    numeradas: list[ColumnaOficial] = []
    anterior = 0
    for columna in columnas:
        anterior = columna.posicion or anterior + 1
        numeradas.append(columna.model_copy(update={"posicion": anterior}))
    return tuple(numeradas)


class _Libro:
    """Lo escrito y lo que no cupo."""

    def __init__(self, escritor: Escritor, oficial: LibroOficial, recortar: bool) -> None:
        self._escritor, self._oficial, self._recortar = escritor, oficial, recortar
        self._perdidas: list[Perdida] = []
        self._fila = PRIMERA

    def add(self, publicado: Publicado, escrito: Escrito) -> None:
        """Los renglones de un registro en la hoja principal, y lo que de él no tuvo dónde ir."""
        folio = a_folio(publicado.id)
        for campo in escrito.sin_columna:
            self._perdidas.append(Perdida(HOJA_PRINCIPAL, self._fila, folio, campo.etiqueta, *sin_columna(campo)))
        for columna in self._oficial.columnas:
            razon = escrito.vacios.get(columna.posicion or 1)
            if razon is not None and escrito.renglones[0].get(columna.posicion or 1) is None:
                self._perdidas.append(Perdida(HOJA_PRINCIPAL, self._fila, folio, title_of(columna), "vacio",
                                              f"va en blanco; la razón («{razon[:200]}») solo cabe en la nota."))
        for renglon in escrito.renglones:
            self.put(HOJA_PRINCIPAL, self._fila, renglon, self._oficial.columnas, folio)
            self._fila += 1

    def put(self, hoja: str, fila: int, celdas: Celdas, columnas: Iterable[ColumnaOficial], folio: str) -> None:
        """Un renglón, con lo que SIPOT no aceptaría de él."""
        por_posicion = {columna.posicion or 1: columna for columna in columnas}
        puestas: list[tuple[int, Celda]] = []
        for posicion, celda in celdas.items():
            columna = por_posicion.get(posicion)
            if columna is not None and (perdida := find_perdida(
                    columna, celda, self._oficial.listas.get(columna.lista or "", ()))):
                self._perdidas.append(Perdida(hoja, fila, folio, title_of(columna), *perdida))
                if perdida[0] == "largo" and self._recortar:
                    celda = str(celda)[: LARGOS[columna.codigo or 0] - 1] + "…"
            puestas.append((posicion, celda))
        self._escritor.write_renglon(hoja, fila, puestas)

    def close(self, registros: int) -> Devuelto:
        if self._fila == PRIMERA:
            self._escritor.write_en_blanco()
        self._escritor.close()
        return Devuelto(registros, self._fila - PRIMERA, tuple(self._perdidas))
