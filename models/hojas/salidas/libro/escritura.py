"""El libro entero, de una sola pasada por los registros: su hoja sale conforme se leen, y las de sus tablas, después."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

from fracciones_config import Formato
from models.hojas.disposicion import PRIMERA_FILA, Identidad, hoja_principal, hojas_de_tablas, tablas_de
from models.hojas.nuestras import IDENTIDAD
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.libro import estilos, partes
from models.hojas.salidas.libro.hoja import BYTES_MAXIMOS, FILAS_MAXIMAS, name_of, write_hoja, write_suelta
from models.hojas.salidas.libro.partes import HojaDeLibro
from models.hojas.salidas.libro.registros import Registros
from models.hojas.salidas.libro.tabla import HojaDeTabla
from models.hojas.salidas.paquete import Paquete
from models.hojas.salidas.renglones import Bloque, number_bloques


def write_libro(
    formato: Formato, bloques: Iterable[Bloque], enlaces: Enlaces, identidad: Identidad | None = None,
) -> Iterator[bytes]:
    """El .xlsx, por trozos. Sin ``identidad`` (varias instituciones en un libro) no se podrá volver a cargar como tal."""
    libro = _Libro(str(identidad or ""))
    yield from libro.start(formato.nombre)
    with ExitStack() as pila:
        tablas = [pila.enter_context(closing(HojaDeTabla(formato, campo, hojas_de_tablas(formato)[campo.nombre], enlaces)))
                  for campo in tablas_de(formato)]
        yield from _registros(libro, Registros.de(formato, enlaces), _Corriente(bloques, tablas))
        for tabla in tablas:
            for nombre, trozos in tabla.hojas():
                yield from libro.add(nombre, trozos)
    yield from libro.finish()


class _Corriente:
    """Los bloques, uno por uno, con la vista puesta en el siguiente; de paso, cada tabla toma lo suyo."""

    def __init__(self, bloques: Iterable[Bloque], tablas: Iterable[HojaDeTabla]) -> None:
        self._bloques, self._tablas = number_bloques(bloques), list(tablas)
        self.siguiente = next(self._bloques, None)

    def take(self) -> Bloque:
        assert self.siguiente is not None
        bloque, self.siguiente = self.siguiente, next(self._bloques, None)
        for tabla in self._tablas:
            tabla.add(bloque)
        return bloque


def _registros(libro: _Libro, registros: Registros, corriente: _Corriente) -> Iterator[bytes]:
    """Las hojas de los registros: una, salvo que no quepan; sin registros, la que dice qué columnas habría."""
    numero, nombre = 0, hoja_principal(registros.formato)
    while corriente.siguiente is not None or not numero:
        numero += 1
        tramo = _Tramo(registros, corriente)
        yield from libro.add(name_of(nombre, numero), write_hoja(
            registros.encabezado(), tramo.filas(), tramo.contar, al_frente=numero == 1))


@dataclass
class _Tramo:
    """Los bloques que caben en una hoja. ``van``: los renglones que ya lleva, y ``pesa``, sus bytes."""

    registros: Registros
    corriente: _Corriente
    van: int = 0
    pesa: int = 0

    def contar(self) -> int:
        return self.van

    def filas(self) -> Iterator[bytes]:
        while (bloque := self.corriente.siguiente) is not None and self._fits(len(bloque.filas)):
            self.corriente.take()
            fila, self.van = PRIMERA_FILA + self.van, self.van + len(bloque.filas)
            trozo = self.registros.filas(bloque, fila)
            self.pesa += len(trozo)
            yield trozo

    def _fits(self, cuantos: int) -> bool:
        return self.van + cuantos <= FILAS_MAXIMAS and self.pesa < BYTES_MAXIMOS


@dataclass
class _Libro:
    """El .zip del libro, con la cuenta de sus hojas."""

    identidad: str
    paquete: Paquete = field(default_factory=Paquete)
    hojas: list[HojaDeLibro] = field(default_factory=list)

    def start(self, titulo: str) -> Iterator[bytes]:
        for nombre, parte in ((partes.RELACIONES, partes.relaciones()),
                              (partes.PROPIEDADES, partes.propiedades(titulo, self.identidad)),
                              (partes.ESTILOS, estilos.to_xml().encode())):
            yield from self.paquete.add(nombre, (parte,))

    def add(self, nombre: str, trozos: Iterable[bytes], muy_oculta: bool = False) -> Iterator[bytes]:
        self.hojas.append(HojaDeLibro(nombre, muy_oculta))
        yield from self.paquete.add(partes.name_of(len(self.hojas)), trozos)

    def finish(self) -> Iterator[bytes]:
        """La identidad, en una hoja que nadie abre, y la lista de todo."""
        if self.identidad:
            yield from self.add(IDENTIDAD, (write_suelta(self.identidad),), muy_oculta=True)
        for nombre, parte in ((partes.LIBRO, partes.libro(self.hojas)),
                              (partes.SUS_RELACIONES, partes.sus_relaciones(len(self.hojas))),
                              (partes.CONTENIDO, partes.contenido(len(self.hojas)))):
            yield from self.paquete.add(nombre, (parte,))
        yield self.paquete.close()
