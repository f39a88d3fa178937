"""En qué formas sale una lista, y qué hace falta decir de cada una: su extensión, su tipo y quién la escribe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fracciones_config import Campo
from models.formatos import Tabla
from models.hojas.disposicion import Identidad
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.jsones import write_json
from models.hojas.salidas.juntos import name_of_tabla, write_juntos
from models.hojas.salidas.libro.escritura import write_libro
from models.hojas.salidas.renglones import Bloque
from models.hojas.salidas.subtablas import write_subtabla
from models.hojas.salidas.tablas_csv import EXCEL, PROGRAMAS, Estilo, write_csv

HECHURA = 4
"""Súbase cuando cambie cómo se escribe una descarga: es parte de su huella."""


@dataclass(frozen=True, slots=True)
class Salida:
    """Lo que se va a escribir. ``nombre``: el del archivo, sin extensión. ``cabeza``: lo que el JSON dice primero.

    ``cuantos``: los registros que se esperan, si se sabe. ``bajas``: los que ya no están; solo las dice el JSON.
    """

    tabla: Tabla
    bloques: Iterable[Bloque]
    enlaces: Enlaces
    nombre: str
    identidad: Identidad | None = None
    cabeza: Mapping[str, Any] | None = None
    cuantos: int | None = None
    bajas: Iterable[Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Forma:
    """Una manera de descargar.

    ``termina``: con qué acaba el nombre del archivo. ``estilo``: el de su CSV, si no lleva ya dentro el de cada tabla.
    """

    termina: str
    tipo: str
    escribir: Callable[[Salida], Iterator[bytes]]
    estilo: Estilo | None = None
    tabla: Campo | None = None
    """El campo ``tabla``, si solo lleva lo suyo."""

    def archivo(self, nombre: str) -> str:
        """``licitaciones-excel.csv``."""
        return nombre + self.termina


def _write_juntos(salida: Salida, estilo: Estilo) -> Iterator[bytes]:
    return write_juntos(salida.tabla.formato, salida.bloques, salida.enlaces, estilo, salida.nombre, salida.cuantos)


_CSV = "text/csv; charset=utf-8; header=present"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP = "application/zip"

FORMAS: Mapping[str, Forma] = {
    "csv": Forma(".csv", _CSV, lambda s: write_csv(s.tabla.formato, s.bloques, s.enlaces, PROGRAMAS), PROGRAMAS),
    "excel": Forma("-excel.csv", _CSV, lambda s: write_csv(s.tabla.formato, s.bloques, s.enlaces, EXCEL), EXCEL),
    "xlsx": Forma(".xlsx", _XLSX, lambda s: write_libro(s.tabla.formato, s.bloques, s.enlaces, s.identidad)),
    "json": Forma(".json", "application/json", lambda s: write_json(s.tabla, s.bloques, s.enlaces, s.cabeza, s.bajas)),
    "zip": Forma(".zip", _ZIP, lambda s: _write_juntos(s, PROGRAMAS)),
    "zip-excel": Forma("-excel.zip", _ZIP, lambda s: _write_juntos(s, EXCEL)),
}
"""Clave → forma. ``csv`` y ``zip`` son para programas; ``excel`` y ``zip-excel``, para abrirse en Excel."""


def form_of_tabla(campo: Campo, para_excel: bool) -> Forma:
    """La forma que da el CSV de uno de los campos ``tabla``."""
    estilo = EXCEL if para_excel else PROGRAMAS
    termina = name_of_tabla("-excel" if para_excel else "", campo.nombre)
    return Forma(termina, _CSV, lambda s: write_subtabla(s.tabla.formato, campo, s.bloques, s.enlaces, estilo), tabla=campo)
