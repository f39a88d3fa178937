"""La hoja de un campo ``tabla``: se va escribiendo aparte mientras salen sus registros, y va después que ellos."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fracciones_config import Campo, Formato
from models.hojas.disposicion import ID, PRIMERA_FILA
from models.hojas.salidas.aparte import Aparte
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.libro.celdas import letter_of, number_cells, text_cell
from models.hojas.salidas.libro.estilos import GENERAL
from models.hojas.salidas.libro.hoja import BYTES_MAXIMOS, FILAS_MAXIMAS, ColumnaDeHoja, name_of, to_rows, write_hoja
from models.hojas.salidas.libro.tipos import write_campo
from models.hojas.salidas.maquina import Archivo, file_of
from models.hojas.salidas.renglones import Bloque
from models.hojas.salidas.subtablas import Aplanada, flatten
from models.presentacion.protegido import ROTULO


class HojaDeTabla:
    """Los renglones de una tabla; ``id`` es el número que la celda de su registro lleva.

    Los que ya no caben en la hoja siguen en otra.
    """

    def __init__(self, formato: Formato, campo: Campo, nombre: str, enlaces: Enlaces) -> None:
        self.formato, self.campo, self.nombre, self.enlaces = formato, campo, nombre, enlaces
        self._tramos: list[tuple[Aparte, int]] = [(Aparte(), 0)]

    def add(self, bloque: Bloque) -> None:
        """Escribe los renglones de los registros de un bloque."""
        aplanada = flatten(self.campo, bloque)
        cuantos = len(aplanada.filas)
        if not cuantos:
            return
        if self._tramos[-1][1] + cuantos > FILAS_MAXIMAS or self._tramos[-1][0].pesa >= BYTES_MAXIMOS:
            self._tramos.append((Aparte(), 0))
        aparte, antes = self._tramos[-1]
        fila = PRIMERA_FILA + antes
        archivo = file_of(self.enlaces, bloque.titular.siglas, self.formato.clave)
        numeros = [str(bloque.primero + lugar + 1) for lugar in aplanada.de]
        aparte.write(to_rows([number_cells("A", fila, numeros, GENERAL), *(
            self._celdas(suyo, letter_of(lugar), fila, aplanada, archivo)
            for lugar, suyo in enumerate(self.campo.campos, start=1))], fila))
        self._tramos[-1] = (aparte, antes + cuantos)

    def _celdas(self, suyo: Campo, letra: str, fila: int, aplanada: Aplanada, archivo: Archivo) -> list[str]:
        """Las de una columna; las protegidas lo dicen, salvo en lo de trabajo, que se vuelve a cargar."""
        celdas = write_campo(suyo, letra, fila, aplanada.filas, archivo)
        if not aplanada.protegidas or self.enlaces.de_trabajo:
            return celdas
        celdas = celdas or [""] * len(aplanada.filas)
        return [text_cell(f"{letra}{fila + n}", ROTULO) if aplanada.hides(n, suyo.nombre) else celda
                for n, celda in enumerate(celdas)]

    def hojas(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """El nombre de cada hoja y sus trozos."""
        columnas = [ColumnaDeHoja(ID, "Número del registro", 12), *(
            ColumnaDeHoja(suyo.nombre, suyo.etiqueta, 24, suyo.ayuda) for suyo in self.campo.campos)]
        for numero, (aparte, filas) in enumerate(self._tramos, start=1):
            yield name_of(self.nombre, numero), write_hoja(columnas, aparte.read(), partial(int, filas))

    def close(self) -> None:
        for aparte, _ in self._tramos:
            aparte.close()
