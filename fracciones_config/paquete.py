"""Un paquete agrupa formatos bajo una ley; y las listas que varios formatos comparten."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from fracciones_config.campo import Campo, Declaracion, Frase, Nombre, Rotulo


class Articulo(Declaracion):
    """Un artículo de la ley y a quién obliga: encabeza los grupos del tablero y del portal."""

    numero: int
    titulo: Rotulo
    obliga_a: Rotulo


class Paquete(Declaracion):
    """Los formatos que manda una ley, con las fechas en que rige."""

    clave: Nombre
    nombre: Rotulo
    ley: Frase
    vigente_desde: dt.date
    vigente_hasta: dt.date | None = None
    vigencia: Frase
    articulos: tuple[Articulo, ...] = Field(min_length=1)


class Lista(Declaracion):
    """Una lista de opciones compartida por varios formatos (entidades, tipos de vialidad…)."""

    clave: Nombre
    nombre: Rotulo
    fuente: Frase
    opciones: dict[Nombre, Rotulo] = Field(min_length=2)


class Comunes(Declaracion):
    """Los campos que todo registro tiene, y que ningún formato escribe a mano."""

    al_principio: tuple[Campo, ...]
    al_final: tuple[Campo, ...]
