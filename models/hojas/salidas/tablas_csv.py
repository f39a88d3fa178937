"""Los dos CSV de un formato: el de los programas y el de Excel. Lo que es de sus tablas va aparte (``subtablas``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fracciones_config import Campo, Formato
from models.domain.estados import ROTULOS, Estado
from models.domain.periods import etiqueta
from models.hojas.salidas import instantes, maquina, personas
from models.hojas.salidas.columnas import Columna, Que, columns_of
from models.hojas.salidas.csv_ import Columna as Celdas
from models.hojas.salidas.csv_ import encode, to_encabezado, to_renglones
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.guardia import guard
from models.hojas.salidas.maquina import Archivo, file_of
from models.hojas.salidas.renglones import Bloque, Datos
from models.presentacion.protegido import ROTULO
from models.presentacion.textos import texto_vacio

MARCA_DE_ORDEN = "\ufeff"


@dataclass(frozen=True, slots=True)
class Estilo:
    """Lo que distingue a un CSV del otro."""

    campo: Callable[[Campo, Sequence[Datos], Archivo], list[str]]
    instantes: Callable[[instantes.Instantes], list[str]]
    titulo: Callable[[Columna], str]
    estado: Callable[[str], str]
    periodo: Callable[[str], str]
    vacia: Callable[[Mapping[str, Any]], str]
    motivo: Callable[[Mapping[str, Any]], str]
    principio: str = ""
    protegida: str = ""


def _nada(_vacio: Mapping[str, Any]) -> str:
    return ""


def _periodo(clave: str) -> str:
    return etiqueta(clave) if clave else ""


PROGRAMAS = Estilo(maquina.write_campo, instantes.to_iso, lambda columna: columna.llave, str, str, _nada, texto_vacio)
EXCEL = Estilo(
    personas.write_campo, instantes.to_mexicana, lambda columna: guard(columna.rotulo), lambda clave: ROTULOS[Estado(clave)],
    _periodo, personas.cause_of, lambda vacio: guard(vacio["motivo"]), MARCA_DE_ORDEN,
    ROTULO)


def write_csv(formato: Formato, bloques: Iterable[Bloque], enlaces: Enlaces, estilo: Estilo) -> Iterator[bytes]:
    """El CSV de los registros, por trozos."""
    columnas = columns_of(formato, enlaces.de_trabajo)

    def textos() -> Iterator[str]:
        yield estilo.principio + to_encabezado(map(estilo.titulo, columnas))
        for bloque in bloques:
            archivo = file_of(enlaces, bloque.titular.siglas, formato.clave)
            yield to_renglones([_celdas(columna, bloque, estilo, formato, enlaces, archivo) for columna in columnas])

    return encode(textos())


def _celdas(
    columna: Columna, bloque: Bloque, estilo: Estilo, formato: Formato, enlaces: Enlaces, archivo: Archivo,
) -> Celdas:
    if columna.campo is not None:
        return _de_campo(columna.campo, columna.que, bloque, estilo, archivo)
    if columna.que is Que.DIRECCION:
        antes = enlaces.registro(bloque.titular.siglas, formato.clave)
        return [antes + folio for folio in bloque.folios]
    return DEL_SISTEMA[columna.que](bloque, estilo)


def _de_campo(campo: Campo, que: Que, bloque: Bloque, estilo: Estilo, archivo: Archivo) -> Celdas:
    nombre = campo.nombre
    if que is Que.MOTIVO:
        if nombre not in bloque.con_vacio:
            return ""
        return [estilo.motivo(vacio[nombre]) if nombre in vacio else "" for vacio in bloque.motivos]
    celdas = estilo.campo(campo, bloque.datos, archivo)
    if nombre in bloque.con_vacio:
        return [estilo.vacia(vacio[nombre]) if nombre in vacio else celda
                for vacio, celda in zip(bloque.vacios, celdas, strict=True)]
    return celdas


DEL_SISTEMA: Mapping[Que, Callable[[Bloque, Estilo], Celdas]] = {
    Que.FOLIO: lambda bloque, estilo: bloque.folios,
    Que.SIGLAS: lambda bloque, estilo: bloque.titular.siglas,
    Que.INSTITUCION: lambda bloque, estilo: bloque.titular.nombre,
    Que.EN_BLANCO: lambda bloque, estilo: "",
    Que.ESTADO: lambda bloque, estilo: [estilo.estado(fila.estado) for fila in bloque.filas],
    Que.EJERCICIO: lambda bloque, estilo: [str(fila.ejercicio or "") for fila in bloque.filas],
    Que.PERIODO: lambda bloque, estilo: [estilo.periodo(fila.periodo) for fila in bloque.filas],
    Que.ACTUALIZADO: lambda bloque, estilo: estilo.instantes([fila.actualizado_en for fila in bloque.filas]),
    Que.VALIDADO: lambda bloque, estilo: estilo.instantes([fila.validado_en for fila in bloque.filas]),
    Que.DESDE: lambda bloque, estilo: estilo.instantes([fila.desde for fila in bloque.filas]),
}
"""Cómo se llenan las columnas que no son de un campo."""
