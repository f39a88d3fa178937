"""Cómo va cada tipo en el CSV de los programas: identificadores estables, fechas ISO, punto decimal y nada alterado.

Se escribe por columnas: cada tipo recibe todos los datos del bloque y da todas las celdas. La vía rápida supone que cada dato
tiene la forma de su campo; si alguno no —se publicó cuando el campo era de otro tipo— la columna se escribe celda por celda.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.renglones import Datos

Archivo = Callable[[Mapping[str, Any]], str]
"""De un dato de archivo, su dirección."""

Hacer = Callable[[str, Sequence[Datos], Archivo], list[str]]


class _Ajeno(TypeError):
    """Un dato que no tiene la forma de su campo."""


def _texto(nombre: str, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    celdas = [dato.get(nombre, "") for dato in datos]
    "".join(celdas)  # la manera más barata de saber que todas son texto
    return celdas


def _entero(nombre: str, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    return [str(dato[nombre]) if nombre in dato else "" for dato in _de_tipo(nombre, datos, int)]


def _si_no(nombre: str, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    return [("true" if dato[nombre] else "false") if nombre in dato else "" for dato in _de_tipo(nombre, datos, bool)]


def _opciones(nombre: str, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    return ["|".join(dato[nombre]) if nombre in dato else "" for dato in _de_tipo(nombre, datos, list)]


def _maestro(nombre: str, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    return [_nombre_de(dato[nombre]) if nombre in dato else "" for dato in datos]


def _nombre_de(dato: Any) -> str:
    return str(dato["texto"] if "texto" in dato else dato["id"])


def _archivo(nombre: str, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    return [archivo(dato[nombre]) if nombre in dato else "" for dato in datos]


def _tabla(nombre: str, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    """Cuántos renglones tiene: ellos van en su propio CSV, con el folio de este registro."""
    return [count_rows(dato[nombre]) if nombre in dato else "" for dato in datos]


def count_rows(tabla: Any) -> str:
    """Cuántos renglones tiene un dato de tabla; ``""`` si ninguno. ``TypeError`` si el dato no es de tabla."""
    if not isinstance(tabla, list):
        raise _Ajeno(tabla)
    return str(len(rows_of(tabla)) or "")


def rows_of(tabla: Any) -> list[Datos]:
    """Los renglones de un dato de tabla; si no es una tabla (lo fue su campo, o lo será), ninguno."""
    es_tabla = isinstance(tabla, list) and all(isinstance(fila, dict) for fila in tabla)
    return tabla if es_tabla else []


def _de_tipo(nombre: str, datos: Sequence[Datos], tipo: type) -> Sequence[Datos]:
    if not {type(dato[nombre]) for dato in datos if nombre in dato} <= {tipo}:
        raise _Ajeno(nombre)
    return datos


HACER: Mapping[TipoCampo, Hacer] = {
    **{tipo: _texto for tipo in TipoCampo},
    TipoCampo.ENTERO: _entero,
    TipoCampo.ANIO: _entero,
    TipoCampo.SI_NO: _si_no,
    TipoCampo.OPCIONES: _opciones,
    TipoCampo.ARCHIVO: _archivo,
    TipoCampo.AREA: _maestro,
    TipoCampo.SERVIDOR_PUBLICO: _maestro,
    TipoCampo.ORGANO_COLEGIADO: _maestro,
    TipoCampo.TABLA: _tabla,
}
"""Cómo se escribe una columna de cada tipo; lo que no se dice va tal cual."""


def write_campo(campo: Campo, datos: Sequence[Datos], archivo: Archivo) -> list[str]:
    """Las celdas de un campo."""
    hacer = HACER[campo.tipo]
    try:
        return hacer(campo.nombre, datos, archivo)
    except (TypeError, KeyError, AttributeError):
        return [_celda(hacer, campo.nombre, dato, archivo) for dato in datos]


def _celda(hacer: Hacer, nombre: str, dato: Datos, archivo: Archivo) -> str:
    """Lo que ya no tiene la forma de su campo se dice como texto; si no se sabría decir, no va."""
    try:
        return hacer(nombre, (dato,), archivo)[0]
    except (TypeError, KeyError, AttributeError):
        return str(dato[nombre]) if isinstance(dato[nombre], str | int) else ""


def file_of(enlaces: Enlaces, siglas: str, clave: str) -> Archivo:
    """La dirección de los archivos de un bloque."""
    return lambda dato: enlaces.archivo(siglas, clave, dato)
