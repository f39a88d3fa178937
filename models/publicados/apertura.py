"""Abrir lo público: una conexión de solo lectura que no puede ni nombrar otra tabla."""

from __future__ import annotations

from collections.abc import Callable

from models.domain.catalogo_vigente import Foto
from models.motores import abrir_lectura
from models.publicados.publicados import Publicados


def is_publica(tabla: str) -> bool:
    """Las tablas que la ventanilla ciudadana puede nombrar."""
    return tabla.startswith(("pub_", "sqlite_"))


def open_publicados(url: str, foto: Callable[[], Foto], conexiones: int = 24) -> Publicados:
    """Lo público de la base de una URL."""
    return Publicados(abrir_lectura(url, is_publica, conexiones), foto)
