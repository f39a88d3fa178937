"""La hoja de los registros: qué columnas lleva, y las celdas de cada bloque."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.tipos import NUMEROS as DE_NUMERO
from models.domain.estados import ROTULOS, Estado
from models.domain.periods import etiqueta
from models.hojas.salidas import instantes
from models.hojas.salidas.columnas import Columna, Que, book_columns_of
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.libro.celdas import letter_of, number_cells, same_cells, text_cell, text_cells
from models.hojas.salidas.libro.estilos import GENERAL, MOMENTO
from models.hojas.salidas.libro.hoja import ColumnaDeHoja, to_rows
from models.hojas.salidas.libro.tipos import write_campo
from models.hojas.salidas.maquina import file_of, rows_of
from models.hojas.salidas.personas import cause_of
from models.hojas.salidas.renglones import Bloque

_LARGOS = frozenset({TipoCampo.TEXTO_LARGO, TipoCampo.NOTA, TipoCampo.URL, TipoCampo.ARCHIVO})
_CORTOS = DE_NUMERO | {TipoCampo.FECHA, TipoCampo.HORA, TipoCampo.ANIO, TipoCampo.SI_NO, TipoCampo.TABLA}
_ANCHOS = {Que.INSTITUCION: 32, Que.DIRECCION: 40, Que.MOTIVO: 24}


@dataclass(frozen=True, slots=True)
class Registros:
    """Cómo se escriben los registros de un formato en un libro."""

    formato: Formato
    enlaces: Enlaces
    columnas: tuple[Columna, ...]

    @classmethod
    def de(cls, formato: Formato, enlaces: Enlaces) -> Registros:
        return cls(formato, enlaces, book_columns_of(formato, enlaces.de_trabajo))

    def encabezado(self) -> list[ColumnaDeHoja]:
        """Las columnas de la hoja; la versión va oculta y los motivos se pliegan."""
        return [ColumnaDeHoja(una.llave, una.rotulo, _ancho(una), una.campo.ayuda if una.campo and una.que is Que.CAMPO else "",
                              oculta=una.que is Que.VERSION, nivel=int(una.que is Que.MOTIVO)) for una in self.columnas]

    def filas(self, bloque: Bloque, fila: int) -> bytes:
        """El XML de un bloque, cuyo primer renglón va en ``fila``."""
        columnas = enumerate(self.columnas)
        return to_rows([self._celdas(una, letter_of(lugar), bloque, fila) for lugar, una in columnas], fila)

    def _celdas(self, columna: Columna, letra: str, bloque: Bloque, fila: int) -> list[str]:
        if columna.campo is not None:
            return self._de_campo(columna.campo, columna.que, letra, bloque, fila)
        if columna.que is Que.DIRECCION:
            antes = self.enlaces.registro(bloque.titular.siglas, self.formato.clave)
            return text_cells(letra, fila, [antes + folio for folio in bloque.folios])
        if columna.que in NUMEROS:
            return number_cells(letra, fila, *NUMEROS[columna.que](bloque))
        if columna.que in IGUALES:
            return same_cells(letra, fila, IGUALES[columna.que](bloque), len(bloque.filas))
        return text_cells(letra, fila, TEXTOS[columna.que](bloque)) if columna.que in TEXTOS else []

    def _de_campo(self, campo: Campo, que: Que, letra: str, bloque: Bloque, fila: int) -> list[str]:
        nombre, vacios = campo.nombre, bloque.vacios
        hay = nombre in bloque.con_vacio
        if que is Que.MOTIVO:
            dichos = vacios if self.enlaces.de_trabajo else bloque.motivos  # lo de trabajo se vuelve a cargar
            motivos = [motivo[nombre]["motivo"] if nombre in motivo else "" for motivo in dichos]
            return text_cells(letra, fila, motivos) if hay else []
        celdas = self._con_numero(nombre, letra, bloque, fila) if campo.tipo is TipoCampo.TABLA else write_campo(
            campo, letra, fila, bloque.datos, file_of(self.enlaces, bloque.titular.siglas, self.formato.clave))
        if not hay:
            return celdas
        return [text_cell(f"{letra}{n}", cause_of(vacio[nombre])) if nombre in vacio else celda
                for n, (vacio, celda) in enumerate(zip(vacios, celdas, strict=True), fila)]

    @staticmethod
    def _con_numero(nombre: str, letra: str, bloque: Bloque, fila: int) -> list[str]:
        """El número que une el registro con los renglones de su tabla, si los tiene."""
        numeros = [str(n) if rows_of(dato.get(nombre)) else "" for n, dato in enumerate(bloque.datos, bloque.primero + 1)]
        return number_cells(letra, fila, numeros, GENERAL)


def _ancho(columna: Columna) -> int:
    if columna.que is not Que.CAMPO or columna.campo is None:
        return _ANCHOS.get(columna.que, 18)
    return 40 if columna.campo.tipo in _LARGOS else 14 if columna.campo.tipo in _CORTOS else 24


def _momentos(valores: instantes.Instantes) -> tuple[Sequence[str], int]:
    return instantes.to_serie(valores), MOMENTO


NUMEROS: Mapping[Que, Callable[[Bloque], tuple[Sequence[str], int]]] = {
    Que.VERSION: lambda bloque: ([str(fila.numero) for fila in bloque.filas], GENERAL),
    Que.EJERCICIO: lambda bloque: ([str(fila.ejercicio or "") for fila in bloque.filas], GENERAL),
    Que.ACTUALIZADO: lambda bloque: _momentos([fila.actualizado_en for fila in bloque.filas]),
    Que.VALIDADO: lambda bloque: _momentos([fila.validado_en for fila in bloque.filas]),
    Que.DESDE: lambda bloque: _momentos([fila.desde for fila in bloque.filas]),
}
"""Las columnas del sistema que van como número, con su estilo."""

IGUALES: Mapping[Que, Callable[[Bloque], str]] = {
    Que.SIGLAS: lambda bloque: bloque.titular.siglas,
    Que.INSTITUCION: lambda bloque: bloque.titular.nombre,
}
"""Las que dicen lo mismo en todo el bloque."""

TEXTOS: Mapping[Que, Callable[[Bloque], Sequence[str]]] = {
    Que.FOLIO: lambda bloque: bloque.folios,
    Que.ESTADO: lambda bloque: [ROTULOS[Estado(fila.estado)] for fila in bloque.filas],
    Que.PERIODO: lambda bloque: [etiqueta(fila.periodo) if fila.periodo else "" for fila in bloque.filas],
}
"""Las que van como texto; las que no están en ninguna de las tres, en blanco."""

