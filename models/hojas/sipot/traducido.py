"""Un libro oficial presentado con la disposición de los nuestros: el lector lo reconoce y lo revisa como a cualquiera."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from fracciones_config import Formato
from fracciones_config.oficial import LibroOficial
from fracciones_config.sipot import LibroSipot
from fracciones_config.sipot.ligas import bind, count_propias
from fracciones_config.sipot.titulos import de_sistema, llano
from models.hojas.libros.apertura import Libro, Pestana
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.sipot.forma import find_forma
from models.hojas.sipot.memoria import Memoria
from models.hojas.sipot.mesa import Mesa
from models.hojas.sipot.traduccion import Traductor


class HojaTraducida:
    """Los renglones de una hoja, con las celdas donde estaban. ``nombre`` es el de la hoja oficial: ahí se señala un error."""

    def __init__(self, mesa: Mesa, nombre: str) -> None:
        self.nombre = nombre
        self._filas = mesa.rows()
        self.alto, self.ancho = len(self._filas), max(map(len, self._filas), default=0)

    def rows(self) -> Iterator[list[Any]]:
        return iter(self._filas)


class LibroTraducido:
    """Un libro oficial, traducido. ``memorias`` va por fila del libro: lo que se guarda con cada registro que nazca de él."""

    def __init__(
        self, libro: Libro, formato: Formato, forma: LibroSipot, oficial: LibroOficial, areas: Mapping[str, str],
    ) -> None:
        tablas = {hoja.nombre: _filas(libro, hoja.nombre, hoja.primera_fila) for hoja in forma.tablas.values()}
        traduccion = Traductor(formato, oficial, areas).translate(
            _filas(libro, forma.principal.nombre, forma.principal.primera_fila), tablas)
        self.forma: str = libro.forma
        self.avisos: tuple[str, ...] = (*libro.avisos, *traduccion.avisos)
        self.memorias: dict[int, Memoria] = traduccion.memorias
        principal, *demas = traduccion.mesas
        oficiales = {tabla.campo: tabla.hoja for tabla in oficial.tablas if tabla.campo}
        tablas_nuestras = [campo.nombre for campo in formato.campos if campo.campos]
        de_mesa = {mesa.nombre: nombre for nombre, mesa in zip(tablas_nuestras, demas, strict=True)}
        self._mesas = {forma.principal.nombre: (principal, forma.principal.nombre)} | {
            mesa.nombre: (mesa, oficiales.get(de_mesa[mesa.nombre], forma.principal.nombre)) for mesa in demas}
        self.pestanas = tuple(Pestana(nombre, visible=True) for nombre in self._mesas)

    def recuerdos(self) -> Iterator[tuple[int, str]]:
        """``(fila, memoria en JSON)`` de cada renglón que tiene algo que recordar."""
        for fila, memoria in self.memorias.items():
            if texto := memoria.to_json():
                yield fila, texto

    def read_hoja(self, nombre: str) -> HojaTraducida:
        mesa, oficial = self._mesas[nombre]
        return HojaTraducida(mesa, oficial)


def translate_libro(libro: Libro, formato: Formato, areas: Iterable[str]) -> LibroTraducido | None:
    """El libro traducido si es de los oficiales de SIPOT; ``None`` si no lo es. ``areas`` son los nombres de las que hay.

    Lanza ``LibroRechazado`` si es un libro oficial de otro formato.
    """
    forma = find_forma(libro)
    if forma is None:
        return None
    oficial = bind(formato, forma)
    _require_de_este(formato, forma, oficial)
    cuantas = Counter(map(llano, areas := list(areas)))
    return LibroTraducido(libro, formato, forma, oficial, {llano(a): a for a in areas if cuantas[llano(a)] == 1})


def _require_de_este(formato: Formato, forma: LibroSipot, oficial: LibroOficial) -> None:
    """El libro dice ser de este formato, o al menos la mitad de sus columnas propias lo son."""
    propias = sum(de_sistema(c.titulo, c.codigo) is None for c in forma.principal.columnas)
    suyo = formato.sipot is not None and forma.formato in formato.sipot.formatos
    if not suyo and count_propias(oficial) * 2 < propias:
        raise LibroRechazado(f"Este libro es del formato {forma.clave} de SIPOT («{forma.titulo or forma.nombre_corto}»), y "
                             f"aquí va «{formato.nombre_corto}». Súbalo en la página del formato que le corresponde.")


def _filas(libro: Libro, nombre: str, primera: int) -> Iterator[tuple[int, list[Any]]]:
    yield from enumerate(islice(libro.read_hoja(nombre).rows(), primera - 1, None), start=primera)
