"""Lo que toda pantalla del portal tiene a la mano."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from flask import current_app, g

from models.domain.catalogo_vigente import Foto
from models.publicados import Publicados
from models.servicio.marca import Marca
from models.volcado.deposito import Deposito


class Almacen(Protocol):
    """De dónde salen los archivos publicados."""

    def abrir(self, sha256: str) -> BinaryIO:
        """El contenido de un archivo; ``FileNotFoundError`` si no está."""


@dataclass(frozen=True, slots=True)
class Ventanilla:
    """Lo que se le dio al portal al armarlo."""

    publicados: Publicados
    almacen: Almacen
    marca: Marca
    foto: Callable[[], Foto]
    direccion_base: str
    deposito: Deposito | None = None

    @staticmethod
    def de_la_aplicacion() -> Ventanilla:
        return cast(Ventanilla, current_app.extensions["portal"])


def publicados() -> Publicados:
    """La puerta de lo público."""
    return Ventanilla.de_la_aplicacion().publicados


def marca() -> Marca:
    """Los nombres, la licencia y los colores."""
    return Ventanilla.de_la_aplicacion().marca


def foto() -> Foto:
    """El catálogo de esta petición."""
    return cast(Foto, g.foto)


def foto_o_nada() -> Foto | None:
    """Como ``foto``, o ``None`` si la petición falló antes de tenerla: las páginas de error también se pintan."""
    return cast("Foto | None", g.get("foto"))
