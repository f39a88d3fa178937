"""Lee el libro oficial de carga de un formato de SIPOT (.xlsx): qué columnas pide, con qué listas y qué subtablas.

El libro tiene la hoja «Reporte de Formatos» (clave del formato en A1, sus nombres en la fila 3, códigos de tipo en la
4, claves de campo en la 5, títulos en la 7, datos desde la 8); una hoja «Tabla_<clave de campo>» por subtabla (códigos,
claves y títulos en las filas 1 a 3, datos desde la 4); y hojas «Hidden_…» con las listas, atadas a su columna por
validación de datos. Lo que falte de las listas o de las subtablas no impide leer lo demás.

Aquí solo se lee la forma, no los datos (salvo qué periodos informa). Lo que sube una persona se lee en el proceso con
límites (``models.hojas``), porque openpyxl carga el libro entero en memoria.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fracciones_config.sipot.apertura import LibroInvalido, open_libro
from fracciones_config.sipot.hojas import Celdas, Hojas, limpiar
from fracciones_config.sipot.titulos import INICIO, TERMINO, de_sistema, llano, separar_tabla

__all__ = ["ColumnaSipot", "HojaSipot", "LibroInvalido", "LibroSipot", "limpiar", "read_libro", "separar_tabla"]

HOJA_PRINCIPAL = "Reporte de Formatos"
OPCION, TABLA = 9, 10
COLUMNAS_MAXIMAS = 400
"""Las que se miran de una hoja; el libro oficial más ancho que se ha visto tiene 60."""

PERIODOS_MAXIMOS = 500

_MARCA = "tabla campos"


@dataclass(frozen=True, slots=True)
class ColumnaSipot:
    """Una columna oficial: ``posicion`` cuenta desde 1 (A); ``codigo`` es ``None`` solo en el ID de una subtabla.

    ``crudo`` es el título tal como está en la celda; ``lista``, la hoja de donde salen las opciones.
    """

    titulo: str
    posicion: int
    codigo: int | None = None
    campo_id: int | None = None
    opciones: tuple[str, ...] = ()
    tabla: str | None = None
    crudo: str = ""
    lista: str | None = None


@dataclass(frozen=True, slots=True)
class HojaSipot:
    """Una hoja con columnas: la principal o una subtabla. Sus datos empiezan en ``primera_fila`` (desde 1)."""

    nombre: str
    columnas: tuple[ColumnaSipot, ...]
    primera_fila: int


@dataclass(frozen=True, slots=True)
class LibroSipot:
    """Un libro completo; ``tablas`` va por nombre de hoja (``Tabla_514194``) y ``listas`` por el de la suya, tal cual.

    ``periodos`` son los distintos (inicio, término) de sus datos; ``formato`` es 0 si la clave de A1 no es un número.
    """

    formato: int
    titulo: str
    principal: HojaSipot
    tablas: dict[str, HojaSipot]
    nombre_corto: str = ""
    descripcion: str = ""
    clave: str = ""
    listas: dict[str, tuple[str, ...]] | None = None
    rotulos: tuple[str, str, str] | None = None
    periodos: tuple[tuple[dt.date, dt.date], ...] = ()


def read_libro(ruta: Path) -> LibroSipot:
    """Lee la forma de un libro oficial. Lanza ``LibroInvalido`` si no lo es y ``OSError`` si no se puede abrir."""
    return read_forma(Hojas(open_libro(ruta)), ruta.name)


def read_forma(hojas: Celdas, archivo: str) -> LibroSipot:
    """La forma de un libro ya abierto, con lo que sea; ``archivo`` es cómo llamarlo. Lanza ``LibroInvalido``."""
    hallada = find_principal(hojas)
    if hallada is None:
        raise LibroInvalido(f"{archivo} no es un libro de carga de SIPOT: no tiene la hoja «{HOJA_PRINCIPAL}».")
    nombre, titulos = hallada
    if not (clave := _clave(hojas.valor(nombre, 1, 1))):
        raise LibroInvalido(f"{archivo}: la celda A1 no tiene la clave del formato.")
    principal = _read_hoja(hojas, nombre, titulos, titulos - 3)
    if not principal.columnas:
        raise LibroInvalido(f"{archivo} no tiene columnas en la fila {titulos} de «{nombre}».")
    tablas = {c.tabla: _read_tabla(hojas, c.tabla) for c in principal.columnas if c.tabla and c.tabla in hojas}
    nombres = [_texto(hojas.valor(nombre, titulos - 4, columna)) for columna in (1, 4, 7)]
    rotulos = [_texto(hojas.valor(nombre, titulos - 5, columna)) for columna in (1, 4, 7)]
    usadas = {c.lista for hoja in (principal, *tablas.values()) for c in hoja.columnas if c.lista}
    return LibroSipot(_entero(clave) or 0, nombres[0], principal, tablas, nombres[1], nombres[2], clave,
                      {lista: hojas.textos(lista) for lista in hojas.nombres if lista in usadas},
                      (rotulos[0], rotulos[1], rotulos[2]), _periodos(hojas, principal))


def find_principal(hojas: Celdas) -> tuple[str, int] | None:
    """(nombre de la hoja principal, fila de sus títulos), por su marca «Tabla Campos» o por su nombre; o ``None``."""
    por_nombre = [nombre for nombre in hojas.nombres if llano(nombre) == llano(HOJA_PRINCIPAL)]
    for nombre in [*por_nombre, *hojas.nombres]:
        for fila in range(5, 13):
            if llano(limpiar(hojas.valor(nombre, fila, 1))) == _MARCA:
                return nombre, fila + 1
    return (por_nombre[0], 7) if por_nombre else None


def _read_tabla(hojas: Celdas, nombre: str) -> HojaSipot:
    titulos = next((fila for fila in range(2, 7) if llano(limpiar(hojas.valor(nombre, fila, 1))) == "id"), 3)
    return _read_hoja(hojas, nombre, titulos, titulos - 2)


def _read_hoja(hojas: Celdas, nombre: str, titulos: int, codigos: int) -> HojaSipot:
    """``codigos`` es la fila de los códigos de tipo; las claves van en la siguiente."""
    listas = dict(hojas.listas_validadas(nombre))
    es_tabla = codigos == titulos - 2
    columnas: list[ColumnaSipot] = []
    de_opcion = 0
    for i in range(1, min(hojas.ancho(nombre), COLUMNAS_MAXIMAS) + 1):
        crudo = _texto(hojas.valor(nombre, titulos, i))
        titulo, tabla = separar_tabla(crudo)
        if not (titulo or tabla):
            continue
        codigo, campo_id = (_entero(hojas.valor(nombre, fila, i)) for fila in (codigos, codigos + 1))
        de_opcion += codigo == OPCION
        por_orden = f"Hidden_{de_opcion}{f'_{nombre}' if es_tabla else ''}"
        lista = (listas.get(i) or hojas.propio(por_orden)) if codigo == OPCION else None
        opciones = tuple(filter(None, map(limpiar, hojas.textos(lista)))) if lista else ()
        suya = hojas.propio(tabla or f"Tabla_{campo_id}") or tabla if codigo == TABLA else None
        columnas.append(ColumnaSipot(titulo or f"Tabla {tabla}", i, codigo, campo_id, opciones, suya, crudo, lista))
    return HojaSipot(nombre, tuple(columnas), titulos + 1)


def _periodos(hojas: Celdas, principal: HojaSipot) -> tuple[tuple[dt.date, dt.date], ...]:
    suyas = {de_sistema(c.titulo, c.codigo): c.posicion for c in reversed(principal.columnas)}
    if INICIO not in suyas or TERMINO not in suyas:
        return ()
    return tuple(dict.fromkeys(_pares(hojas, principal, suyas[INICIO], suyas[TERMINO])))


def _pares(hojas: Celdas, hoja: HojaSipot, inicio: int, termino: int) -> Iterator[tuple[dt.date, dt.date]]:
    for fila in range(hoja.primera_fila, min(hojas.alto(hoja.nombre), hoja.primera_fila + PERIODOS_MAXIMOS) + 1):
        par = [_fecha(hojas.valor(hoja.nombre, fila, columna)) for columna in (inicio, termino)]
        if par[0] and par[1]:
            yield par[0], par[1]


def _fecha(valor: object) -> dt.date | None:
    if isinstance(valor, dt.datetime):
        return valor.date()
    if escrita := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", limpiar(valor)):
        try:
            return dt.date(int(escrita[3]), int(escrita[2]), int(escrita[1]))
        except ValueError:
            return None
    return None


def _texto(valor: Any) -> str:
    return "" if valor is None else str(valor)


def _clave(valor: object) -> str:
    return str(int(valor)) if isinstance(valor, float) and valor.is_integer() else limpiar(valor)


def _entero(valor: object) -> int | None:
    texto = _clave(valor)
    return int(texto) if re.fullmatch(r"[0-9]{1,12}", texto) else None
