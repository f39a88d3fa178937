"""El esqueleto de un libro oficial de SIPOT, guardado en el formato que salió de él: con esto se devuelve igual.

Lo escribe ``sipot importar``. Un formato hecho a mano no lo lleva: su esqueleto sale de los títulos que cita, o de la
plantilla oficial en blanco que se dé al exportar.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from fracciones_config.campo import Declaracion, Nombre

Celda = Annotated[str, StringConstraints(max_length=4_000)]
"""El texto de una celda, tal cual: con sus renglones y sus blancos."""

Parte = Literal["inicio", "termino", "actualizacion", "validacion", "id", "nombre", "primer_apellido", "segundo_apellido",
                "cargo", "clave", "denominacion"]
"""Qué pedazo de un campo va en la columna, o qué pone el sistema en ella."""

ROTULOS = ("TÍTULO", "NOMBRE CORTO", "DESCRIPCIÓN")


class ColumnaOficial(Declaracion):
    """Una columna: su título, su código de tipo (renglón 4) y su clave (renglón 5), y el campo donde vive su dato.

    ``posicion`` cuenta desde 1 y solo se dice si no sigue a la anterior; ``lista`` es la hoja con sus opciones; ``en``, el
    campo ``tabla`` del formato cuyas columnas el libro oficial tiene en su hoja principal; ``tabla``, la hoja de la subtabla.
    """

    titulo: Celda
    codigo: int | None = None
    id: int | None = None
    campo: Nombre | None = None
    parte: Parte | None = None
    posicion: int | None = Field(default=None, ge=1, le=16_384)
    lista: Celda | None = None
    tabla: Celda | None = None
    en: Nombre | None = None


class TablaOficial(Declaracion):
    """Una hoja ``Tabla_…`` y el campo ``tabla`` en que se guarda; sin él, sus columnas son campos del propio formato."""

    hoja: Celda
    campo: Nombre | None = None
    columnas: tuple[ColumnaOficial, ...] = Field(min_length=1)


class LibroOficial(Declaracion):
    """El libro entero. ``clave`` es la celda A1; ``listas``, cada hoja de opciones con lo que trae, tal cual."""

    clave: Celda
    titulo: Celda = ""
    nombre_corto: Celda = ""
    descripcion: str = Field(default="", max_length=32_767)
    rotulos: tuple[Celda, Celda, Celda] = ROTULOS
    columnas: tuple[ColumnaOficial, ...] = Field(min_length=1)
    tablas: tuple[TablaOficial, ...] = ()
    listas: dict[Celda, tuple[Celda, ...]] = Field(default_factory=dict)
