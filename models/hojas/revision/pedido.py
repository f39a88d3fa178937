"""Lo que el proceso que lee un libro necesita saber: el formato y la institución. Viaja en JSON; no toca la base."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from fracciones_config import Formato
from models.hojas.libros.limites import Limites


@dataclass(frozen=True, slots=True)
class Maestro:
    """Un área, persona u órgano. ``superior`` es el nombre del área de la que depende; sin ``vivo`` está dado de baja, y solo
    se le llama por su folio."""

    folio: str
    nombre: str
    superior: str = ""
    vivo: bool = True


@dataclass(frozen=True, slots=True)
class Pedido:
    """Qué libro se espera.

    ``formatos`` es el nombre corto de cada clave, para llamar por su nombre al libro de otro. ``columnas`` es la columna física
    de cada campo; ``maestros`` va por tipo de campo (``area``, ``servidor_publico``, ``organo_colegiado``); ``archivos``, por
    el nombre plegado (o dirección) con que una celda los llama, con su dato completo. ``ejercicio`` y ``periodo`` son los
    elegidos al subirlo (``None``: los dice cada renglón). ``anteriores`` es, de cada rótulo (o llave) que tuvo una columna en
    otra versión, a su campo (``tabla.columna`` en las tablas). ``receta`` son las correcciones aceptadas (``campo|clase``);
    ``propios``, los teléfonos y correos de la institución (``Propios.to_json``); ``numero``, la versión del catálogo;
    ``nombre``, el del archivo; ``forma``, la que ya dijo ``inspect_libro`` (vacía: se inspecciona otra vez); ``procesos``, en
    cuántos se reparte la lectura.
    """

    formato: Formato
    columnas: Mapping[str, str]
    siglas: str
    institucion: str = ""
    formatos: Mapping[str, str] = field(default_factory=dict)
    numero: int = 0
    nombre: str = ""
    forma: str = ""
    ejercicio: int | None = None
    periodo: str | None = None
    maestros: Mapping[str, tuple[Maestro, ...]] = field(default_factory=dict)
    archivos: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    anteriores: Mapping[str, str] = field(default_factory=dict)
    receta: tuple[str, ...] = ()
    propios: Mapping[str, Any] = field(default_factory=dict)
    limites: Limites = Limites()
    procesos: int = 2

    @property
    def fisicas(self) -> tuple[str, ...]:
        """Las columnas físicas de los campos, en su orden, sin las de sistema (``ejercicio``, ``periodo``)."""
        return tuple(self.columnas[campo.nombre] for campo in self.formato.campos
                     if campo.nombre not in ("ejercicio", "periodo"))

    def to_json(self) -> str:
        """El pedido en JSON; ``read_pedido`` lo devuelve igual."""
        suelto = {nombre: getattr(self, nombre) for nombre in self.__slots__
                  if nombre not in ("formato", "maestros", "limites")}
        return json.dumps(suelto | {
            "formato": self.formato.model_dump(mode="json"),
            "maestros": {tipo: [asdict(maestro) for maestro in lista] for tipo, lista in self.maestros.items()},
            "limites": asdict(self.limites)}, ensure_ascii=False, default=dict)


def read_pedido(texto: str | bytes) -> Pedido:
    """El pedido que escribió ``to_json``."""
    crudo = json.loads(texto)
    maestros = {tipo: tuple(Maestro(**maestro) for maestro in lista) for tipo, lista in crudo.pop("maestros").items()}
    return Pedido(
        formato=Formato.model_validate(crudo.pop("formato")), maestros=maestros, limites=Limites(**crudo.pop("limites")),
        receta=tuple(crudo.pop("receta")), **crudo)
